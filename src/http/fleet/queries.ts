import { z } from 'zod';

import { FindingQuery } from '../../fleet/views.ts';

/** What may stand in the queries and bodies of the fleet's addresses. */

const Limit = z.coerce.number().int().min(1).max(500).default(50);

/** How many, newest first. */
export const Newest = z.strictObject({ limit: Limit });

export const ChangeQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.string().max(256).optional().describe('`next` of the page before.'),
});

export const FindingListQuery = FindingQuery.extend(ChangeQuery.shape);

export const PushQuery = z.strictObject({
  partial: z
    .enum(['true', 'false'])
    .default('false')
    .transform((given) => given === 'true')
    .describe('It is not everything there is: what is missing is not gone.'),
});

export const ExportQuery = FindingQuery.extend({
  format: z.enum(['ndjson', 'csv']).default('ndjson'),
});

export const ApplyAsk = z
  .strictObject({
    dryRun: z
      .boolean()
      .default(false)
      .describe('Everything but the write, with the same artefacts.'),
  })
  .meta({ id: 'RepairApplication' });
