import { heldBy } from '../../repair/journal.ts';
import type {
  Intended,
  RepairJournal,
  RepairStep,
  StepState,
  Tally,
} from '../../repair/journal.ts';
import type { PastRepair } from '../../repair/plan/input.ts';
import type { Lease } from '../../sweep/lease.ts';
import type { Connection, StoreDatabase } from '../database.ts';
import { assertFence } from '../sweep/leases.ts';
import { fromStepRow, toStepRow } from './rows.ts';
import type { RepairRunTable, RepairStepTable } from './tables.ts';

const OPEN: readonly StepState[] = ['intended', 'written'];

/** Addresses of one query: both databases have a limit on parameters. */
const CHUNK = 500;

/** The journal of what is written, as rows. */
export function stepsIn(
  database: StoreDatabase,
): Pick<RepairJournal, 'intend' | 'intendAgain' | 'settle' | 'tally' | 'steps' | 'history'> {
  const fenced = <T>(lease: Lease, work: (transaction: Connection) => Promise<T>): Promise<T> =>
    database.write(async (transaction) => {
      for (const fence of lease.fences) await assertFence(database, transaction, fence);
      return work(transaction);
    });
  return {
    intend: (steps, lease) => fenced(lease, (transaction) => intend(transaction, steps)),
    intendAgain: (run, positions, at, lease) =>
      fenced(lease, async (transaction) => {
        await transaction
          .updateTable('repair_step')
          .set((row) => ({
            state: 'intended' satisfies StepState,
            attempt: row('attempt', '+', 1),
            intended_at: at,
          }))
          .where('run_id', '=', run)
          .where('position', 'in', positions)
          .where('state', 'in', OPEN)
          .execute();
      }),
    settle: (run, outcomes, at, lease) =>
      fenced(lease, async (transaction) => {
        for (const { position, state, reason } of outcomes)
          await transaction
            .updateTable('repair_step')
            .set({ state, reason, finished_at: OPEN.includes(state) ? null : at })
            .where('run_id', '=', run)
            .where('position', '=', position)
            .where('state', 'in', OPEN)
            .execute();
      }),
    tally: (run) => database.read((connection) => tally(connection, run)),
    steps: (run) =>
      database.read(async (connection) => {
        const rows = await connection
          .selectFrom('repair_step')
          .selectAll()
          .where('run_id', '=', run)
          .orderBy('position')
          .execute();
        return rows.map(fromStepRow);
      }),
    history: (addresses, since) =>
      database.read((connection) => history(connection, addresses, since)),
  };
}

/** The unique index decides who has a resource; whoever comes second leaves a step that says why nothing was done. */
async function intend(transaction: Connection, steps: readonly RepairStep[]): Promise<Intended> {
  const open: RepairStep[] = [];
  const skipped: RepairStep[] = [];
  const [first] = steps;
  const dryRun = first !== undefined && (await isDryRun(transaction, first.run));
  for (const step of steps) {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('repair_step')
      .values(toStepRow(step, dryRun))
      .onConflict((on) => on.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) {
      open.push(step);
      continue;
    }
    const other = await holder(transaction, step.change.address);
    const kept: RepairStep = {
      ...step,
      state: 'skipped',
      reason: heldBy(other),
      finishedAt: step.intendedAt,
    };
    await transaction.insertInto('repair_step').values(toStepRow(kept, dryRun)).execute();
    skipped.push(kept);
  }
  return { open, skipped };
}

async function tally(connection: Connection, run: string): Promise<Tally> {
  const rows = await connection
    .selectFrom('repair_step')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('run_id', '=', run)
    .groupBy('state')
    .execute();
  const counted = new Map(rows.map(({ state, count }) => [state, count]));
  const of = (state: StepState): number => counted.get(state) ?? 0;
  return {
    intended: of('intended'),
    written: of('written'),
    verified: of('verified'),
    failed: of('failed'),
    skipped: of('skipped'),
    unresolved: of('unresolved'),
    rehearsed: of('rehearsed'),
  };
}

async function isDryRun(transaction: Connection, run: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('repair_run')
    .select('dry_run')
    .where('id', '=', run)
    .executeTakeFirst();
  return row?.dry_run === 1;
}

async function holder(transaction: Connection, address: string): Promise<string> {
  const row = await transaction
    .selectFrom('repair_step')
    .select('run_id')
    .where('address', '=', address)
    .where('dry_run', '=', 0)
    .where('state', 'in', OPEN)
    .executeTakeFirst();
  return row?.run_id ?? 'that has just ended';
}

type Made = RepairStepTable & Pick<RepairRunTable, 'purpose' | 'undoes'>;

async function history(
  connection: Connection,
  addresses: readonly string[],
  since: string,
): Promise<PastRepair[]> {
  const made: Made[] = [];
  for (let at = 0; at < addresses.length; at += CHUNK)
    made.push(
      ...(await connection
        .selectFrom('repair_step')
        .innerJoin('repair_run', 'repair_run.id', 'repair_step.run_id')
        .selectAll('repair_step')
        .select(['repair_run.purpose', 'repair_run.undoes'])
        .where('repair_step.address', 'in', addresses.slice(at, at + CHUNK))
        .where('repair_step.intended_at', '>=', since)
        .where('repair_step.state', '=', 'verified' satisfies StepState)
        .orderBy('repair_step.intended_at')
        .execute()),
    );
  const undone = new Map(
    made
      .filter(({ undoes }) => undoes !== null)
      .map(({ undoes, address, actor }) => [JSON.stringify([undoes, address]), actor]),
  );
  return made
    .filter(({ purpose }) => purpose === 'repair')
    .flatMap((row) => {
      const { change, run, intendedAt } = fromStepRow(row);
      const undoneBy = undone.get(JSON.stringify([run, row.address]));
      return Object.keys(change.set).map((key) => ({
        address: row.address,
        key,
        run,
        at: intendedAt,
        ...(undoneBy === undefined ? {} : { undoneBy }),
      }));
    });
}
