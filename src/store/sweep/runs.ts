import type { Fence } from '../../sweep/lease.ts';
import { RunRequest } from '../../sweep/run.ts';
import type { RunState } from '../../sweep/run.ts';
import { SweepError } from '../../sweep/errors.ts';
import type { NewRun, PlannedInventory, SweepStore } from '../../sweep/store.ts';
import { chunks, fromJson, iso, json, jsonOrNull, text } from '../columns.ts';
import type { Connection, StoreDatabase } from '../database.ts';
import { closeGone, closeRules, unplanned } from './close.ts';
import { commitGroup } from './commit.ts';
import { claimFire } from './fires.ts';
import { writeGaps } from './gaps.ts';
import { assertFence } from './leases.ts';
import {
  cancelAsked,
  Notes,
  openPartitions,
  Planned,
  readRun,
  readRuns,
  stateOf,
} from './read-run.ts';
import type { SweepTables } from './tables.ts';

/** States in which a run could still go on. */
const ALIVE: readonly RunState[] = ['running', 'interrupted'];

export function sweepsIn(database: StoreDatabase): SweepStore {
  /** A transaction that is refused when the lease is somebody else's by now. */
  const fenced = <T>(
    fences: readonly Fence[],
    work: (transaction: Connection, now: string) => Promise<T>,
  ): Promise<T> =>
    database.write(async (transaction) => {
      for (const fence of fences) await assertFence(database, transaction, fence);
      return await work(transaction, iso(await database.now(transaction)));
    });
  return {
    begin: (run, lease) => fenced(lease.fences, (on, now) => begin(on, run, now)),
    reopen: (id, lease) => fenced(lease.fences, (on, now) => reopen(on, id, now)),
    savePlan: (id, plan, fence) => fenced([fence], (on, now) => savePlan(on, id, plan, now)),
    open: (id) => database.read((connection) => openPartitions(connection, id)),
    commit: (group, fence) => commitGroup(database, group, fence),
    endPartition: (run, { inventory, key }, gaps, fence) =>
      fenced([fence], async (on, now) => {
        await writeGaps(on, run, gaps);
        await endPartition(on, { run, inventory, key }, now);
      }),
    closeGone: (gone, fence, after) =>
      fenced([fence], (on, now) => closeGone(on, gone, after, now)),
    unplanned: (run, inventory) => database.read((on) => unplanned(on, run, inventory)),
    closeRules: (run, inventory, rules, fence) =>
      fenced([fence], (on, now) => closeRules(on, { run, inventory, rules }, now)),
    note: (id, note, fence) => fenced([fence], (on, now) => addNote(on, id, note, now)),
    judgedBy: (id, by, fence) =>
      fenced([fence], (on, now) => update(on, id, { judged_by: json(by), updated_at: now })),
    finish: (id, { state, reason }, lease) =>
      fenced(lease.fences, (on, now) =>
        update(on, id, { state, reason: text(reason), updated_at: now, finished_at: now }),
      ),
    interrupt: (id, reason, lease) =>
      fenced(lease.fences, (on, now) =>
        update(on, id, { state: 'interrupted', reason: text(reason), updated_at: now }),
      ),
    askToCancel: (id) => database.write((on) => askToCancel(on, id)),
    cancelAsked: (id) => database.read((on) => cancelAsked(on, id)),
    run: (id) => database.read((on) => readRun(database, on, id)),
    runs: (filter, limit, before) => database.read((on) => readRuns(on, filter, limit, before)),
  };
}

async function begin(transaction: Connection, run: NewRun, now: string): Promise<void> {
  await claim(transaction, run, now);
  await supersede(transaction, run, now);
  const number = await nextNumber(transaction);
  await transaction
    .insertInto('sweep_run')
    .values({
      id: run.id,
      number,
      name: run.request.name,
      request: json(run.request),
      state: 'running',
      cancelling: 0,
      attempts: 1,
      started_at: now,
      updated_at: now,
      finished_at: null,
      planned: json({}),
      judged_by: null,
      notes: json(run.notes),
      reason: '',
    })
    .execute();
}

async function claim(
  transaction: Connection,
  { id, request: { name, trigger } }: NewRun,
  now: string,
): Promise<void> {
  const { by, fireTime } = trigger;
  if (fireTime === undefined) return;
  const outcome = by === 'schedule' ? 'ran' : 'caught-up';
  await claimFire(transaction, { sweep: name, fireTime, outcome, run: id }, now);
}

