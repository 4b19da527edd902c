import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { Kysely, SqliteDialect } from 'kysely';
import type { KyselyPlugin, SqliteDatabase, SqliteStatement } from 'kysely';
import type Database from 'libsql';
import { z } from 'zod';

import { reopening } from '../kit/reopening.ts';
import type { Reopening } from '../kit/reopening.ts';
import { openSqliteFile } from '../kit/sqlite-file.ts';
import { STORE_FILE } from './database.ts';
import type { Connection, StoreDatabase, StoreOutside } from './database.ts';
import { codeOf, StoreError, toStoreError } from './errors.ts';
import type { Tables } from './tables.ts';

/**
 * How long to try for a lock. It is waited for here and not in SQLite, which would hold up the whole process meanwhile:
 * and with it the very transaction it waits for, where that is one of this process.
 */
const BUSY_MS = 10_000;
const LONGEST_PAUSE_MS = 20;

/** Marks the file as ours ("Porf"), so that a database of somebody else is never written into. */
const APPLICATION_ID = 0x506f7266;

/**
 * The store as a file, which the gate and the command line of one machine may have open at the same time: a writer holds
 * the lock for one transaction only, and readers never wait.
 *
 * @throws StoreError STORE_UNAVAILABLE, STORE_CORRUPT when the file is something else.
 */
export async function openSqlite(folder: string, outside: StoreOutside): Promise<StoreDatabase> {
  const file = path.join(folder, STORE_FILE);
  const { writer, reader } = await wrapped(
    () => openBoth(folder, file),
    `The fleet store ${file} cannot be opened`,
  );
  return {
    dialect: 'sqlite',
    read: (work) => wrapped(() => work(reader.database), 'The fleet store cannot be read'),
    write: (work) =>
      wrapped(
        () => writer.use((opened) => inTransaction(opened, work)),
        'The fleet store cannot be written',
      ),
    now: () => Promise.resolve(outside.clock()),
    close: async () => {
      await reader.database.destroy();
      await writer.close();
    },
  };
}

/** A connection by both of its names: Kysely's, and the driver's for what Kysely has no word for. */
interface Opened {
  readonly driver: Database.Database;
  readonly database: Connection;
  readonly begin: Turns['begin'];
}

interface Both {
  readonly writer: Reopening<Opened>;
  readonly reader: Opened;
}

async function openBoth(folder: string, file: string): Promise<Both> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const writer = await reopening({
    open: () => patiently(() => connect(file, prepareWriter)),
    close: ({ database }) => database.destroy(),
    breaks: isOfTheDisk,
  });
  try {
    return { writer, reader: await connect(file, prepareReader) };
  } catch (error) {
    await writer.close();
    throw error;
  }
}

/** What the work threw on purpose, a row that must not be there and a lock of another leave the connection as it was. */
function isOfTheDisk(thrown: unknown): boolean {
  return /^SQLITE_(?!BUSY|CONSTRAINT)/.test(codeOf(thrown));
}

/** Anew for every try: the driver never lets go of a statement that failed, and no commit succeeds beside one. */
async function connect(
  file: string,
  prepare: (driver: Database.Database) => void,
): Promise<Opened> {
  const driver = openSqliteFile(file, { timeout: 0 });
  const turns = takingTurns();
  const database = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: remembering(driver) }),
    plugins: [turns.plugin],
  });
  try {
    prepare(driver);
    return { driver, database, begin: turns.begin };
  } catch (error) {
    driver.close();
    await database.destroy();
    throw error;
  }
}

/** How long the statements of a transaction may hold up this process, in milliseconds. */
const HELD_MS = 50;

/** Lets others have a turn between two statements. */
interface Turns {
  readonly plugin: KyselyPlugin;
  /** Counts from now on: a short transaction comes to its end in one go. */
  readonly begin: () => void;
}

/**
 * SQLite answers before anybody else gets a turn, and a transaction of some thousand rows is hundreds of statements: between
 * two of them those are let in who wait at a door. Whoever wants to write waits for the end of the transaction all the same.
 */
function takingTurns(): Turns {
  let since = performance.now();
  const begin = (): void => {
    since = performance.now();
  };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (performance.now() - since < HELD_MS) return result;
      await turn();
      begin();
      return result;
    },
  };
  return { plugin, begin };
}

/** Statements that are kept. */
const KEPT = 128;

