import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { docsPage } from '../../../src/http/docs.ts';
import { openApiDocument } from '../../../src/http/openapi.ts';
import { OPERATIONS } from '../../../src/http/operations.ts';

const document = openApiDocument('1.2.3');

/** What the OpenAPI 3.1 specification asks of a document, as far as ours uses it; anything else in it is an error. */
const Schema = z.record(z.string(), z.unknown());
const Content = z.record(
  z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/),
  z.strictObject({ schema: Schema }),
);
const Parameter = z.strictObject({
  in: z.enum(['query', 'header', 'path']),
  name: z.string(),
  schema: Schema,
  required: z.boolean().optional(),
  description: z.string().optional(),
});
const Response = z.strictObject({
  description: z.string().min(1),
  content: Content.optional(),
  headers: z.record(z.string(), Schema).optional(),
});
const Operation = z.strictObject({
  operationId: z.string(),
  summary: z.string(),
  description: z.string().optional(),
  tags: z.array(z.string()),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  'x-role': z.string().optional(),
  parameters: z.array(Parameter).optional(),
  requestBody: z.strictObject({ required: z.boolean(), content: Content }).optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), Response),
});
const OpenApi = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: Schema,
  }),
  servers: z.array(Schema),
  tags: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  paths: z.record(
    z.string().startsWith('/'),
    z.strictObject({ get: Operation.optional(), post: Operation.optional() }),
  ),
  components: z.strictObject({ schemas: z.record(z.string(), Schema), securitySchemes: Schema }),
});

describe('the OpenAPI document', () => {
  const checked = OpenApi.parse(JSON.parse(JSON.stringify(document)));
  const operations = Object.entries(checked.paths).flatMap(([path, { get, post }]) =>
    [get, post].flatMap((one) => (one ? [{ path, ...one }] : [])),
  );

  it('describes every operation of the table, once', () => {
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
      Object.keys(OPERATIONS).sort(),
    );
  });

  it('declares each part of a path that varies', () => {
    for (const { path, parameters = [] } of operations) {
      const named = parameters
        .filter((parameter) => parameter.in === 'path')
        .map(({ name, required }) => [name, required]);
      expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, true]));
    }
  });

  it('refers to nothing that is not there, and holds schemas that compile', () => {
    const references = [
      ...JSON.stringify(checked).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g),
    ].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(5);
    for (const name of references) expect(Object.keys(checked.components.schemas)).toContain(name);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'openapi', components: checked.components });
    for (const name of Object.keys(checked.components.schemas)) {
      expect(() => ajv.compile({ $ref: `openapi#/components/schemas/${name}` })).not.toThrow();
    }
  });
});

describe('the docs page', () => {
  const page = docsPage(document);

  it('shows every operation and needs nothing from anywhere', () => {
    for (const id of Object.keys(OPERATIONS)) expect(page).toContain(`id="${id}"`);
    expect(page).not.toMatch(/<script|<link|<img|src=|https?:\/\/(?!json-schema)/i);
  });

  it('links to places that it has, problems included', () => {
    const ids = new Set([...page.matchAll(/id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    expect(ids).toContain('SOURCE_MALFORMED');
  });

  it('shows markup of the document as text', () => {
    const evil = { ...document, info: { ...document.info, title: '<b onclick="x">&' } };
    expect(docsPage(evil)).toContain('&lt;b onclick=&quot;x&quot;&gt;&amp;');
  });
});
