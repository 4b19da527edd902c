import { breachesOf, gatesOf } from './gates.ts';
import type { PastRepair, PlanInput } from './input.ts';
import { mendResource } from './mend-resource.ts';
import type { Mended } from './mend-resource.ts';
import type { Refusal, RepairPlan } from './model.ts';
import { sealPlan } from './seal.ts';
import { canMend, collectWishes } from './wishes.ts';

/**
 * From verdicts and what exists to changes of tags. Pure: it looks at nothing but its input, and neither the order of findings
 * nor that of resources or rules shows in the plan.
 *
 * Every violation of a rule that mends ends in a change, in a suggestion for code, or in a refusal that says why.
 */
export function planRepairs(input: PlanInput): RepairPlan {
  const { wishes, refusals } = collectWishes(input.verdicts, input.rules);
  const subjects = new Map(input.subjects.map((subject) => [subject.resource.address, subject]));
  const history = byAddressAndKey(input.history);
  const mended = wishes.map((wish) =>
    mendResource(wish, subjects.get(wish.address), history.get(wish.address) ?? NO_PAST, input),
  );
  const changes = mended.flatMap(({ change }) => change ?? []);
  const { coverage } = input;
  const gates = gatesOf(changes, input.rules.filter(canMend), coverage);
  return sealPlan({
    purpose: 'repair',
    changes,
    suggestions: mended.flatMap(({ suggestion }) => suggestion ?? []),
    refusals: sorted([...refusals, ...mended.flatMap((one: Mended) => one.refusals)]),
    gates,
    breaches: breachesOf(gates, coverage),
    complete: coverage.complete,
    gaps: [...coverage.gaps].sort(),
  });
}

const NO_PAST: ReadonlyMap<string, readonly PastRepair[]> = new Map();

function byAddressAndKey(
  history: readonly PastRepair[],
): ReadonlyMap<string, ReadonlyMap<string, readonly PastRepair[]>> {
  const grouped = new Map<string, Map<string, PastRepair[]>>();
  for (const past of history) {
    const keys = grouped.get(past.address) ?? new Map<string, PastRepair[]>();
    grouped.set(past.address, keys);
    const same = keys.get(past.key) ?? [];
    keys.set(past.key, same);
    same.push(past);
  }
  return grouped;
}

function sorted(refusals: readonly Refusal[]): Refusal[] {
  const order = ({ address, keys, rules, code }: Refusal): string =>
    JSON.stringify([address, keys, rules, code]);
  return refusals
    .map((refusal) => [order(refusal), refusal] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, refusal]) => refusal);
}
