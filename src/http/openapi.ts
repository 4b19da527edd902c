import { createDocument } from 'zod-openapi';
import type {
  oas31,
  ZodOpenApiOperationObject,
  ZodOpenApiPathsObject,
  ZodOpenApiResponsesObject,
} from 'zod-openapi';

import { OPERATIONS } from './operations.ts';
import { problemOf } from './operation.ts';
import type { Operation } from './operation.ts';

/** The OpenAPI 3.1 document, made from the same table that requests are routed by. */
export function openApiDocument(version: string): oas31.OpenAPIObject {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Portcullis',
      version,
      description:
        'The gate: a document in, a decision with its reasons out, recorded before it is answered.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'decisions', description: 'Ask whether a change may be made.' },
      { name: 'admission', description: 'The same, in the words of a Kubernetes API server.' },
      { name: 'fleet', description: 'What exists, judged by the same rules.' },
      { name: 'repairs', description: 'Mending what a machine can mend, and taking it back.' },
      { name: 'exemptions', description: 'Violations that somebody bears for a while.' },
      { name: 'records', description: 'What was decided and done.' },
      { name: 'reports', description: 'What people download, with what proves it.' },
      { name: 'ledger', description: 'The proof of it, for others to verify.' },
      { name: 'rules', description: 'What decisions are made by.' },
      { name: 'operation', description: 'Running the gate.' },
    ],
    paths: paths(),
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'As `portcullis token new` makes it.',
        },
      },
    },
  });
}

function paths(): ZodOpenApiPathsObject {
  const all: ZodOpenApiPathsObject = {};
  for (const [operationId, operation] of Object.entries<Operation>(OPERATIONS)) {
    all[operation.path] = {
      ...all[operation.path],
      [operation.method]: describeOperation(operationId, operation),
    };
  }
  return all;
}

function describeOperation(
  operationId: string,
  { role, about }: Operation,
): ZodOpenApiOperationObject {
  const refused: ZodOpenApiResponsesObject =
    role === undefined
      ? {}
      : {
          401: problemOf('No token, or an unknown one.'),
          403: problemOf(`The token has neither the role ${role} nor admin.`),
        };
  return {
    operationId,
    security: role === undefined ? [] : [{ bearer: [] }],
    ...(role === undefined ? {} : { 'x-role': role }),
    ...about,
    responses: {
      ...refused,
      ...about.responses,
      default: problemOf('Anything else is a problem document.'),
    },
  };
}
