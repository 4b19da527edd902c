import { z } from 'zod';

/** `repairs:` of the configuration. Without a word nothing is ever written to a cloud. */
export const RepairSettings = z.strictObject({
  writes: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      'off: nothing is written to any cloud, and a run under way stops before its next write.',
    ),
  approvers: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Who may approve; without a word, anybody but the person who asked for the plan.'),
  planHours: z
    .number()
    .min(0.1)
    .max(24 * 30)
    .default(24)
    .describe('Hours after which a plan is too old to be applied.'),
});
export type RepairSettings = z.infer<typeof RepairSettings>;
