import { z } from 'zod';

import { REPAIR_MODES } from '../../bindings/repair.ts';
import { RepairWindow } from '../../bindings/repair-window.ts';

/** Where a value was taken from, so that a person can judge it. */
const ValueOrigin = z.object({
  kind: z.enum(['constant', 'spelling', 'parent', 'creator', 'map', 'undo']),
  /** The other key, the parent's address, the creator, the entry of the table, the run that is undone. */
  from: z.string(),
});
export type ValueOrigin = z.infer<typeof ValueOrigin>;

const SetTag = z.object({
  before: z.string().nullable().describe('null: the tag was not there.'),
  after: z.string(),
  source: ValueOrigin,
});

const RemoveTag = z.object({ before: z.string() });

const Target = z.object({
  address: z.string(),
  type: z.string(),
  scope: z.record(z.string(), z.string()),
});

const CodeSuggestion = z.object({
  tool: z.enum(['terraform', 'cloudformation']),
  /** What to do with the snippets, in a sentence. */
  note: z.string(),
  snippets: z.array(z.object({ title: z.string(), text: z.string() })),
});
export type CodeSuggestion = z.infer<typeof CodeSuggestion>;

/** What the rules say of the resource as it would be. */
const Judgement = z.object({
  compliantWith: z.array(z.string()),
  stillViolated: z.array(z.string()),
});
export type Judgement = z.infer<typeof Judgement>;

export const PlannedChange = z.object({
  address: z.string(),
  kind: z.string(),
  /** The inventory that found it; the tagger of the same name writes it. */
  inventory: z.string(),
  target: Target,
  set: z.record(z.string(), SetTag),
  remove: z.record(z.string(), RemoveTag),
  /** Tags that this change rests on, as they were: one that reads otherwise just before the write stops it. */
  snapshot: z.record(z.string(), z.string()),
  /** Keys besides those of the change whose value was used. */
  watch: z.array(z.string()),
  rules: z.array(z.string()),
  code: CodeSuggestion.optional(),
  judgement: Judgement.optional(),
});
export type PlannedChange = z.infer<typeof PlannedChange>;

/** What should be changed in code, and is not written by us. */
const Suggestion = z.object({
  address: z.string(),
  kind: z.string(),
  set: z.record(z.string(), SetTag),
  remove: z.record(z.string(), RemoveTag),
  rules: z.array(z.string()),
  managedBy: z.string(),
  code: CodeSuggestion,
});
export type Suggestion = z.infer<typeof Suggestion>;

export const REFUSALS = [
  'untaggable',
  'tags-unknown',
  'parent-unknown',
  'spellings-disagree',
  'rules-disagree',
  'too-many-tags',
  'managed',
  'reserved',
  'no-value',
  'would-overwrite',
  'kept-by-rule',
  'same-tag',
  'flapping',
  'no-tagger',
  'not-found',
  'no-gain',
  'makes-worse',
  'not-ours',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** Why something that is wrong is not mended. Never silent: each wish of a rule ends in a change, a suggestion or one of these. */
const Refusal = z.object({
  address: z.string(),
  keys: z.array(z.string()),
  rules: z.array(z.string()),
  code: z.enum(REFUSALS),
  message: z.string(),
});
export type Refusal = z.infer<typeof Refusal>;

const Limit = z.union([z.number(), z.literal('unlimited')]);

/** What one rule allows of a plan, with the numbers it is held against. */
const RuleGate = z.object({
  rule: z.string(),
  mode: z.enum(REPAIR_MODES),
  changes: z.int(),
  caps: z.object({ count: Limit, percent: Limit, incomplete: z.enum(['refuse', 'allow']) }),
  /** Resources that the rule looks at and that were read. */
  population: z.int(),
  window: RepairWindow.optional(),
  canary: z.int(),
  stopAt: z.object({ errors: z.int(), percent: z.number() }),
});
export type RuleGate = z.infer<typeof RuleGate>;

const Breach = z.object({ rule: z.string(), message: z.string() });
export type Breach = z.infer<typeof Breach>;

/** Everything that a repair would do, and everything that it would not do and why. */
export const RepairPlan = z.object({
  /** A digest of all the rest: the same findings give the same plan. */
  id: z.string(),
  purpose: z.enum(['repair', 'undo']),
  /** The run that an undo takes back. */
  undoes: z.string().optional(),
  changes: z.array(PlannedChange),
  suggestions: z.array(Suggestion),
  refusals: z.array(Refusal),
  gates: z.array(RuleGate),
  /** Caps that it would break: then nothing of it is written. */
  breaches: z.array(Breach),
  /** Of everything, also where the lists above were cut for keeping. */
  totals: z.object({
    changes: z.int(),
    suggestions: z.int(),
    refusals: z.partialRecord(z.enum(REFUSALS), z.int()),
  }),
  /** False when not everything of the scope could be read. */
  complete: z.boolean(),
  /** What could not be read, in words. */
  gaps: z.array(z.string()),
});
export type RepairPlan = z.infer<typeof RepairPlan>;
