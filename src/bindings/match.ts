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
  return whyNot(rule, resource) === undefined;
}

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

/** The first field of a selector that does not hold. */
function firstUnmet(
  selector: Selector,
  resource: Resource,
  whenUnknown: boolean,
): keyof Selector | undefined {
  const { scope } = resource;
  const account = scope['account'] ?? scope['project'] ?? scope['subscription'];
  const holding: Readonly<Record<keyof Selector, boolean>> = {
    kinds: holds(selector.kinds, resource.kind),
    types: holds(selector.types, resource.type),
    providers: holds(selector.providers, resource.provider),
    addresses: holds(selector.addresses, resource.address),
    accounts: holdsScope(selector.accounts, account, whenUnknown),
    regions: holdsScope(selector.regions, scope['region'], whenUnknown),
    namespaces: holdsScope(selector.namespaces, scope['namespace'], whenUnknown),
    tags: holdsTags(selector.tags, resource, whenUnknown),
  };
  return FIELDS.find((field) => !holding[field]);
}

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

function holdsTags(tags: Selector['tags'], resource: Resource, whenUnknown: boolean): boolean {
  return Object.entries(tags ?? {}).every(([key, globs]) => {
    const value = resource.tags[key];
    if (value !== undefined) return matchesAny(globs, value);
    const path = joinPath('tags', key);
    return whenUnknown && resource.unknown.some((unknown) => overlaps(unknown, path));
  });
}
