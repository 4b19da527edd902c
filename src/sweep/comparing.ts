import type { Rule } from '../bindings/rule.ts';
import type { Partition } from '../clouds/inventory.ts';
import { matchesAny } from '../kit/glob.ts';
import type { ReadGroup } from './read-group.ts';
import type { RunRequest } from './run.ts';

/** A rule that judges a resource by what else there is. */
export function isComparing({ policy }: Rule): boolean {
  return policy.wholeSet || policy.related.length > 0;
}

/** True for a kind that some rule compares with others, and names: what it calls `*` could be in any part of any account. */
export function comparesKind(rules: readonly Rule[], kind: string): boolean {
  return rules.some((rule) => {
    const { actions, kinds, related } = rule.policy;
    if (!actions.includes('present') || !isComparing(rule)) return false;
    return kindsToSee(rule).every(isName) && matchesAny([...kinds, ...related], kind);
  });
}

/**
 * True when a group holds all that a rule has to see, so that it may say of what is not there that it does not exist. That
 * takes a part that was read whole, and that is one of every kind, or of all the kinds that the rule names.
 */
export function suffices(
  rule: Rule,
  group: Pick<ReadGroup, 'whole'>,
  { type, together }: Pick<Partition, 'type' | 'together'>,
  { kinds }: Pick<RunRequest, 'kinds'>,
): boolean {
  if (!group.whole || type !== undefined || kinds !== undefined) return false;
  if (together === undefined) return true;
  const here = new Set(Object.values(together));
  return kindsToSee(rule).every((kind) => here.has(kind));
}

function kindsToSee({ policy }: Rule): readonly string[] {
  return policy.wholeSet ? [...policy.related, ...policy.kinds] : policy.related;
}

function isName(glob: string): boolean {
  return !/[*?]/.test(glob);
}
