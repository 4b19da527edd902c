import { z } from 'zod';

import { ReportAsk } from '../../audit-report/ask.ts';
import { REPORT_FORMATS } from '../../audit-report/registry.ts';
import { REPORT_KIND_IDS } from '../../audit-report/report.ts';
import { json } from '../operation.ts';
import type { Operation } from '../operation.ts';

/** One media type for each format. */
const CONTENT = Object.fromEntries(
  REPORT_FORMATS.map(({ mediaType }) => [
    mediaType.split(';')[0] ?? mediaType,
    { schema: z.string() },
  ]),
);

export const REPORT_OPERATIONS = {
  report: {
    method: 'get',
    path: '/v1/reports/{kind}.{format}',
    role: 'read',
    about: {
      tags: ['reports'],
      summary: 'Download a report',
      description:
        'It is sent while it is made, and recorded when it is whole: a connection that is cut means that it is not. Its evidence is in the file; where a format has no place for it, the header `Link` says where it is. `X-Report-Cut` says what a format had no room for.',
      requestParams: {
        path: z.object({
          kind: z.enum(REPORT_KIND_IDS),
          format: z.string().describe(REPORT_FORMATS.map(({ id }) => id).join(', ')),
        }),
        query: ReportAsk,
      },
      responses: {
        200: {
          description: 'The report.',
          headers: z.object({
            'X-Report-Id': z.string(),
            'X-Report-Cut': z.string().optional(),
            Link: z.string().optional(),
          }),
          content: CONTENT,
        },
      },
    },
  },
  reportEvidence: {
    method: 'get',
    path: '/v1/reports/{id}/evidence',
    role: 'read',
    about: {
      tags: ['reports'],
      summary: 'What proves a report',
      description:
        'Checkpoint, keys and proofs, made when it is asked for; `portcullis audit verify` takes it beside the report.',
      requestParams: { path: z.object({ id: z.string() }) },
      responses: { 200: json(z.looseObject({ format: z.string() }), 'portcullis-evidence/1') },
    },
  },
} as const satisfies Record<string, Operation>;
