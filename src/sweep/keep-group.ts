import type { Inventory, Partition } from '../clouds/inventory.ts';
import { fenceOf } from './active-run.ts';
import type { ActiveRun } from './active-run.ts';
import { suffices } from './comparing.ts';
import { nameCreators } from './creators.ts';
import type { Named } from './creators.ts';
import { judgeGroup } from './judge-group.ts';
import type { GroupVerdicts } from './judge-group.ts';
import type { Fence } from './lease.ts';
import type { SweepParts } from './parts.ts';
import { isWanted, toRunGap } from './plan-inventory.ts';
import type { ReadGroup } from './read-group.ts';
import type { StoredPartition, SweepStore } from './store.ts';

/** A group that was read, with where it was. */
export interface GroupRead {
  readonly inventory: Inventory;
  readonly group: ReadGroup;
  readonly stored: StoredPartition;
  readonly partition: Partition;
}

/** Judges a group, finds out who made what breaks a rule, where somebody can be asked, and writes it. */
export async function judgeAndKeep(
  run: ActiveRun,
  parts: SweepParts,
  read: GroupRead,
): Promise<void> {
  const { whoMade, name } = read.inventory;
  if (whoMade === undefined) {
    await run.judging(async () => {
      const verdicts = await judged(run, parts, read);
      await keep(run, parts, read, verdicts, { items: verdicts.items, notes: [] });
    });
    return;
  }
  const verdicts = await run.judging(() => judged(run, parts, read));
  const addresses = verdicts.items.map(({ resource }) => resource.address);
  const known = await parts.store.fleet.findAll(addresses);
  // Outside of the places for judging: it waits for a cloud that answers twice a second.
  const { resources } = read.group;
  const named = await nameCreators({ name, whoMade }, verdicts.items, resources, known, run.signal);
  await run.judging(() => keep(run, parts, read, verdicts, named));
}

async function judged(
  run: ActiveRun,
  { judge, outside }: SweepParts,
  { group, stored, partition }: GroupRead,
): Promise<GroupVerdicts> {
  run.signal.throwIfAborted();
  return await judgeGroup(
    judge,
    group.resources,
    {
      run: run.id,
      sweep: run.request.name,
      inventory: stored.inventory,
      partition: stored.key,
      account: stored.account,
      now: outside.clock().toISOString(),
      wanted: (kind) => isWanted(run.request, kind),
      suffices: (rule) => suffices(rule, group, partition, run.request),
    },
    run.signal,
  );
}

async function keep(
  run: ActiveRun,
  parts: SweepParts,
  { group, stored }: GroupRead,
  verdicts: GroupVerdicts,
  { items, notes }: Named,
): Promise<void> {
  const { inventory, key, account } = stored;
  run.signal.throwIfAborted();
  const gaps = group.gaps.map((gap) => toRunGap(gap, inventory, key, account));
  const { next, pages } = group;
  const fence = fenceOf(run, inventory);
  await parts.store.sweeps.commit(
    { run: run.id, inventory, partition: key, items, gaps, next, pages },
    fence,
  );
  for (const { about, note } of notes) await tellOnce(run, parts.store.sweeps, note, fence, about);
  await tellAbout(run, parts, verdicts, fence);
}

/** What a reader of the run must know, told once; and whether somebody wants its end. */
async function tellAbout(
  run: ActiveRun,
  { store }: SweepParts,
  { by, blind }: Pick<GroupVerdicts, 'by' | 'blind'>,
  fence: Fence,
): Promise<void> {
  const digests = `${by.policies.digest} ${by.rules.digest}`;
  const before = run.told.digests;
  if (before !== digests) {
    // Before anything is waited for: a group that is written beside this one must not take the first word for a change.
    run.told.digests = digests;
    await store.sweeps.judgedBy(run.id, by, fence);
    if (before !== undefined) await tellOnce(run, store.sweeps, CHANGED, fence);
  }
  for (const rule of blind) await tellOnce(run, store.sweeps, blindNote(rule), fence);
  if (await store.sweeps.cancelAsked(run.id)) run.cancel();
  await run.progressed();
}

const CHANGED =
  'The rules or policies changed while it ran: not everything was judged by the same ones.';

function blindNote(rule: string): string {
  return `${rule} needs to see more resources than were read together: where it could not, its verdict is unknown.`;
}

async function tellOnce(
  run: ActiveRun,
  sweeps: SweepStore,
  note: string,
  fence: Fence,
  about = note,
): Promise<void> {
  if (run.told.notes.has(about)) return;
  run.told.notes.add(about);
  await sweeps.note(run.id, note, fence);
}
