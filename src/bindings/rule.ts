import { z } from 'zod';

import { Enforcement } from '../model/point.ts';
import type { Point } from '../model/point.ts';
import type { Policy } from '../model/policy.ts';
import { RepairSpec } from './repair.ts';
import type { Repair } from './repair.ts';

export const Globs = z.array(z.string().min(1)).min(1);

/** Which resources: every field that is given must hold; inside a field one glob is enough. */
export const Selector = z.strictObject({
  kinds: Globs.optional(),
  types: Globs.optional(),
  providers: Globs.optional(),
  addresses: Globs.optional(),
  accounts: Globs.optional(),
  regions: Globs.optional(),
  namespaces: Globs.optional(),
  tags: z.record(z.string(), Globs).optional().describe('A tag, and globs over its value.'),
});
export type Selector = z.infer<typeof Selector>;

const PerPoint = z.union(
  [
    Enforcement,
    z.strictObject({
      'pre-apply': Enforcement.optional(),
      admission: Enforcement.optional(),
      sweep: Enforcement.optional(),
    } satisfies Record<Point, z.ZodOptional<typeof Enforcement>>),
  ],
  'deny, warn or record; or a map from pre-apply, admission and sweep to one of them',
);

/** One entry of rules/*.yaml as it is written. */
export const RuleDocument = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'looks like tagging.owner'),
  policy: z.string(),
  description: z.string().optional(),
  match: Selector.optional(),
  exclude: Selector.optional(),
  enforce: PerPoint,
  unknown: PerPoint.optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  link: z.url().optional(),
  protected: z
    .boolean()
    .optional()
    .describe('Two different people must approve an exemption of this rule.'),
  overridable: z
    .boolean()
    .optional()
    .describe('A person with the right to may override a denial by this rule, for one decision.'),
  repair: RepairSpec.optional(),
});
export type RuleDocument = z.infer<typeof RuleDocument>;

/** A file of rules. */
export const RuleFile = z.strictObject({ rules: z.array(RuleDocument) });

/** A rule bound to its policy, with every default filled in. */
export interface Rule {
  readonly id: string;
  readonly policy: Policy;
  readonly description: string;
  readonly match: Selector;
  readonly exclude: Selector | undefined;
  readonly enforce: Readonly<Record<Point, Enforcement>>;
  readonly unknown: Readonly<Record<Point, Enforcement>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The policy's reads with parameters put in. */
  readonly reads: readonly string[];
  readonly link: string;
  /** True when an exemption takes the approval of two different people. */
  readonly protected?: boolean;
  /** True when a permitted person may override a denial, for one decision. */
  readonly overridable?: boolean;
  /** Absent where nothing is mended by a machine. */
  readonly repair?: Repair;
  readonly file: string;
  readonly line: number;
}

/** All rules in force. */
export interface RuleSet {
  /** SHA-256 over the canonical form of every rule. */
  readonly digest: string;
  readonly rules: readonly Rule[];
}
