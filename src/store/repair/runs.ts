import type { PlanState, RepairJournal, RepairRun } from '../../repair/journal.ts';
import type { Lease } from '../../sweep/lease.ts';
import type { Connection, StoreDatabase } from '../database.ts';
import { assertFence } from '../sweep/leases.ts';
import { movePlan } from './plans.ts';
import { fromRunRow, toRunRow } from './rows.ts';

/** Runs as rows. */
export function runsIn(
  database: StoreDatabase,
): Pick<RepairJournal, 'begin' | 'run' | 'runs' | 'finish'> {
  return {
    begin: (run, from, lease) =>
      database.write((transaction) => begin(database, transaction, run, from, lease)),
    run: (id) =>
      database.read(async (connection) => {
        const row = await connection
          .selectFrom('repair_run')
          .selectAll()
          .where('id', '=', id)
          .executeTakeFirst();
        return row === undefined ? undefined : fromRunRow(row);
      }),
    runs: (limit) =>
      database.read(async (connection) => {
        const rows = await connection
          .selectFrom('repair_run')
          .selectAll()
          .orderBy('started_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .execute();
        return rows.map(fromRunRow);
      }),
    finish: (run, lease) =>
      database.write((transaction) => finish(database, transaction, run, lease)),
  };
}

async function begin(
  database: StoreDatabase,
  transaction: Connection,
  run: RepairRun,
  from: readonly PlanState[],
  lease: Lease,
): Promise<boolean> {
  for (const fence of lease.fences) await assertFence(database, transaction, fence);
  if (!run.dryRun && !(await movePlan(transaction, run.plan, from, { state: 'applying' })))
    return false;
  await transaction.insertInto('repair_run').values(toRunRow(run)).execute();
  return true;
}

async function finish(
  database: StoreDatabase,
  transaction: Connection,
  run: RepairRun,
  lease: Lease,
): Promise<void> {
  for (const fence of lease.fences) await assertFence(database, transaction, fence);
  const { state, reason, finished_at } = toRunRow(run);
  await transaction
    .updateTable('repair_run')
    .set({ state, reason, finished_at })
    .where('id', '=', run.id)
    .execute();
  if (run.dryRun) return;
  await movePlan(transaction, run.plan, ['applying'], {
    state: run.state === 'done' ? 'applied' : 'stopped',
  });
}
