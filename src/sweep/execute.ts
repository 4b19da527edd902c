import { CloudError } from '../clouds/errors.ts';
import type { Inventory, Partition } from '../clouds/inventory.ts';
import { isPortcullisError, messageOf } from '../kit/errors.ts';
import { outcomeOf } from './coverage.ts';
import { SweepError } from './errors.ts';
import { closeFindings } from './close.ts';
import { fenceOf } from './active-run.ts';
import type { ActiveRun } from './active-run.ts';
import { judgeAndKeep } from './keep-group.ts';
import type { SweepParts } from './parts.ts';
import { workThrough } from './partition-queue.ts';
import type { Worked } from './partition-queue.ts';
import { planInventory, toRunGap, wantedBy } from './plan-inventory.ts';
import { gapOf, readGroup } from './read-group.ts';
import type { RunEnd, StoredPartition } from './store.ts';

type Opened = ReadonlyMap<string, Inventory | CloudError>;

/**
 * Plan, read, judge, close what is gone: from wherever the run stands. What it has written is never done again.
 *
 * @returns what the run came to, not yet written.
 * @throws the signal's reason, SweepError SWEEP_FENCED, StoreError: then the run is not at its end.
 */
export async function execute(run: ActiveRun, parts: SweepParts): Promise<RunEnd> {
  const opened = await openAll(run, parts);
  try {
    await planAll(run, parts, opened);
    await readAll(run, parts, opened);
  } finally {
    for (const inventory of opened.values())
      if (!(inventory instanceof CloudError)) await closeQuietly(inventory, parts);
  }
  await closeFindings(run, parts);
  const stored = await parts.store.sweeps.run(run.id);
  if (stored === undefined) throw new SweepError('SWEEP_UNKNOWN', `There is no run ${run.id}.`);
  return outcomeOf(stored, run.request.coverage);
}

async function openAll(run: ActiveRun, { inventories }: SweepParts): Promise<Opened> {
  const opened = new Map<string, Inventory | CloudError>();
  for (const name of run.request.inventories) {
    try {
      opened.set(name, await inventories.open(name));
    } catch (thrown) {
      const code = thrown instanceof CloudError ? thrown.code : 'CLOUD_SETTINGS';
      opened.set(name, new CloudError(code, messageOf(thrown), { cause: thrown }));
    }
  }
  return opened;
}

async function closeQuietly(inventory: Inventory, { outside }: SweepParts): Promise<void> {
  try {
    await inventory.close();
  } catch (error) {
    outside.warn('an inventory could not be closed', {
      inventory: inventory.name,
      error: messageOf(error),
    });
  }
}

async function planAll(
  run: ActiveRun,
  { store, judge }: SweepParts,
  opened: Opened,
): Promise<void> {
  const planned = (await store.sweeps.run(run.id))?.planned ?? {};
  for (const [name, inventory] of opened) {
    if (Object.hasOwn(planned, name)) continue;
    const plan = await planInventory(name, inventory, wantedBy(run.request, judge), run.signal);
    await store.sweeps.savePlan(run.id, plan, fenceOf(run, name));
  }
  await run.progressed();
}

async function readAll(run: ActiveRun, parts: SweepParts, opened: Opened): Promise<void> {
  const open = await parts.store.sweeps.open(run.id);
  const { concurrency } = run.request;
  await workThrough(
    open,
    { concurrency, perAccount: run.limits.perAccount, parkMs: run.limits.parkMs },
    parts.outside,
    run.signal,
    (partition) => readPartition(run, parts, opened, partition),
    async (partition, until) => {
      const message = `It asked to be left alone until ${until.toISOString()}.`;
      await giveUp(run, parts, partition, new CloudError('CLOUD_PARKED', message));
    },
  );
}

async function readPartition(
  run: ActiveRun,
  parts: SweepParts,
  opened: Opened,
  stored: StoredPartition,
): Promise<Worked> {
  const inventory = opened.get(stored.inventory);
  try {
    if (inventory === undefined || inventory instanceof CloudError)
      throw inventory ?? new CloudError('CLOUD_SETTINGS', `${stored.inventory} is not configured.`);
    await readGroups(run, parts, inventory, stored);
  } catch (thrown) {
    run.signal.throwIfAborted();
    const parkedUntil = parkedBy(thrown);
    if (parkedUntil !== undefined) return { parkedUntil };
    await giveUp(run, parts, stored, toGapError(thrown));
    return undefined;
  }
  await parts.store.sweeps.endPartition(run.id, stored, [], fenceOf(run, stored.inventory));
  await run.progressed();
  return undefined;
}

function parkedBy(thrown: unknown): Date | undefined {
  if (!(thrown instanceof CloudError) || thrown.code !== 'CLOUD_PARKED') return undefined;
  return thrown.retryAt === undefined ? undefined : new Date(thrown.retryAt);
}

/** What the cloud or the engine did is a gap of this part; that the store or the lease is gone ends the run. */
function toGapError(thrown: unknown): CloudError {
  if (thrown instanceof CloudError) return thrown;
  if (!isPortcullisError(thrown) || /^(STORE|SWEEP|LEDGER)_/.test(thrown.code)) throw thrown;
  return new CloudError('CLOUD_UNAVAILABLE', `It could not be judged: ${thrown.message}`, {
    cause: thrown,
  });
}

async function giveUp(
  run: ActiveRun,
  { store }: SweepParts,
  stored: StoredPartition,
  error: CloudError,
): Promise<void> {
  const { inventory, key, account } = stored;
  const gap = toRunGap(gapOf(error, toPartition(stored)), inventory, key, account);
  await store.sweeps.endPartition(run.id, stored, [gap], fenceOf(run, inventory));
  await run.progressed();
}

function toPartition({ key, scope, type, together, expected }: StoredPartition): Partition {
  return {
    key,
    scope,
    ...(type === undefined ? {} : { type }),
    ...(together === undefined ? {} : { together }),
    ...(expected === undefined ? {} : { expected }),
  };
}

/** Group after group from the checkpoint on, each written with the place to go on from. */
async function readGroups(
  run: ActiveRun,
  parts: SweepParts,
  inventory: Inventory,
  stored: StoredPartition,
): Promise<void> {
  const partition = toPartition(stored);
  // The last group may be there while the word that the part is done is not.
  if (stored.state === 'reading' && stored.cursor === undefined && stored.pages > 0) return;
  const seen = new Set<string>();
  let cursor = stored.cursor;
  do {
    const group = await readGroup(inventory, partition, cursor, seen, run.limits, run.signal);
    await judgeAndKeep(run, parts, { inventory, group, stored, partition });
    cursor = group.next;
  } while (cursor !== undefined);
}
