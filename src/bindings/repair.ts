import { z } from 'zod';

import type { Policy } from '../model/policy.ts';
import { RepairWindow } from './repair-window.ts';

/**
 * What a person must do before a repair writes: `suggest` nothing is written until somebody applies the plan, `approve` a second
 * person must agree, `automatic` the schedule may apply it.
 */
export const REPAIR_MODES = ['suggest', 'approve', 'automatic'] as const;
export type RepairMode = (typeof REPAIR_MODES)[number];

/** What a value can be inherited from; `account` is also a subscription and a project. */
export const PARENT_ROLES = [
  'resource-group',
  'subnet',
  'vpc',
  'namespace',
  'cluster',
  'account',
  'subscription',
  'project',
  'folder',
  'organization',
] as const;
export type ParentRole = (typeof PARENT_ROLES)[number];

const Value = z.string().trim().min(1, 'a value that says something').max(1024);
const Key = z.string().min(1).max(512);

const MapSource = z.strictObject({
  by: z
    .string()
    .regex(/^(account|region|kind|type|tag:.+)$/, 'account, region, kind, type, or tag: and a key'),
  table: z.record(z.string().min(1), Value),
});

/** One place to take a value from; it says exactly one thing. */
const ValueSource = z
  .strictObject({
    constant: z
      .union([Value, z.record(Key, Value)], 'a value, or a map from a key to its value')
      .optional(),
    spelling: z
      .union(
        [z.literal(true), z.strictObject({ aliases: z.record(Key, z.array(Key).min(1)) })],
        'true, or { aliases: { key: [other words] } }',
      )
      .optional(),
    parent: z.array(z.enum(PARENT_ROLES)).min(1).optional(),
    creator: z.enum(['name', 'email-domain']).optional(),
    map: MapSource.optional(),
    ask: z.string().min(1).max(512).optional(),
  })
  .transform((given, context): RepairSource => {
    const { constant, spelling, parent, creator, map, ask } = given;
    const sources: RepairSource[] = [];
    if (constant !== undefined) sources.push({ kind: 'constant', value: constant });
    if (spelling !== undefined)
      sources.push({ kind: 'spelling', aliases: spelling === true ? {} : spelling.aliases });
    if (parent !== undefined) sources.push({ kind: 'parent', roles: parent });
    if (creator !== undefined) sources.push({ kind: 'creator', take: creator });
    if (map !== undefined) sources.push({ kind: 'map', ...map });
    if (ask !== undefined) sources.push({ kind: 'ask', whom: ask });
    const [source, ...others] = sources;
    if (source !== undefined && others.length === 0) return source;
    context.addIssue({
      code: 'custom',
      message: `each entry says one of constant, spelling, parent, creator, map, ask; this one says ${sources.length === 0 ? 'none' : sources.map(({ kind }) => kind).join(' and ')}`,
    });
    return z.NEVER;
  });

type Aliases = Readonly<Record<string, readonly string[]>>;

/** Where a missing value comes from. */
export type RepairSource =
  | { readonly kind: 'constant'; readonly value: string | Readonly<Record<string, string>> }
  /** A key that means the same and is spelt otherwise; `aliases` are other words for a key. */
  | { readonly kind: 'spelling'; readonly aliases: Aliases }
  | { readonly kind: 'parent'; readonly roles: readonly ParentRole[] }
  | { readonly kind: 'creator'; readonly take: 'name' | 'email-domain' }
  | {
      readonly kind: 'map';
      readonly by: string;
      readonly table: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'ask'; readonly whom: string };

const Percent = z.number().min(0).max(100);
const Unlimited = z.literal('unlimited');

const Caps = z.strictObject({
  count: z
    .union([z.int().min(0), Unlimited], 'a number of resources, or unlimited')
    .default(100)
    .describe('Resources that one plan may change by this rule.'),
  percent: z
    .union([Percent, Unlimited], 'a percentage, or unlimited')
    .default(25)
    .describe('The same, of the resources that the rule looks at and that were read.'),
  incomplete: z
    .enum(['refuse', 'allow'])
    .default('refuse')
    .describe('What to do where not everything could be read: a percentage of it means nothing.'),
});

