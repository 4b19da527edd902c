import { z } from 'zod';

import { ReportedViolation } from '../model/decision.ts';
import { ExemptedBy } from '../model/exemption.ts';
import { Severity } from '../model/point.ts';

/** What the fleet's addresses answer. Field names are stable: they grow, they are not renamed. */

const Scope = z.record(z.string(), z.string());
const Digested = z.object({ digest: z.string(), count: z.int() });

export const InventoryView = z
  .object({
    name: z.string(),
    type: z
      .string()
      .describe('The adapter: aws, azure, google, kubernetes, terraform-state, json-lines.'),
    title: z.string(),
    writes: z.boolean().describe('True when repairs can write to it.'),
    pushedAt: z.string().optional().describe('Of an inventory that is pushed: the last time.'),
    resources: z.int().optional().describe('How many resources the last sweep left here.'),
  })
  .meta({ id: 'Inventory' });
export type InventoryView = z.infer<typeof InventoryView>;
export const InventoryList = z
  .object({ inventories: z.array(InventoryView) })
  .meta({ id: 'InventoryList' });

export const PushView = z
  .object({ inventory: z.string(), resources: z.int(), pushedAt: z.string(), digest: z.string() })
  .meta({ id: 'InventoryPush' });
export type PushView = z.infer<typeof PushView>;

const Gap = z.object({
  inventory: z.string(),
  partition: z.string(),
  account: z.string(),
  scope: Scope,
  type: z.string().optional(),
  code: z.string(),
  message: z.string(),
});

const Coverage = z.object({
  accounts: z.object({ asked: z.int(), read: z.int(), partial: z.int(), unknown: z.int() }),
  partitions: z.object({
    asked: z.int(),
    complete: z.int(),
    incomplete: z.int(),
    waiting: z.int(),
  }),
  resources: z.object({ read: z.int(), judged: z.int(), unjudged: z.int() }),
  percent: z.number(),
  gaps: z.array(Gap).describe('What could not be read. Nothing in it counts as compliant.'),
});

const Steps = z.object({ done: z.int(), of: z.int() });

export const SweepView = z
  .object({
    id: z.string(),
    name: z.string(),
    request: z.object({
      name: z.string(),
      inventories: z.array(z.string()),
      accounts: z.array(z.string()).optional(),
      regions: z.array(z.string()).optional(),
      kinds: z.array(z.string()).optional(),
      coverage: z.number(),
      concurrency: z.int(),
      trigger: z.object({
        by: z.string(),
        actor: z.string().optional(),
        fireTime: z.string().optional(),
      }),
    }),
    state: z.enum(['running', 'interrupted', 'completed', 'incomplete', 'failed', 'cancelled']),
    cancelling: z.boolean(),
    startedAt: z.string(),
    updatedAt: z.string(),
    finishedAt: z.string().optional(),
    reason: z.string().describe('One sentence: what was read, and what was not.'),
    coverage: Coverage,
    verdicts: z.object({ violations: z.int(), unknown: z.int(), failed: z.int() }),
    findings: z.object({ opened: z.int(), resolved: z.int(), reopened: z.int() }),
    policies: Digested.optional(),
    rules: Digested.optional(),
    notes: z.array(z.string()),
    progress: z.object({
      accounts: Steps,
      regions: Steps,
      partitions: Steps,
      resources: z.object({ done: z.int(), expected: z.int().optional() }),
      rate: z.number(),
      secondsLeft: z.number().optional(),
    }),
  })
  .meta({ id: 'Sweep' });
export type SweepView = z.infer<typeof SweepView>;

const Tags = z.discriminatedUnion('state', [
  z.object({ state: z.literal('known'), values: Scope, unknown: z.array(z.string()) }),
  z.object({ state: z.literal('unknown'), reason: z.string() }),
]);

