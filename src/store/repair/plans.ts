import type { PlanState, RepairJournal, StoredPlan } from '../../repair/journal.ts';
import type { Connection, StoreDatabase } from '../database.ts';
import { fromPlanRow, toPlanRow, toSummary } from './rows.ts';

/** Plans as rows. */
export function plansIn(
  database: StoreDatabase,
): Pick<RepairJournal, 'propose' | 'plan' | 'plans' | 'approve'> {
  return {
    propose: (made) => database.write((transaction) => propose(transaction, made)),
    plan: (id) =>
      database.read(async (connection) => {
        const row = await selectPlan(connection, id).executeTakeFirst();
        return row === undefined ? undefined : fromPlanRow(row);
      }),
    plans: (limit) =>
      database.read(async (connection) => {
        const rows = await connection
          .selectFrom('repair_plan')
          .select(SUMMARY)
          .orderBy('created_at', 'desc')
          .orderBy('id')
          .limit(limit)
          .execute();
        return rows.map(toSummary);
      }),
    approve: (id, by, at) =>
      database.write((transaction) =>
        movePlan(transaction, id, ['proposed'], {
          state: 'approved',
          approved_by: by,
          approved_at: at,
        }),
      ),
  };
}

const SUMMARY = [
  'id',
  'head',
  'state',
  'scope',
  'requested_by',
  'created_at',
  'rules_digest',
  'approved_by',
  'approved_at',
] as const;

const OVER: readonly PlanState[] = ['applied', 'stopped'];

async function propose(
  transaction: Connection,
  made: Omit<StoredPlan, 'state'>,
): Promise<StoredPlan> {
  const row = toPlanRow(made);
  await transaction
    .insertInto('repair_plan')
    .values(row)
    .onConflict((on) => on.column('id').doNothing())
    .execute();
  const { created_at, rules_digest, ...anew } = row;
  await transaction
    .updateTable('repair_plan')
    .set(anew)
    .where('id', '=', row.id)
    .where('state', 'in', OVER)
    .execute();
  await transaction
    .updateTable('repair_plan')
    .set({ created_at, rules_digest })
    .where('id', '=', row.id)
    .where('state', '!=', 'applying' satisfies PlanState)
    .execute();
  return fromPlanRow(await selectPlan(transaction, row.id).executeTakeFirstOrThrow());
}

function selectPlan(connection: Connection, id: string) {
  return connection.selectFrom('repair_plan').selectAll().where('id', '=', id);
}

/** Compare and set: of two who move a plan at the same time one finds it moved. */
export async function movePlan(
  transaction: Connection,
  id: string,
  from: readonly PlanState[],
  to: { readonly state: PlanState; readonly approved_by?: string; readonly approved_at?: string },
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('repair_plan')
    .set(to)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
