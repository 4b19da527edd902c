import type { Repair } from '../../bindings/repair.ts';
import type { Rule } from '../../bindings/rule.ts';
import { splitPath } from '../../kit/paths.ts';
import type { Verdict, Violation } from '../../model/verdict.ts';
import type { Refusal } from './model.ts';
import { plainKey } from './tags.ts';

/** A rule that can mend. */
export type MendingRule = Rule & { readonly repair: Repair };

/** What the rules want of one resource: by key, the rules that find it wrong. */
export interface Wishes {
  readonly address: string;
  readonly keys: ReadonlyMap<string, readonly MendingRule[]>;
}

/** Verdicts -> what should be mended, and what cannot even be looked at. Sorted, so that no order of findings shows. */
export function collectWishes(
  verdicts: readonly Verdict[],
  rules: readonly Rule[],
): { readonly wishes: readonly Wishes[]; readonly refusals: readonly Refusal[] } {
  const mending = new Map(rules.filter(canMend).map((rule) => [rule.id, rule]));
  const wanted = new Map<string, Map<string, Set<MendingRule>>>();
  const refusals: Refusal[] = [];
  for (const verdict of verdicts) {
    const rule = mending.get(verdict.rule);
    if (rule === undefined) continue;
    if (verdict.verdict === 'violation')
      for (const key of keysWanted(verdict.violations, rule.repair.keys))
        wish(wanted, verdict.address, key, rule);
    const refusal = withoutWish(verdict, rule);
    if (refusal !== undefined) refusals.push(refusal);
  }
  return { wishes: sorted(wanted), refusals };
}

export function canMend(rule: Rule): rule is MendingRule {
  return rule.repair !== undefined;
}

/** Of a misspelt key the violation names the agreed one as expected. */
function keysWanted(violations: readonly Violation[], keys: readonly string[]): readonly string[] {
  return keys.filter((key) =>
    violations.some(({ path, expected }) => {
      const [, named] = splitPath(path);
      if (typeof named !== 'string') return true;
      return named === key || expected === key || plainKey(named) === plainKey(key);
    }),
  );
}

function wish(
  wanted: Map<string, Map<string, Set<MendingRule>>>,
  address: string,
  key: string,
  rule: MendingRule,
): void {
  const keys = wanted.get(address) ?? new Map<string, Set<MendingRule>>();
  wanted.set(address, keys);
  const rules = keys.get(key) ?? new Set();
  keys.set(key, rules.add(rule));
}

function withoutWish(verdict: Verdict, rule: MendingRule): Refusal | undefined {
  const about = { address: verdict.address, keys: [...rule.repair.keys].sort(), rules: [rule.id] };
  if (verdict.verdict === 'not-applicable')
    return { ...about, code: 'untaggable', message: `not applicable: ${verdict.reason}` };
  if (verdict.verdict !== 'unknown') return undefined;
  const paths = verdict.paths.join(', ');
  return { ...about, code: 'tags-unknown', message: `could not be judged: ${paths} not known` };
}

function sorted(wanted: ReadonlyMap<string, ReadonlyMap<string, Set<MendingRule>>>): Wishes[] {
  return [...wanted].sort(byFirst).map(([address, keys]) => ({
    address,
    keys: new Map(
      [...keys]
        .sort(byFirst)
        .map(([key, rules]) => [key, [...rules].sort((a, b) => (a.id < b.id ? -1 : 1))]),
    ),
  }));
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