const StopAt = z.strictObject({
  errors: z.int().min(1).default(3),
  percent: Percent.default(10),
});

/** `repair:` of a rule as it is written. */
export const RepairSpec = z.strictObject({
  mode: z.enum(REPAIR_MODES).default('suggest'),
  keys: z.array(Key).min(1).optional().describe('Tags to mend; without a word, those of the rule.'),
  values: z
    .array(ValueSource)
    .min(1)
    .max(20)
    .refine(
      (sources) => sources.slice(0, -1).every(({ kind }) => kind !== 'ask'),
      'ask stands last: nothing comes after a person',
    )
    .describe('Where a value comes from: the first that has one.'),
  overwrite: z.boolean().default(false).describe('May replace a value that somebody wrote.'),
  replace: z
    .boolean()
    .default(false)
    .describe('Takes the misspelt key away once the right one is there.'),
  iac: z
    .enum(['suggest', 'write'])
    .default('suggest')
    .describe('What belongs to code: suggested as code, or written live all the same.'),
  caps: Caps.prefault({}),
  window: RepairWindow.optional(),
  canary: z
    .int()
    .min(0)
    .max(1000)
    .default(5)
    .describe('Resources that are mended and verified before the others; 0: none.'),
  stopAt: StopAt.prefault({}).describe('Both must be reached.'),
});
type RepairSpec = z.infer<typeof RepairSpec>;

/** How a rule mends what it finds, with every default filled in. */
export interface Repair extends Omit<RepairSpec, 'keys'> {
  readonly keys: readonly string[];
}

/** What is wrong with `repair:` of a rule; `path` is below `repair`. */
export interface RepairProblem {
  readonly path: string;
  readonly message: string;
}

export type BoundRepair =
  | { readonly ok: true; readonly repair: Repair }
  | { readonly ok: false; readonly problems: readonly RepairProblem[] };

/** Fills in the keys from the rule's parameters, and refuses what would mend nothing of what the rule finds. */
export function bindRepair(
  policy: Policy,
  parameters: Readonly<Record<string, unknown>>,
  spec: RepairSpec,
): BoundRepair {
  if (!isAboutTags(policy))
    return refused('', `${policy.id} is not about tags; only tags can be mended`);
  const looksAt = keysOf(parameters);
  const keys = spec.keys ?? looksAt;
  if (keys.length === 0)
    return refused('keys', `says which tags to mend: ${policy.id} has no parameter keys or key`);
  const strangers = keys.filter((key) => looksAt.length > 0 && !looksAt.includes(key));
  if (strangers.length > 0)
    return refused(
      'keys',
      `the rule does not look at ${strangers.join(', ')}, only at ${looksAt.join(', ')}`,
    );
  if (
    keys.length > 1 &&
    spec.values.some((source) => source.kind === 'constant' && typeof source.value === 'string')
  )
    return refused(
      'values',
      `one constant for ${keys.join(', ')} would give all of them the same value; write a map from key to value`,
    );
  return { ok: true, repair: { ...spec, keys, values: withAliases(spec.values, parameters) } };
}

const AliasParameter = z.object({ aliases: z.record(z.string(), z.array(z.string())) });

/** A rule that knows other words for its keys need not say them twice. */
function withAliases(
  sources: RepairSource[],
  parameters: Readonly<Record<string, unknown>>,
): RepairSource[] {
  const known = AliasParameter.safeParse(parameters);
  if (!known.success) return sources;
  return sources.map((source) =>
    source.kind === 'spelling' && Object.keys(source.aliases).length === 0
      ? { ...source, aliases: known.data.aliases }
      : source,
  );
}

function refused(path: string, message: string): BoundRepair {
  return { ok: false, problems: [{ path, message }] };
}

/** A policy that reads anything else besides tags judges something that tags alone do not mend. */
function isAboutTags({ reads }: Policy): boolean {
  const tags = reads.filter((path) => path === 'tags' || path.startsWith('tags.'));
  return tags.length > 0 && reads.every((path) => tags.includes(path) || path === 'facts.taggable');
}

function keysOf({ keys, key }: Readonly<Record<string, unknown>>): readonly string[] {
  const named = Array.isArray(keys) ? keys : [key];
  return named.filter((name) => typeof name === 'string');
}
