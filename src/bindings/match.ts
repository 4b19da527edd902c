import { matchesAny } from '../kit/glob.ts';
import { joinPath, overlaps } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import type { Rule, Selector } from './rule.ts';

/**
 * True when a rule looks at a resource: the policy judges its kind and its action, the rule's `match` holds and its
 * `exclude` does not.
 *
 * Selecting by something that is not known yet must not let a resource slip past its rule: `match` holds on an
 * unknown tag or scope, `exclude` does not.
 */
export function matches(rule: Rule, resource: Resource): boolean {
  return judges(rule, resource) && isMeant(rule, resource);
}

/** The policy's half of `matches`: the same for all resources of one kind and action. */
export function judges(rule: Rule, { kind, action }: Pick<Resource, 'kind' | 'action'>): boolean {
  return rule.policy.actions.includes(action) && judgesKind(rule, kind);
}

/** The rule's half of `matches`: its `match` holds, and its `exclude` does not. */
export function isMeant(rule: Rule, resource: Resource): boolean {
  if (firstUnmet(rule.match, resource, true) !== undefined) return false;
  return rule.exclude === undefined || firstUnmet(rule.exclude, resource, false) !== undefined;
}

/** True for a rule that means every resource that its policy judges: nobody needs to ask one by one. */
export function meansAll({ match, exclude }: Rule): boolean {
  return fieldsOf(match).length === 0 && exclude === undefined;
}

/** An estate has many resources and few kinds: each is compared with a rule's globs once. */
const JUDGED_KINDS = new WeakMap<Rule, Map<string, boolean>>();

function judgesKind(rule: Rule, kind: string): boolean {
  const judged = JUDGED_KINDS.get(rule) ?? new Map<string, boolean>();
  const known = judged.get(kind);
  if (known !== undefined) return known;
  // Kinds that no catalogue knows are a document's own words: their number has no bound.
  if (judged.size >= MOST_KINDS) judged.clear();
  const found = matchesAny(rule.policy.kinds, kind);
  JUDGED_KINDS.set(rule, judged.set(kind, found));
  return found;
}

const MOST_KINDS = 4096;

/** The first reason why a rule does not look at a resource; `undefined` when it does. */
export function whyNot(rule: Rule, resource: Resource): string | undefined {
  const { policy } = rule;
  if (!matchesAny(policy.kinds, resource.kind))
    return `${policy.id} judges ${policy.kinds.join(', ')}`;
  if (!policy.actions.includes(resource.action)) {
    return `${policy.id} judges ${policy.actions.join(', ')}, not ${resource.action}`;
  }
  const unmet = firstUnmet(rule.match, resource, true);
  if (unmet !== undefined) return `its match asks for other ${unmet}`;
  if (rule.exclude === undefined || firstUnmet(rule.exclude, resource, false) !== undefined)
    return undefined;
  return 'the rule excludes it';
}

/** What selectors look at. */
export type Selected = Pick<
  Resource,
  'kind' | 'type' | 'provider' | 'address' | 'scope' | 'tags' | 'unknown'
>;

/** True when a selector holds for certain: not on a tag or scope that is not known. */
export function selects(selector: Selector, resource: Selected): boolean {
  return firstUnmet(selector, resource, false) === undefined;
}

/** The first field of a selector that does not hold. Fields that are not given are not looked at: most selectors are empty. */
function firstUnmet(
  selector: Selector,
  resource: Selected,
  whenUnknown: boolean,
): keyof Selector | undefined {
  return fieldsOf(selector).find((field) => !HOLDS[field](selector, resource, whenUnknown));
}

/** The fields that a selector gives; most give none, and each is asked of every resource. */
const GIVEN = new WeakMap<Selector, readonly (keyof Selector)[]>();

function fieldsOf(selector: Selector): readonly (keyof Selector)[] {
  let given = GIVEN.get(selector);
  if (given === undefined) {
    given = FIELDS.filter((field) => selector[field] !== undefined);
    GIVEN.set(selector, given);
  }
  return given;
}

type Holds = (selector: Selector, resource: Selected, whenUnknown: boolean) => boolean;

const HOLDS: Readonly<Record<keyof Selector, Holds>> = {
  kinds: ({ kinds }, { kind }) => holds(kinds, kind),
  types: ({ types }, { type }) => holds(types, type),
  providers: ({ providers }, { provider }) => holds(providers, provider),
  addresses: ({ addresses }, { address }) => holds(addresses, address),
  accounts: ({ accounts }, { scope }, whenUnknown) =>
    holdsScope(
      accounts,
      scope['account'] ?? scope['project'] ?? scope['subscription'],
      whenUnknown,
    ),
  regions: ({ regions }, { scope }, whenUnknown) =>
    holdsScope(regions, scope['region'], whenUnknown),
  namespaces: ({ namespaces }, { scope }, whenUnknown) =>
    holdsScope(namespaces, scope['namespace'], whenUnknown),
  tags: ({ tags }, resource, whenUnknown) => holdsTags(tags, resource, whenUnknown),
};

const FIELDS = [
  'kinds',
  'types',
  'providers',
  'addresses',
  'accounts',
  'regions',
  'namespaces',
  'tags',
] as const satisfies readonly (keyof Selector)[];

function holds(globs: readonly string[] | undefined, value: string): boolean {
  return globs === undefined || matchesAny(globs, value);
}

function holdsScope(
  globs: readonly string[] | undefined,
  value: string | undefined,
  whenUnknown: boolean,
): boolean {
  if (globs === undefined) return true;
  return value === undefined ? whenUnknown : matchesAny(globs, value);
}

function holdsTags(tags: Selector['tags'], resource: Selected, whenUnknown: boolean): boolean {
  return Object.entries(tags ?? {}).every(([key, globs]) => {
    const value = resource.tags[key];
    if (value !== undefined) return matchesAny(globs, value);
    const path = joinPath('tags', key);
    return whenUnknown && resource.unknown.some((unknown) => overlaps(unknown, path));
  });
}