/** Whoever has the lease of an inventory knows that no other run on it is alive. */
async function supersede(transaction: Connection, run: NewRun, now: string): Promise<void> {
  const rows = await transaction
    .selectFrom('sweep_run')
    .select(['id', 'request'])
    .where('state', 'in', [...ALIVE])
    .execute();
  for (const { id, request } of rows) {
    const { inventories } = fromJson(RunRequest, request, 'a run');
    if (!inventories.some((name) => run.request.inventories.includes(name))) continue;
    await update(transaction, id, {
      state: 'cancelled',
      reason: `It did not come to its end before run ${run.id} began to read the same.`,
      updated_at: now,
      finished_at: now,
    });
  }
}

async function nextNumber(transaction: Connection): Promise<number> {
  const { value } = await transaction
    .updateTable('counter')
    .set((row) => ({ value: row('value', '+', 1) }))
    .where('name', '=', 'sweep_run')
    .returning('value')
    .executeTakeFirstOrThrow();
  return value;
}

async function update(
  transaction: Connection,
  id: string,
  set: Partial<SweepTables['sweep_run']>,
): Promise<void> {
  await transaction.updateTable('sweep_run').set(set).where('id', '=', id).execute();
}

async function reopen(transaction: Connection, id: string, now: string): Promise<void> {
  const row = await transaction
    .selectFrom('sweep_run')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new SweepError('SWEEP_UNKNOWN', `There is no run ${id}.`);
  if (!ALIVE.includes(stateOf(row.state)))
    throw new SweepError('SWEEP_STATE', `Run ${id} is ${row.state}: there is nothing to resume.`);
  await transaction
    .updateTable('sweep_run')
    .set((run) => ({ state: 'running', attempts: run('attempts', '+', 1), updated_at: now }))
    .where('id', '=', id)
    .execute();
}

const PARTITION_COLUMNS = 17;

async function savePlan(
  transaction: Connection,
  run: string,
  { inventory, accounts, partitions, gaps }: PlannedInventory,
  now: string,
): Promise<void> {
  const rows = partitions.map(({ key, scope, type, together, expected, account }, ordinal) => ({
    run_id: run,
    inventory,
    key: text(key),
    ordinal,
    account: text(account),
    scope: json(scope),
    type: type === undefined ? null : text(type),
    together: jsonOrNull(together),
    expected: expected ?? null,
    state: 'waiting',
    cursor: null,
    pages: 0,
    resources: 0,
    judged: 0,
    violations: 0,
    unknown: 0,
    failed: 0,
  }));
  for (const chunk of chunks(rows, PARTITION_COLUMNS))
    await transaction
      .insertInto('sweep_partition')
      .values([...chunk])
      .execute();
  await writeGaps(transaction, run, gaps);
  const { planned } = await transaction
    .selectFrom('sweep_run')
    .select('planned')
    .where('id', '=', run)
    .executeTakeFirstOrThrow();
  const sofar = fromJson(Planned, planned, 'a plan');
  await update(transaction, run, {
    planned: json({ ...sofar, [inventory]: accounts.map(text) }),
    updated_at: now,
  });
}

/** A part with a gap anywhere in it was not read whole, whichever attempt found the gap. */
async function endPartition(
  transaction: Connection,
  { run, inventory, key }: { run: string; inventory: string; key: string },
  now: string,
): Promise<void> {
  const gap = await transaction
    .selectFrom('sweep_gap')
    .select('id')
    .where('run_id', '=', run)
    .where('inventory', '=', inventory)
    .where('partition', '=', key)
    .limit(1)
    .execute();
  await transaction
    .updateTable('sweep_partition')
    .set({ state: gap.length === 0 ? 'complete' : 'incomplete', cursor: null })
    .where('run_id', '=', run)
    .where('inventory', '=', inventory)
    .where('key', '=', key)
    .execute();
  await update(transaction, run, { updated_at: now });
}

async function addNote(
  transaction: Connection,
  id: string,
  note: string,
  now: string,
): Promise<void> {
  // First, for it locks the row: two who add a note at the same time must not lose one.
  await update(transaction, id, { updated_at: now });
  const { notes } = await transaction
    .selectFrom('sweep_run')
    .select('notes')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const all = new Set([...fromJson(Notes, notes, 'notes'), text(note)]);
  await update(transaction, id, { notes: json([...all]) });
}

async function askToCancel(transaction: Connection, id: string): Promise<boolean> {
  const rows = await transaction
    .updateTable('sweep_run')
    .set({ cancelling: 1 })
    .where('id', '=', id)
    .where('state', 'in', [...ALIVE])
    .returning('id')
    .execute();
  return rows.length > 0;
}
