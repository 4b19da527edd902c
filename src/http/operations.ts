import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';

import { Decision } from '../model/decision.ts';
import { ImpactAsk } from '../replay/impact/ask.ts';
import { Impact } from '../replay/impact/model.ts';
import { DecisionQuery } from './decision-request.ts';
import { Envelope } from './envelope.ts';
import { EXEMPTION_OPERATIONS } from './exemptions/operations.ts';
import { FLEET_OPERATIONS } from './fleet/operations.ts';
import { LEDGER_OPERATIONS } from './ledger/operations.ts';
import { ENVELOPE_TYPE } from './media-type.ts';
import { json, problemOf } from './operation.ts';
import type { Operation } from './operation.ts';
import { REPORT_OPERATIONS } from './reports/operations.ts';
import { EventList, EventQuery, ListQuery, PolicyList, RecordList, RuleList } from './views.ts';

const AnyDocument = z.unknown().meta({
  description: 'A Terraform or OpenTofu plan, an AdmissionReview, Kubernetes manifests, …',
});

const AdmissionReview = z
  .looseObject({ apiVersion: z.literal('admission.k8s.io/v1'), kind: z.literal('AdmissionReview') })
  .meta({ id: 'AdmissionReview', description: 'As Kubernetes defines it.' });

const ReviewExchange: Pick<ZodOpenApiOperationObject, 'requestBody' | 'responses'> = {
  requestBody: { required: true, content: { 'application/json': { schema: AdmissionReview } } },
  responses: {
    200: {
      description: 'The review with its response. A denial is said inside, never by the status.',
      content: { 'application/json': { schema: AdmissionReview } },
    },
  },
};

const Timeout = z.object({
  timeout: z.string().optional().describe('As the API server adds it, 5s.'),
});
const Health = z.looseObject({ status: z.string() }).meta({ id: 'Health' });

/** Headers that answer to more than one operation. */
const DecisionHeader = z.object({ 'X-Decision': z.enum(['allow', 'deny']) });

export const OPERATIONS = {
  decide: {
    method: 'post',
    path: '/v1/decisions',
    role: 'gate',
    about: {
      tags: ['decisions'],
      summary: 'Ask for a decision',
      description:
        'The body is any document, packed with gzip or not; its format is recognised. The decision is recorded before it is answered.\n\n' +
        `What else there is to say of it stands in the query, or around the document in an envelope (${ENVELOPE_TYPE}).`,
      requestParams: {
        query: DecisionQuery,
        header: z.object({
          'Idempotency-Key': z
            .string()
            .optional()
            .describe('The same key and document give the same decision, recorded once.'),
        }),
      },
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: AnyDocument },
          'application/yaml': { schema: AnyDocument },
          'application/octet-stream': { schema: AnyDocument },
          [ENVELOPE_TYPE]: { schema: Envelope },
        },
      },
      responses: {
        200: { ...json(Decision, 'The decision, allow or deny.'), headers: DecisionHeader },
        403: json(
          Decision,
          'With `?status=strict`: the decision, a denial. Otherwise a problem: the role does not allow this.',
        ),
      },
    },
  },
  validate: {
    method: 'post',
    path: '/v1/admission/kubernetes/validate',
    role: 'gate',
    about: {
      tags: ['admission'],
      summary: 'Answer a validating webhook',
      requestParams: { query: Timeout },
      ...ReviewExchange,
    },
  },
  validateCluster: {
    method: 'post',
    path: '/v1/admission/kubernetes/validate/{cluster}',
    role: 'gate',
    about: {
      tags: ['admission'],
      summary: 'Answer a validating webhook of a named cluster',
      requestParams: {
        query: Timeout,
        path: z.object({ cluster: z.string().describe('Kept in the record.') }),
      },
      ...ReviewExchange,
    },
  },
  listDecisions: {
    method: 'get',
    path: '/v1/decisions',
    role: 'read',
    about: {
      tags: ['records'],
      summary: 'List recorded decisions',
      description: 'Newest first, in pages.',
      requestParams: { query: ListQuery },
      responses: { 200: json(RecordList, 'A page.') },
    },
  },
  findDecision: {
    method: 'get',
    path: '/v1/decisions/{id}',
    role: 'read',
    about: {
      tags: ['records'],
      summary: 'Find a recorded decision',
      requestParams: { path: z.object({ id: z.string() }) },
      responses: { 200: json(Decision, 'The decision as it was answered.') },
    },
  },
  listEvents: {
    method: 'get',
    path: '/v1/events',
    role: 'read',
    about: {
      tags: ['records'],
      summary: 'List what else was recorded',
      description: 'Sweeps, repairs, inventories that were pushed; newest first, in pages.',
      requestParams: { query: EventQuery },
      responses: { 200: json(EventList, 'A page.') },
    },
  },
  ...FLEET_OPERATIONS,
  ...REPORT_OPERATIONS,
  ...EXEMPTION_OPERATIONS,
  impact: {
    method: 'post',
    path: '/v1/impact',
    role: 'operate',
    about: {
      tags: ['rules'],
      summary: 'Whom other policies or rules would have stopped',
      description:
        'Recorded decisions are judged again by the policies and rules that are sent, the newest first. One at a time; policies are compiled within 30 seconds, and after 45 seconds of replaying the answer says that it is not complete.\n\n' +
        'What decisions judged is there only where the gate keeps it (`ledger.inputs: redacted`). The body has at most 8 MiB.',
      requestBody: { required: true, content: { 'application/json': { schema: ImpactAsk } } },
      responses: {
        200: json(Impact, 'What would have been otherwise.'),
        422: problemOf('The policies or rules cannot be put in force.'),
        503: problemOf('Another replay is under way.'),
      },
    },
  },
  ...LEDGER_OPERATIONS,
  policies: {
    method: 'get',
    path: '/v1/policies',
    role: 'read',
    about: {
      tags: ['rules'],
      summary: 'The policies that are loaded',
      responses: { 200: json(PolicyList, 'All of them.') },
    },
  },
  rules: {
    method: 'get',
    path: '/v1/rules',
    role: 'read',
    about: {
      tags: ['rules'],
      summary: 'The rules in force',
      responses: { 200: json(RuleList, 'All of them.') },
    },
  },
  metrics: {
    method: 'get',
    path: '/metrics',
    role: 'read',
    about: {
      tags: ['operation'],
      summary: 'Metrics for Prometheus',
      responses: {
        200: { description: 'Text format.', content: { 'text/plain': { schema: z.string() } } },
      },
    },
  },
  live: {
    method: 'get',
    path: '/livez',
    role: undefined,
    about: {
      tags: ['operation'],
      summary: 'Is the process alive?',
      responses: { 200: json(Health, 'It is.') },
    },
  },
  ready: {
    method: 'get',
    path: '/readyz',
    role: undefined,
    about: {
      tags: ['operation'],
      summary: 'Can it take requests?',
      responses: {
        200: json(Health, 'It can.'),
        503: json(Health, 'It is stopping, or its ledger cannot be read.'),
      },
    },
  },
  openapi: {
    method: 'get',
    path: '/openapi.json',
    role: undefined,
    about: {
      tags: ['operation'],
      summary: 'This document',
      responses: { 200: json(z.looseObject({}), 'OpenAPI 3.1.') },
    },
  },
  docs: {
    method: 'get',
    path: '/docs',
    role: undefined,
    about: {
      tags: ['operation'],
      summary: 'This document, for people',
      responses: {
        200: {
          description: 'A page without scripts.',
          content: { 'text/html': { schema: z.string() } },
        },
      },
    },
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof OPERATIONS;
