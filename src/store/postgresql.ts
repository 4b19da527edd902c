import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

import type { Connection, StoreDatabase, StoreOutside } from './database.ts';
import { codeOf, StoreError, toStoreError } from './errors.ts';
import type { Tables } from './tables.ts';

const CONNECTIONS = 8;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 30_000;
const LOCK_MS = 10_000;
const TRIES = 3;

/** Two transactions waited for each other, or saw each other's rows: one of them is to begin again. */
const AGAIN: readonly string[] = ['40001', '40P01'];

/** The number of PostgreSQL's type `bigint`. */
const INT8 = 20;

/**
 * The store as a PostgreSQL database that replicas share.
 *
 * @throws StoreError STORE_SETTINGS for an address that is none, STORE_UNAVAILABLE.
 */
export async function openPostgresql(url: string, outside: StoreOutside): Promise<StoreDatabase> {
  const pool = createPool(url, outside);
  const database: Connection = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`SELECT 1`.execute(database);
  } catch (error) {
    await database.destroy();
    throw toStoreError(error, 'The fleet store cannot be opened');
  }
  return {
    dialect: 'postgresql',
    read: (work) => trying(() => work(database), 'The fleet store cannot be read'),
    write: (work) =>
      trying(
        () => database.transaction().setIsolationLevel('read committed').execute(work),
        'The fleet store cannot be written',
      ),
    now: async (connection) => {
      const { rows } = await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(
        connection,
      );
      return rows[0]?.now ?? outside.clock();
    },
    close: () => database.destroy(),
  };
}

function createPool(url: string, outside: StoreOutside): pg.Pool {
  requireUrl(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    application_name: 'portcullis',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    // The server may be gone without a word; then its own timeout never comes.
    query_timeout: STATEMENT_MS + 5_000,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    keepAlive: true,
    types,
  });
  // Without a listener a connection that breaks ends the process: while it is idle, and while it is lent out.
  pool.on('error', (error) => {
    outside.warn('a connection to the fleet store broke', { error: error.message });
  });
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** An address holds a password, so it is never shown, and neither is the parser's error about it. */
function requireUrl(url: string): void {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return;
  throw new StoreError('STORE_SETTINGS', 'The address of the fleet store is not one.', {
    help: 'It looks like postgresql://user:password@host:5432/database',
  });
}

/** Our numbers are well below 2 to the power of 53; the driver gives a `bigint` as text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): unknown =>
    INT8 === oid.valueOf() ? Number : pg.types.getTypeParser(oid, format ?? 'text'),
};

async function trying<T>(work: () => Promise<T>, doing: string): Promise<T> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !AGAIN.includes(codeOf(error))) throw toStoreError(error, doing);
    }
  }
}
