import { z } from 'zod';

import type { CloudErrorCode } from '../../clouds/errors.ts';
import { RunRequest, RunState } from '../../sweep/run.ts';
import type { RunGap } from '../../sweep/run.ts';
import type { PartitionState, RunFilter, StoredPartition, StoredRun } from '../../sweep/store.ts';
import { fromJson, iso, orAbsent } from '../columns.ts';
import type { Connection, StoreDatabase } from '../database.ts';
import type { SweepTables } from './tables.ts';
import { scopeOf, togetherOf } from './values.ts';

export const Planned = z.record(z.string(), z.array(z.string()));
export const Notes = z.array(z.string());

const Digested = z.object({ digest: z.string(), count: z.int() });
const By = z.object({ policies: Digested, rules: Digested });

const CODES = [
  'CLOUD_DENIED',
  'CLOUD_CREDENTIALS',
  'CLOUD_THROTTLED',
  'CLOUD_PARKED',
  'CLOUD_UNAVAILABLE',
  'CLOUD_PROTOCOL',
  'CLOUD_MISSING',
  'CLOUD_INVALID',
  'CLOUD_SETTINGS',
  'CLOUD_STOPPED',
] as const satisfies readonly CloudErrorCode[];
const Code = z.enum(CODES);
const State = z.enum([
  'waiting',
  'reading',
  'complete',
  'incomplete',
] as const satisfies readonly PartitionState[]);

export function stateOf(state: string): RunState {
  return RunState.parse(state);
}

export async function readRun(
  database: StoreDatabase,
  connection: Connection,
  id: string,
): Promise<StoredRun | undefined> {
  const row = await connection
    .selectFrom('sweep_run')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const partitions = await partitionsOf(connection, id);
  return {
    ...headOf(row),
    now: iso(await database.now(connection)),
    planned: fromJson(Planned, row.planned, 'a plan'),
    partitions,
    gaps: await gapsOf(connection, id),
    findings: await changesOf(connection, id),
  };
}

export async function readRuns(
  connection: Connection,
  { name, states }: RunFilter,
  limit: number,
  before: number | undefined,
) {
  const rows = await connection
    .selectFrom('sweep_run')
    .selectAll()
    .$if(name !== undefined, (query) => query.where('name', '=', name ?? ''))
    .$if(states !== undefined, (query) => query.where('state', 'in', [...(states ?? [])]))
    .$if(before !== undefined, (query) => query.where('number', '<', before ?? 0))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(headOf);
}

function headOf(row: SweepTables['sweep_run']) {
  return {
    id: row.id,
    number: row.number,
    request: fromJson(RunRequest, row.request, 'a run'),
    state: stateOf(row.state),
    cancelling: row.cancelling === 1,
    attempts: row.attempts,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    finishedAt: orAbsent(row.finished_at),
    reason: row.reason,
    notes: fromJson(Notes, row.notes, 'notes'),
    judgedBy: row.judged_by === null ? undefined : fromJson(By, row.judged_by, 'digests'),
  };
}

export async function openPartitions(
  connection: Connection,
  run: string,
): Promise<readonly StoredPartition[]> {
  const all = await partitionsOf(connection, run);
  return all.filter(({ state }) => state === 'waiting' || state === 'reading');
}

async function partitionsOf(connection: Connection, run: string): Promise<StoredPartition[]> {
  const rows = await connection
    .selectFrom('sweep_partition')
    .selectAll()
    .where('run_id', '=', run)
    .orderBy('inventory')
    .orderBy('ordinal')
    .execute();
  return rows.map((row) => ({
    inventory: row.inventory,
    key: row.key,
    account: row.account,
    scope: scopeOf(row.scope),
    type: orAbsent(row.type),
    together: togetherOf(row.together),
    expected: orAbsent(row.expected),
    state: State.parse(row.state),
    cursor: orAbsent(row.cursor),
    pages: row.pages,
    counts: {
      resources: row.resources,
      judged: row.judged,
      violations: row.violations,
      unknown: row.unknown,
      failed: row.failed,
    },
  }));
}

async function gapsOf(connection: Connection, run: string): Promise<RunGap[]> {
  const rows = await connection
    .selectFrom('sweep_gap')
    .selectAll()
    .where('run_id', '=', run)
    .orderBy('id')
    .execute();
  const gaps = rows.map(({ inventory, partition, account, scope, type, code, message }) => ({
    inventory,
    partition,
    account,
    scope: scopeOf(scope),
    ...(type === null ? {} : { type }),
    code: Code.parse(code),
    message,
  }));
  return gaps.sort((a, b) => READING.compare(placeOf(a), placeOf(b)));
}

/** As people read: line 9 stands before line 10, in every database. */
const READING = new Intl.Collator('en', { numeric: true });

function placeOf({ inventory, account, partition, type = '', message }: RunGap): string {
  return [inventory, account, partition, type, message].join('\n');
}

async function changesOf(connection: Connection, run: string): Promise<StoredRun['findings']> {
  const rows = await connection
    .selectFrom('finding_change')
    .select((row) => ['change', row.fn.countAll<number>().as('count')])
    .where('run_id', '=', run)
    .groupBy('change')
    .execute();
  const count = (change: string): number => rows.find((row) => row.change === change)?.count ?? 0;
  return { opened: count('opened'), resolved: count('resolved'), reopened: count('reopened') };
}

export async function cancelAsked(connection: Connection, id: string): Promise<boolean> {
  const row = await connection
    .selectFrom('sweep_run')
    .select('cancelling')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.cancelling === 1;
}