/**
 * Prepares a statement once. The driver frees one, and all that was bound to it, only when JavaScript's garbage is collected,
 * which knows nothing of that memory: a sweep would hold on to hundreds of megabytes of it.
 */
function remembering(driver: Database.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  const keep = (query: string, statement: SqliteStatement): SqliteStatement => {
    kept.delete(query);
    kept.set(query, statement);
    const oldest = kept.size > KEPT ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return statement;
  };
  const orForget = <T>(query: string, run: () => T): T => {
    try {
      return run();
    } catch (error) {
      // What failed once is never let go of by the driver; it must not be run again.
      kept.delete(query);
      throw error;
    }
  };
  const prepare = (query: string): SqliteStatement => {
    const statement = driver.prepare(query);
    return {
      reader: statement.reader,
      all: (parameters) => orForget(query, () => statement.all(parameters)),
      run: (parameters) => orForget(query, () => statement.run(parameters)),
      iterate: (parameters) => orForget(query, () => statement.all(parameters)).values(),
    };
  };
  return {
    prepare: (query) => keep(query, kept.get(query) ?? prepare(query)),
    close: () => {
      kept.clear();
      driver.close();
    },
  };
}

function prepareReader(driver: Database.Database): void {
  driver.exec('PRAGMA query_only = ON');
}

function prepareWriter(driver: Database.Database): void {
  refuseStranger(driver);
  driver.exec('PRAGMA journal_mode = WAL');
  driver.exec('PRAGMA synchronous = FULL');
  driver.exec('PRAGMA foreign_keys = ON');
  driver.exec('PRAGMA journal_size_limit = 67108864');
  if (valueOf(driver, 'PRAGMA application_id') !== APPLICATION_ID)
    driver.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  assertDurable(driver);
}

const Rows = z.array(z.record(z.string(), z.unknown())).min(1);

/** The first column of the first row. */
function valueOf(driver: Database.Database, query: string): unknown {
  const [row] = Rows.parse(driver.prepare(query).all());
  return Object.values(row ?? {})[0];
}

function refuseStranger(driver: Database.Database): void {
  if (valueOf(driver, 'SELECT count(*) FROM sqlite_schema') === 0) return;
  if (valueOf(driver, 'PRAGMA application_id') === APPLICATION_ID) return;
  throw new StoreError(
    'STORE_CORRUPT',
    'The file is a database, but not a fleet store of Portcullis.',
    { help: 'Give Portcullis a data folder of its own (data: in portcullis.yaml).' },
  );
}

/** Some file systems silently refuse WAL, and a pragma that is not understood is silently ignored: look. */
function assertDurable(driver: Database.Database): void {
  const journal = valueOf(driver, 'PRAGMA journal_mode');
  if (journal === 'wal' && valueOf(driver, 'PRAGMA synchronous') === 2) return;
  throw new StoreError(
    'STORE_UNAVAILABLE',
    'The fleet store cannot be opened so that every commit is durable (WAL, synchronous=FULL).',
    { help: 'Put the data folder on a local file system.' },
  );
}

/**
 * Holds the write lock from its start: taking it later, with a snapshot in hand, fails at once with SQLITE_BUSY.
 * By the driver's own word, which leaves nothing behind when it fails.
 */
async function inTransaction<T>(
  { driver, database, begin }: Opened,
  work: (transaction: Connection) => Promise<T>,
): Promise<T> {
  return await database.connection().execute(async (connection) => {
    await patiently(() => driver.exec('BEGIN IMMEDIATE'));
    begin();
    try {
      const result = await work(connection);
      driver.exec('COMMIT');
      return result;
    } catch (error) {
      rollBack(driver);
      throw error;
    }
  });
}

/** After a full disk SQLite has rolled back by itself; its complaint that there is nothing to do would hide the cause. */
function rollBack(driver: Database.Database): void {
  try {
    driver.exec('ROLLBACK');
  } catch {
    // There was no transaction left.
  }
}

async function patiently<T>(attempt: () => T | Promise<T>): Promise<T> {
  const until = performance.now() + BUSY_MS;
  // Most transactions take a millisecond or two.
  for (let pause = 1; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await attempt();
    } catch (error) {
      if (!codeOf(error).startsWith('SQLITE_BUSY') || performance.now() > until) throw error;
      await wait(pause);
    }
  }
}

async function wrapped<T>(work: () => Promise<T>, doing: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error, doing);
  }
}
