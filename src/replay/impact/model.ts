import { z } from 'zod';

import { Point, Severity } from '../../model/point.ts';

/** What becomes of a verdict of a rule: it denies, it warns, or nobody is told at the door. */
const Leads = z.enum(['deny', 'warn', 'nothing']);
export type Leads = z.infer<typeof Leads>;

/** Pairs of a rule and a resource, counted once for every decision in which they change. */
const Counts = z.object({
  toDeny: z.int().describe('Decisions that were allowed and would be denied.'),
  toAllow: z.int().describe('Decisions that were denied and would be allowed.'),
  newDenials: z.int(),
  goneDenials: z.int(),
  newWarnings: z.int(),
  goneWarnings: z.int(),
});
export type Counts = z.infer<typeof Counts>;

const Named = z.object({
  resources: z.array(z.string()).describe('Addresses, at most 20.'),
  moreResources: z.int().describe('How many there are besides those.'),
});

export const RuleImpact = z.object({
  rule: z.string(),
  policy: z.string(),
  severity: Severity,
  message: z.string().describe('Of one of its changes.'),
  ...Counts.shape,
  ...Named.shape,
});
export type RuleImpact = z.infer<typeof RuleImpact>;

export const GroupImpact = z.object({ name: z.string(), ...Counts.shape, ...Named.shape });
export type GroupImpact = z.infer<typeof GroupImpact>;

export const Change = z.object({
  rule: z.string(),
  address: z.string(),
  from: Leads,
  to: Leads,
  message: z.string(),
});

export const Flip = z.object({
  id: z.string(),
  time: z.string(),
  point: Point,
  source: z.string(),
  name: z.string().optional(),
  actor: z.string().optional(),
  from: z.enum(['allow', 'deny']),
  to: z.enum(['allow', 'deny', 'unknown']).describe('unknown: it hangs on redacted values.'),
  changes: z.array(Change).describe('What led to it, at most 10.'),
  moreChanges: z.int(),
});
export type Flip = z.infer<typeof Flip>;

/** Why a decision was not replayed. */
export const LEFT_OUT = {
  'no-body': 'what was decided is no longer kept: it aged out or was erased',
  'no-input': 'what it judged was not kept, or has aged out',
  'damaged-input': 'what was kept of it is not what was written',
  'strange-input': 'what was kept of it is of another version',
} as const;
export type LeftOut = keyof typeof LEFT_OUT;

const Digest = z.object({ digest: z.string(), count: z.int() });

/**
 * What a candidate set of policies and rules would have made of recorded decisions. Field names are stable: they grow, they
 * are not renamed.
 */
export const Impact = z
  .object({
    format: z.literal('portcullis-impact'),
    version: z.literal(1),
    madeAt: z.string(),
    candidate: z.object({ policies: Digest, rules: Digest }),
    period: z.object({ since: z.string().optional(), until: z.string().optional() }),
    point: Point.optional(),
    teamTags: z.array(z.string()).describe('Tags that name a team, the first one counts.'),
    complete: z
      .boolean()
      .describe('False when a limit or the time ended it: there are older decisions.'),
    decisions: z.object({
      read: z.int(),
      replayed: z.int(),
      distinct: z.int().describe('Inputs that were judged; the others were the same again.'),
      toDeny: z.int(),
      toAllow: z.int(),
      toUnknown: z.int().describe('Nobody can say: they hang on redacted values.'),
      newWarnings: z.int().describe('Not flipped, with a warning more.'),
      goneWarnings: z.int().describe('Not flipped, with a warning less.'),
      unchanged: z.int(),
    }),
    verdicts: z.object({
      ...Counts.omit({ toDeny: true, toAllow: true }).shape,
      untold: z.int().describe('They hang on redacted values.'),
    }),
    flips: z.array(Flip).describe('The newest first, at most 100.'),
    moreFlips: z.int(),
    rules: z.array(RuleImpact),
    teams: z.array(GroupImpact),
    accounts: z.array(GroupImpact),
    untold: z
      .array(
        z.object({
          rule: z.string(),
          policy: z.string(),
          verdicts: z.int(),
          paths: z.array(z.string()).describe('At most 5.'),
          ...Named.shape,
        }),
      )
      .describe('Rules whose verdicts hang on redacted values.'),
    notReplayed: z.array(
      z.object({
        reason: z.enum(['no-body', 'no-input', 'damaged-input', 'strange-input']),
        says: z.string(),
        decisions: z.int(),
        examples: z.array(z.string()).describe('Ids, at most 5.'),
      }),
    ),
  })
  .meta({ id: 'Impact', title: 'Impact of policies on recorded decisions' });
export type Impact = z.infer<typeof Impact>;
