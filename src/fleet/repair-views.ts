import { z } from 'zod';

import { RepairPlan } from '../repair/plan/model.ts';

/** What to mend. */
export const RepairAsk = z
  .strictObject({
    accounts: z.array(z.string().min(1).max(256)).min(1).max(1000).optional().describe('Globs.'),
    regions: z.array(z.string().min(1).max(64)).min(1).max(100).optional().describe('Globs.'),
    kinds: z.array(z.string().min(1).max(256)).min(1).max(1000).optional().describe('Globs.'),
    addresses: z
      .array(z.string().min(1).max(2048))
      .min(1)
      .max(10_000)
      .optional()
      .describe('Globs.'),
    rules: z
      .array(z.string().min(1).max(256))
      .min(1)
      .max(1000)
      .optional()
      .describe('Ids of rules.'),
  })
  .meta({ id: 'RepairRequest' });
export type RepairAsk = z.infer<typeof RepairAsk>;

export const RepairPlanView = z
  .object({
    plan: RepairPlan,
    state: z.enum(['proposed', 'approved', 'applying', 'applied', 'stopped']),
    requestedBy: z.string(),
    createdAt: z.string(),
    approvedBy: z.string().optional(),
    approvedAt: z.string().optional(),
    rulesDigest: z.string(),
    scope: z.string().describe('What was asked for, in words.'),
  })
  .meta({ id: 'RepairPlan' });
export type RepairPlanView = z.infer<typeof RepairPlanView>;
/** A line of the list of plans. */
export const RepairPlanSummary = z
  .object({
    ...RepairPlanView.omit({ plan: true }).shape,
    ...RepairPlan.pick({ purpose: true, undoes: true, totals: true }).shape,
    id: z.string(),
    breaches: z.int().describe('Caps that it would break.'),
  })
  .meta({ id: 'RepairPlanSummary' });
export type RepairPlanSummary = z.infer<typeof RepairPlanSummary>;
export const RepairPlanList = z
  .object({ plans: z.array(RepairPlanSummary) })
  .meta({ id: 'RepairPlanList' });

const RepairRunHead = z
  .object({
    id: z.string(),
    plan: z.string(),
    purpose: z.enum(['repair', 'undo']),
    undoes: z.string().optional(),
    dryRun: z.boolean(),
    actor: z.string(),
    state: z.enum(['running', 'done', 'stopped']),
    reason: z.string(),
    startedAt: z.string(),
    finishedAt: z.string().optional(),
  })
  .meta({ id: 'RepairRun' });

const StepView = z.object({
  position: z.int(),
  address: z.string(),
  kind: z.string(),
  state: z
    .enum(['intended', 'written', 'verified', 'failed', 'skipped', 'unresolved', 'rehearsed'])
    .describe('verified: read back, and it is as planned. unresolved: a person must look.'),
  attempt: z.int(),
  reason: z.string(),
  set: z.record(z.string(), z.object({ before: z.string().nullable(), after: z.string() })),
  remove: z.record(z.string(), z.object({ before: z.string() })),
});

export const RepairRunView = z
  .object({
    run: RepairRunHead,
    tally: z.record(z.string(), z.int()).describe('How many resources came to which state.'),
    steps: z.array(StepView),
  })
  .meta({ id: 'RepairRunStatus' });
export type RepairRunView = z.infer<typeof RepairRunView>;
export const RepairRunList = z
  .object({ runs: z.array(RepairRunHead) })
  .meta({ id: 'RepairRunList' });
