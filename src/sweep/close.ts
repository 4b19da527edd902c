import { fenceOf } from './active-run.ts';
import type { ActiveRun } from './active-run.ts';
import type { SweepParts } from './parts.ts';
import { isNarrowed, wantedBy } from './plan-inventory.ts';
import type { StoredRun } from './store.ts';

/**
 * What is not there any more: resources that a part read whole does not hold, parts that a readable account does not have,
 * rules that are in force no more. All at the end of a run, so that what moved from one part to another was seen before.
 */
export async function closeFindings(run: ActiveRun, parts: SweepParts): Promise<void> {
  const stored = await parts.store.sweeps.run(run.id);
  if (stored === undefined) return;
  for (const { inventory, key, state } of stored.partitions)
    if (state === 'complete') await closePart(run, parts, inventory, key);
  for (const inventory of run.request.inventories) {
    if (!isNarrowed(run.request)) await closeVanished(run, parts, stored, inventory);
    await closeOldRules(run, parts, inventory);
  }
}

async function closePart(
  run: ActiveRun,
  { store, judge }: SweepParts,
  inventory: string,
  partition: string,
): Promise<void> {
  const wanted = wantedBy(run.request, judge).kind;
  const gone = { run: run.id, inventory, partition, wanted };
  for (let after: string | undefined = ''; after !== undefined;) {
    run.signal.throwIfAborted();
    after = await store.sweeps.closeGone(gone, fenceOf(run, inventory), after);
  }
}

/**
 * A part that was there once and is not planned any more is empty, if its account was asked for and has no gap anywhere:
 * an account that the configuration no longer names, or that could not be read, says nothing about what is in it.
 */
async function closeVanished(
  run: ActiveRun,
  parts: SweepParts,
  stored: StoredRun,
  inventory: string,
): Promise<void> {
  const doubtful = new Set(
    stored.gaps.filter((gap) => gap.inventory === inventory).map(({ account }) => account),
  );
  // A gap that belongs to no account may be one of any.
  if (doubtful.has('')) return;
  const asked = stored.planned[inventory] ?? [];
  for (const { partition, account } of await parts.store.sweeps.unplanned(run.id, inventory))
    if (asked.includes(account) && !doubtful.has(account))
      await closePart(run, parts, inventory, partition);
}

async function closeOldRules(
  run: ActiveRun,
  { store, judge }: SweepParts,
  inventory: string,
): Promise<void> {
  const rules = judge.rules().rules.map(({ id }) => id);
  let more = true;
  while (more) {
    run.signal.throwIfAborted();
    more = await store.sweeps.closeRules(run.id, inventory, rules, fenceOf(run, inventory));
  }
}