export const FindingView = z
  .object({
    id: z.string().describe('The same for the same rule, resource and path, for ever.'),
    state: z.enum(['open', 'resolved']),
    ...ReportedViolation.omit({ location: true, exemption: true, exemptedBy: true }).shape,
    provider: z.string(),
    scope: Scope,
    account: z.string(),
    region: z.string(),
    tags: Tags,
    createdBy: z
      .object({ name: z.string(), role: z.string().optional(), event: z.string().optional() })
      .optional(),
    creatorUnknown: z
      .object({ why: z.enum(['no-record', 'pending', 'unread', 'limit']), reason: z.string() })
      .optional()
      .describe('Why nobody can say who made it, where that was looked up.'),
    createdAt: z.string().optional(),
    managedBy: z.object({ tool: z.string(), name: z.string() }).optional(),
    capturedAt: z.string().describe('When the cloud took down what was judged.'),
    inventory: z.string(),
    partition: z.string(),
    firstSeen: z.string(),
    lastSeen: z.string(),
    resolvedAt: z.string().optional(),
    resolved: z.enum(['fixed', 'gone', 'rule-gone']).optional(),
    reopenedAt: z.string().optional(),
    reopened: z.int().describe('How often it came back.'),
    unsureSince: z
      .string()
      .optional()
      .describe('Since when nobody could tell whether it still holds; it stays open meanwhile.'),
    gate: z
      .object({
        decision: z.string(),
        time: z.string(),
        verdict: z.enum(['allow', 'deny']),
        address: z.string(),
      })
      .optional()
      .describe('What the gate last said of the resource: what it allowed was changed since.'),
    exemption: ExemptedBy.optional().describe(
      'Who reads it now is told that somebody bears it, until when and why.',
    ),
  })
  .meta({ id: 'Finding' });
export type FindingView = z.infer<typeof FindingView>;

export const FindingTotalsView = z
  .object({
    total: z.int(),
    bySeverity: z.object({
      critical: z.int(),
      high: z.int(),
      medium: z.int(),
      low: z.int(),
    }),
    byRule: z.record(z.string(), z.int()),
    byAccount: z.record(z.string(), z.int()),
  })
  .meta({ id: 'FindingTotals' });

export const FindingPageView = z
  .object({
    findings: z.array(FindingView).describe('The worst first.'),
    totals: FindingTotalsView.optional().describe(
      'Of all that the filter selects; on the first page.',
    ),
    next: z
      .string()
      .optional()
      .describe('Pass as `after` for the next page; absent on the last one.'),
  })
  .meta({ id: 'FindingPage' });
export type FindingPageView = z.infer<typeof FindingPageView>;

export const ChangePageView = z
  .object({
    changes: z.array(
      z.object({
        finding: z.string(),
        run: z.string(),
        change: z.enum(['opened', 'resolved', 'reopened']),
        because: z.enum(['fixed', 'gone', 'rule-gone']).optional(),
        time: z.string(),
        rule: z.string(),
        address: z.string(),
        path: z.string(),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'FindingChangePage' });
export type ChangePageView = z.infer<typeof ChangePageView>;

/** What to sweep: a sweep of the configuration by its name, or inventories in one's own words. */
export const SweepAsk = z
  .strictObject({
    name: z.string().min(1).max(64).optional().describe('A sweep of the configuration.'),
    inventories: z.array(z.string().min(1).max(64)).min(1).max(100).optional(),
    accounts: z.array(z.string().min(1).max(256)).min(1).max(1000).optional().describe('Globs.'),
    regions: z.array(z.string().min(1).max(64)).min(1).max(100).optional().describe('Globs.'),
    kinds: z.array(z.string().min(1).max(256)).min(1).max(1000).optional().describe('Globs.'),
    coverage: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe(
        'Percent of the accounts that must be read for the sweep not to fail; for a sweep of the configuration never less than it says.',
      ),
  })
  .meta({ id: 'SweepRequest' });
export type SweepAsk = z.infer<typeof SweepAsk>;

/** Which findings. */
export const FindingQuery = z.strictObject({
  state: z.enum(['open', 'resolved']).optional(),
  severity: Severity.optional(),
  rule: z.string().max(256).optional().describe('A glob.'),
  policy: z.string().max(64).optional().describe('A glob.'),
  kind: z.string().max(256).optional().describe('A glob.'),
  account: z.string().max(256).optional().describe('A glob.'),
  region: z.string().max(64).optional().describe('A glob.'),
  inventory: z.string().max(64).optional(),
  tag: z
    .string()
    .regex(/^[^=]/, 'a key, or key=value')
    .max(512)
    .optional()
    .describe('owner, or owner=team-a.'),
  address: z.string().max(2048).optional().describe('A glob.'),
  since: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Opened, reopened or resolved at this time or later.'),
});
export type FindingQuery = z.infer<typeof FindingQuery>;
