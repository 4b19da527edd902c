import type { PlannedChange } from '../plan/model.ts';

/** What is written by one tagger, together; each list in its order. */
export function byInventory<T extends { readonly change: PlannedChange }>(
  all: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const grouped = new Map<string, T[]>();
  for (const one of all) {
    const { inventory } = one.change;
    const of = grouped.get(inventory) ?? [];
    grouped.set(inventory, of);
    of.push(one);
  }
  return grouped;
}
