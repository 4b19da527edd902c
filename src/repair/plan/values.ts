import type { ParentRole, RepairSource } from '../../bindings/repair.ts';
import { assertNever } from '../../kit/assert-never.ts';
import type { RefusalCode, ValueOrigin } from './model.ts';
import type { Parent, RepairSubject } from './input.ts';
import { isFilled, otherSpellings, valueOf } from './tags.ts';
import type { Tags } from './tags.ts';

/** What a source says of a key: a value, nothing, or that nobody may guess. */
export type Sought =
  | {
      readonly found: 'value';
      readonly value: string;
      readonly source: ValueOrigin;
      /** The tag of the resource itself that was read for it. */
      readonly reads?: string;
    }
  | { readonly found: 'nothing' }
  | { readonly found: 'refusal'; readonly code: RefusalCode; readonly message: string };

const NOTHING: Sought = { found: 'nothing' };

/** Asks the sources of a rule in their order; the first that has a value, or a reason not to guess, ends it. */
export function seekValue(
  sources: readonly RepairSource[],
  key: string,
  subject: RepairSubject,
): Sought {
  for (const source of sources) {
    const sought = ask(source, key, subject);
    if (sought.found !== 'nothing') return sought;
  }
  return refuse('no-value', `nobody knows a value for ${key}: its rule names no one to ask`);
}

function ask(source: RepairSource, key: string, subject: RepairSubject): Sought {
  switch (source.kind) {
    case 'constant':
      return constant(source.value, key);
    case 'spelling':
      return spelling(subject.resource.tags, key, aliasesOf(source, key), 'the resource');
    case 'parent':
      return fromParents(subject.parents, source.roles, key);
    case 'creator':
      return creator(subject, source.take);
    case 'map':
      return fromTable(subject, source);
    case 'ask':
      return refuse('no-value', `nobody knows a value for ${key}: ask ${source.whom}`);
    default:
      return assertNever(source, 'source of a value');
  }
}

function constant(value: string | Readonly<Record<string, string>>, key: string): Sought {
  const given = typeof value === 'string' ? value : valueOf(value, key);
  return given === undefined ? NOTHING : found(given, 'constant', key);
}

/** Other words that a source takes for a key; none where it does not look at spellings. */
export function aliasesOf(source: RepairSource, key: string): readonly string[] {
  if (source.kind !== 'spelling' || !Object.hasOwn(source.aliases, key)) return [];
  return source.aliases[key] ?? [];
}

/** Two spellings that say the same are one answer; two that differ are a question for a person. */
function spelling(tags: Tags, key: string, aliases: readonly string[], whose: string): Sought {
  const candidates = otherSpellings(tags, key, aliases).flatMap((name) => {
    const value = valueOf(tags, name)?.trim();
    return isFilled(value) ? [{ name, value }] : [];
  });
  const [first] = candidates;
  if (first === undefined) return NOTHING;
  if (new Set(candidates.map(({ value }) => value)).size === 1)
    return { ...found(first.value, 'spelling', first.name), reads: first.name };
  const said = candidates.map(
    ({ name, value }) => `${JSON.stringify(name)} = ${JSON.stringify(value)}`,
  );
  return refuse('spellings-disagree', `two spellings on ${whose} disagree: ${said.join(', ')}`);
}

/**
 * The nearest parent of the first role that has the tag. A parent whose tags could not be read ends the search: going on
 * would give another value on a bad day than on a good one.
 */
function fromParents(
  parents: readonly Parent[],
  roles: readonly ParentRole[],
  key: string,
): Sought {
  for (const role of roles) {
    for (const parent of parents.filter((one) => hasRole(one, role))) {
      const sought = fromParent(parent, key);
      if (sought.found !== 'nothing') return sought;
    }
  }
  return NOTHING;
}

function fromParent({ address, tags }: Parent, key: string): Sought {
  if (tags.state === 'unknown')
    return refuse('parent-unknown', `the tags of ${address} could not be read: ${tags.reason}`);
  const own = valueOf(tags.values, key);
  if (isFilled(own)) return found(own.trim(), 'parent', address);
  const respelt = spelling(tags.values, key, [], address);
  return respelt.found === 'value' ? found(respelt.value, 'parent', address) : respelt;
}

const ACCOUNTS: readonly ParentRole[] = ['account', 'subscription', 'project'];

function hasRole(parent: Parent, role: ParentRole): boolean {
  return role === 'account' ? ACCOUNTS.includes(parent.role) : parent.role === role;
}

/** Sessions that stand for a machine: a service creates on somebody's behalf, and that somebody is not told. */
const MACHINES =
  /^(?:i-[0-9a-f]{8,17}|\d+|(?:botocore|aws-sdk-\w+|aws-go-sdk|terraform)[-\w]*|AWS(?:ServiceRole|CloudFormation|CodeBuild|CodeDeploy)[-\w]*|[0-9a-f]{32}|root|.*\.(?:amazonaws|gserviceaccount)\.com|system:.*)$/i;

function creator({ createdBy }: RepairSubject, take: 'name' | 'email-domain'): Sought {
  const name = createdBy?.name.trim();
  if (name === undefined || name === '' || MACHINES.test(name)) return NOTHING;
  const from = createdBy?.event === undefined ? name : `${name} (${createdBy.event})`;
  if (take === 'name') return found(name, 'creator', from);
  const domain = /^[^@\s]+@([^@\s]+\.[^@\s]+)$/.exec(name)?.[1];
  return domain === undefined ? NOTHING : found(domain.toLowerCase(), 'creator', from);
}

function fromTable(
  { resource }: RepairSubject,
  { by, table }: RepairSource & { kind: 'map' },
): Sought {
  const entry = entryOf(resource, by);
  // What people type into a tag differs by case; the names of accounts and kinds do not.
  const value =
    entry === undefined
      ? undefined
      : (valueOf(table, entry) ?? valueOf(table, entry.toLowerCase()));
  if (value === undefined) return NOTHING;
  const sought = found(value, 'map', `${by} ${entry}`);
  return by.startsWith(TAG) ? { ...sought, reads: by.slice(TAG.length) } : sought;
}

function entryOf(
  { scope, kind, type, tags }: RepairSubject['resource'],
  by: string,
): string | undefined {
  if (by === 'account') return scope['account'] ?? scope['subscription'] ?? scope['project'];
  if (by === 'region') return scope['region'];
  if (by === 'kind') return kind;
  if (by === 'type') return type;
  return valueOf(tags, by.slice(TAG.length))?.trim();
}

const TAG = 'tag:';

function found(
  value: string,
  kind: ValueOrigin['kind'],
  from: string,
): Sought & { readonly found: 'value' } {
  return { found: 'value', value, source: { kind, from } };
}

function refuse(code: RefusalCode, message: string): Sought {
  return { found: 'refusal', code, message };
}
