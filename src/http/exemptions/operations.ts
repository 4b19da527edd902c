import { z } from 'zod';

import {
  ExemptionAsk,
  ExemptionList,
  ExemptionQuery,
  ExemptionReview,
  ExemptionView,
  ExemptionWhy,
  ReviewQuery,
} from '../../exemption/views.ts';
import type { Operation } from '../operation.ts';
import { json } from '../operation.ts';

const Id = z.object({ id: z.string() });

function body(schema: z.ZodType) {
  return { required: true, content: { 'application/json': { schema } } };
}

export const EXEMPTION_OPERATIONS = {
  listExemptions: {
    method: 'get',
    path: '/v1/exemptions',
    role: 'read',
    about: {
      tags: ['exemptions'],
      summary: 'Exemptions of files and stored ones',
      requestParams: { query: ExemptionQuery },
      responses: { 200: json(ExemptionList, 'With whether each counts at this moment.') },
    },
  },
  requestExemption: {
    method: 'post',
    path: '/v1/exemptions',
    role: 'operate',
    about: {
      tags: ['exemptions'],
      summary: 'Ask for an exemption',
      description: 'It bears nothing until somebody else approves it.',
      requestBody: body(ExemptionAsk),
      responses: {
        200: json(ExemptionView, 'What was asked for; asked again, what became of it.'),
      },
    },
  },
  reviewExemptions: {
    method: 'get',
    path: '/v1/exemptions/review',
    role: 'read',
    about: {
      tags: ['exemptions'],
      summary: 'Exemptions that somebody should look at',
      description: 'Expired, about to expire in 30, 7 or 1 days, unused, too broad.',
      requestParams: { query: ReviewQuery },
      responses: { 200: json(ExemptionReview, 'The most urgent first.') },
    },
  },
  findExemption: {
    method: 'get',
    path: '/v1/exemptions/{id}',
    role: 'read',
    about: {
      tags: ['exemptions'],
      summary: 'One exemption, with its history',
      requestParams: { path: Id },
      responses: { 200: json(ExemptionView, 'The exemption.') },
    },
  },
  approveExemption: {
    method: 'post',
    path: '/v1/exemptions/{id}/approve',
    role: 'operate',
    about: {
      tags: ['exemptions'],
      summary: 'Approve an exemption that somebody else asked for',
      description: 'Two different people must, when one of its rules is protected.',
      requestParams: { path: Id },
      responses: { 200: json(ExemptionView, 'It is approved, or waits for one more.') },
    },
  },
  rejectExemption: {
    method: 'post',
    path: '/v1/exemptions/{id}/reject',
    role: 'operate',
    about: {
      tags: ['exemptions'],
      summary: 'Say no to an exemption, or take back what one asked for',
      requestParams: { path: Id },
      requestBody: body(ExemptionWhy),
      responses: { 200: json(ExemptionView, 'It is rejected.') },
    },
  },
  revokeExemption: {
    method: 'post',
    path: '/v1/exemptions/{id}/revoke',
    role: 'operate',
    about: {
      tags: ['exemptions'],
      summary: 'End an exemption that was approved',
      description: 'It counts no more, at most a second later in every replica.',
      requestParams: { path: Id },
      requestBody: body(ExemptionWhy),
      responses: { 200: json(ExemptionView, 'It is revoked.') },
    },
  },
} as const satisfies Record<string, Operation>;
