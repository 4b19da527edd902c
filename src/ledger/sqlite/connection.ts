import { Kysely, sql, SqliteDialect } from 'kysely';
import Database from 'libsql';

import { messageOf } from '../../kit/errors.ts';
import { LedgerError } from '../errors.ts';
import type { LedgerDatabase, Tables } from './tables.ts';

const BUSY_SECONDS = 5;

/** A connection that may write. Every commit reaches the disk before it returns. */
export async function openForWriting(file: string, maxPages?: number): Promise<LedgerDatabase> {
  const database = connect(file);
  await sql`PRAGMA journal_mode = WAL`.execute(database);
  await sql`PRAGMA synchronous = FULL`.execute(database);
  await sql`PRAGMA foreign_keys = ON`.execute(database);
  await sql`PRAGMA journal_size_limit = 67108864`.execute(database);
  if (maxPages !== undefined)
    await sql.raw(`PRAGMA max_page_count = ${maxPages}`).execute(database);
  await assertDurable(database);
  return database;
}

/** A connection that cannot write; it never waits for the writer, nor the writer for it. */
export async function openForReading(file: string): Promise<LedgerDatabase> {
  const database = connect(file);
  await sql`PRAGMA query_only = ON`.execute(database);
  return database;
}

function connect(file: string): LedgerDatabase {
  return new Kysely<Tables>({
    // Opened on first use, so that a file that cannot be opened is an error of the first query.
    dialect: new SqliteDialect({
      database: () => Promise.resolve(new Database(file, { timeout: BUSY_SECONDS * 1000 })),
    }),
  });
}

/**
 * Runs `work` in one transaction that holds the write lock from its start: waiting for the lock later, with a snapshot
 * in hand, fails at once with SQLITE_BUSY.
 */
export async function inTransaction<T>(
  database: LedgerDatabase,
  work: (connection: LedgerDatabase) => Promise<T>,
): Promise<T> {
  return await database.connection().execute(async (connection) => {
    await sql`BEGIN IMMEDIATE`.execute(connection);
    try {
      const result = await work(connection);
      await sql`COMMIT`.execute(connection);
      return result;
    } catch (error) {
      await rollBack(connection);
      throw error;
    }
  });
}

/** After a full disk SQLite has rolled back by itself; its complaint that there is nothing to do would hide the cause. */
async function rollBack(connection: LedgerDatabase): Promise<void> {
  try {
    await sql`ROLLBACK`.execute(connection);
  } catch {
    // There was no transaction left.
  }
}

/** Some file systems silently refuse WAL, and a pragma that is not understood is silently ignored: look. */
async function assertDurable(database: LedgerDatabase): Promise<void> {
  const journal = await sql<{ journal_mode: string }>`PRAGMA journal_mode`.execute(database);
  const synchronous = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(database);
  if (journal.rows[0]?.journal_mode === 'wal' && synchronous.rows[0]?.synchronous === 2) return;
  throw new LedgerError(
    'LEDGER_UNAVAILABLE',
    'The ledger cannot be opened so that every commit is durable (WAL, synchronous=FULL).',
    {
      help: 'Put the data folder on a local file system.',
    },
  );
}

/** SQLite's own codes (SQLITE_FULL, SQLITE_IOERR…, SQLITE_NOTADB) -> the error of this room. */
export function toLedgerError(thrown: unknown, doing: string): LedgerError {
  if (thrown instanceof LedgerError) return thrown;
  const code = sqliteCode(thrown);
  const damaged = code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
  const message = `${doing}: ${messageOf(thrown)}${code === '' ? '' : ` (${code})`}`;
  return new LedgerError(damaged ? 'LEDGER_CORRUPT' : 'LEDGER_UNAVAILABLE', message, {
    cause: thrown,
  });
}

function sqliteCode(thrown: unknown): string {
  if (thrown === null || typeof thrown !== 'object' || !('code' in thrown)) return '';
  return typeof thrown.code === 'string' ? thrown.code : '';
}
