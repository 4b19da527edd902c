import { Kysely, sql, SqliteDialect } from 'kysely';

import { openSqliteFile } from '../../kit/sqlite-file.ts';
import { LedgerError } from '../errors.ts';
import type { LedgerDatabase, Tables } from '../store/tables.ts';

const BUSY_SECONDS = 5;

/** Marks the file as ours ("Port"), so that a database of somebody else is never written into. */
const APPLICATION_ID = 0x506f7274;

/** A connection that may write. Every commit reaches the disk before it returns. */
export async function openForWriting(file: string, maxPages?: number): Promise<LedgerDatabase> {
  const database = connect(file);
  const isNew = await refuseStranger(database);
  await sql`PRAGMA journal_mode = WAL`.execute(database);
  await sql`PRAGMA synchronous = FULL`.execute(database);
  await sql`PRAGMA foreign_keys = ON`.execute(database);
  await sql`PRAGMA journal_size_limit = 67108864`.execute(database);
  if (maxPages !== undefined)
    await sql.raw(`PRAGMA max_page_count = ${maxPages}`).execute(database);
  await assertDurable(database);
  if (isNew) await sql.raw(`PRAGMA application_id = ${APPLICATION_ID}`).execute(database);
  return database;
}

/** @returns true for an empty file. @throws LedgerError LEDGER_CORRUPT when it belongs to something else. */
export async function refuseStranger(database: LedgerDatabase): Promise<boolean> {
  const tables = await sql<{ count: number }>`SELECT count(*) AS count FROM sqlite_schema`.execute(
    database,
  );
  if (tables.rows[0]?.count === 0) return true;
  const mark = await sql<{ application_id: number }>`PRAGMA application_id`.execute(database);
  if (mark.rows[0]?.application_id === APPLICATION_ID) return false;
  throw new LedgerError(
    'LEDGER_CORRUPT',
    'The file is a database, but not a ledger of Portcullis.',
    {
      help: 'Give Portcullis a data folder of its own (data: in portcullis.yaml).',
    },
  );
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
      database: () => Promise.resolve(openSqliteFile(file, { timeout: BUSY_SECONDS * 1000 })),
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
