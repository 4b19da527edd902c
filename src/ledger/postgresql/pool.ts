import { createHash } from 'node:crypto';

import type { CompiledQuery } from 'kysely';
import pg from 'pg';

import { LedgerError } from '../errors.ts';
import { codeOf, wrapped } from '../store/errors.ts';
import type { InTransaction, LedgerDatabase } from '../store/tables.ts';
import { queriesOver, resultOf } from './dialect.ts';
import type { Statement } from './dialect.ts';

/** The tables stand in a schema of their own, beside those of the fleet or of anybody else. */
export const SCHEMA = 'portcullis_ledger';

const CONNECT_MS = 5_000;
/** The number of PostgreSQL's type `bigint`. */
const INT8 = 20;

/** Whoever appends, signs, or brings the tables up to date does so alone; each of the three waits only for its like. */
export const LOCKS = {
  append: lockNumber('append'),
  sign: lockNumber('sign'),
} as const;

export interface PoolSettings {
  readonly url: string;
  readonly connections: number;
  /** Milliseconds that a statement may take, or wait for a lock. */
  readonly statementMs: number;
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}

export function createPool({ url, connections, statementMs, warn }: PoolSettings): pg.Pool {
  requireUrl(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: 'portcullis ledger',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementMs,
    // The server may be gone without a word; then its own timeout never comes.
    query_timeout: statementMs + 1_000,
    // A transaction of somebody who is gone holds the lock that all others wait for.
    idle_in_transaction_session_timeout: statementMs + 1_000,
    keepAlive: true,
    // Statements go out one behind the other; their answers come in the same order.
    pipeline: true,
    options: `-c search_path=${SCHEMA}`,
    types,
  });
  // Without a listener a connection that breaks ends the process: while it is idle, and while it is lent out.
  pool.on('error', (error) => warn('a connection to the ledger broke', { error: error.message }));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Reads by any connection of the pool; one whose query failed is not used again. */
export function readsOf(pool: pg.Pool): LedgerDatabase {
  return queriesOver(async <R>({ sql, parameters }: CompiledQuery) =>
    resultOf<R>(await pool.query<R & pg.QueryResultRow>(sql, [...parameters])),
  );
}

/** Transactions of a pool, one after the other among all who use the same lock, in whichever process. */
export function transactionsOf(pool: pg.Pool, lock: string): InTransaction {
  const run = batchesOf(pool, lock);
  return (work) => run(async (transaction) => ({ result: await work(transaction) }));
}

/** Such a transaction whose last statement is known when the work is done: COMMIT goes right behind it. */
export type InBatch = <T>(
  work: (transaction: LedgerDatabase) => Promise<{ readonly result: T; readonly last?: Statement }>,
) => Promise<T>;

/** What is answered after COMMIT is durable: also where the database lets others commit without waiting for the disk. */
export function batchesOf(pool: pg.Pool, lock: string): InBatch {
  return async (work) => {
    const client = await pool.connect();
    let broken = false;
    try {
      const transaction = begin(client, lock);
      const { result, last } = await work(transaction.database);
      await transaction.commit(last);
      return result;
    } catch (error) {
      broken = !isAnswer(error) || !(await rolledBack(client));
      throw error;
    } finally {
      client.release(broken);
    }
  };
}

/**
 * Statements go out one behind the other without waiting for answers. A question is answered only when the transaction is
 * known to be there, and whatever else is sent waits for that: without a transaction it would be done for good.
 */
function begin(client: pg.PoolClient, lock: string) {
  // One message: a dozen decisions a batch pay for each that goes to and fro.
  const begun = client.query(
    `BEGIN ISOLATION LEVEL READ COMMITTED;
    SELECT pg_advisory_xact_lock(${lock});
    SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'`,
  );
  // Who waits for it hears of it, and there may be nobody yet.
  begun.catch(() => undefined);
  return {
    database: queriesOver(async <R>({ sql, parameters }: CompiledQuery) => {
      if (!/^select\b/i.test(sql)) await begun;
      const sent = client.query<R & pg.QueryResultRow>(sql, [...parameters]);
      const [, answer] = await Promise.all([begun, sent]);
      return resultOf<R>(answer);
    }),
    commit: async (last: Statement | undefined) => {
      await begun;
      const [, { command }] = await Promise.all([
        last && client.query(last.text, [...last.values]),
        client.query('COMMIT'),
      ]);
      // To the server it is no error to commit what has failed: it rolls back, and says so.
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
    },
  };
}

/** True of what the server said; anything else leaves a connection that nobody knows the state of. */
export function isAnswer(thrown: unknown): boolean {
  // Class 08 and 57P: the connection is broken, or being shut down.
  return /^(?!08|57P)[0-9A-Z]{5}$/.test(codeOf(thrown));
}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}

/** Makes the schema, and looks that it is the one that queries go to: some poolers drop the setting on the way. */
export async function prepareSchema(pool: pg.Pool): Promise<void> {
  await wrapped(async () => {
    const there = await pool.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [SCHEMA]);
    // Replicas that start together race for the name in spite of IF NOT EXISTS. One message is one transaction: it holds the lock.
    if (there.rows.length === 0)
      await pool.query(
        `SELECT pg_advisory_xact_lock(${LOCKS.append}); CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`,
      );
  }, 'The ledger cannot be opened');
  await requireSchema(pool);
}

/** @throws LedgerError LEDGER_UNAVAILABLE where there is no ledger. */
export async function requireSchema(pool: pg.Pool): Promise<void> {
  const { rows } = await wrapped(
    () => pool.query<{ name: string | null }>('SELECT current_schema() AS name'),
    'The ledger cannot be opened',
  );
  if (rows[0]?.name === SCHEMA) return;
  throw new LedgerError('LEDGER_UNAVAILABLE', `There is no schema ${SCHEMA} in the database.`, {
    help: 'It is made when the gate first starts. A pooler in between (PgBouncer) must pass the option search_path on, or connect without it.',
  });
}

/** An address holds a password, so it is never shown, and neither is the parser's error about it. */
function requireUrl(url: string): void {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return;
  throw new LedgerError('LEDGER_UNAVAILABLE', 'The address of the ledger is not one.', {
    help: 'It looks like postgresql://user:password@host:5432/database',
  });
}

/** Our numbers are well below 2 to the power of 53; the driver gives a `bigint` as text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): unknown =>
    INT8 === oid.valueOf() ? Number : pg.types.getTypeParser(oid, format ?? 'text'),
};

/** A number that nobody else in the database is likely to lock by. */
function lockNumber(what: string): string {
  return createHash('sha256')
    .update(`portcullis ledger ${what}`)
    .digest()
    .readBigInt64BE()
    .toString();
}
