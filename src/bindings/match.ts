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
  if (!matchesAny(rule.policy.kinds, resource.kind)) return false;
  if (!rule.policy.actions.includes(resource.action)) return false;
  if (!selects(rule.match, resource, true)) return false;
  return rule.exclude === undefined || !selects(rule.exclude, resource, false);
}

function selects(selector: Selector, resource: Resource, whenUnknown: boolean): boolean {
  const { scope } = resource;
  return (
    holds(selector.kinds, resource.kind) &&
    holds(selector.types, resource.type) &&
    holds(selector.providers, resource.provider) &&
    holds(selector.addresses, resource.address) &&
    holdsScope(
      selector.accounts,
      scope['account'] ?? scope['project'] ?? scope['subscription'],
      whenUnknown,
    ) &&
    holdsScope(selector.regions, scope['region'], whenUnknown) &&
    holdsScope(selector.namespaces, scope['namespace'], whenUnknown) &&
    holdsTags(selector.tags, resource, whenUnknown)
  );
}

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
