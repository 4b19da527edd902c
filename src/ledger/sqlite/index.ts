import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import { sql } from 'kysely';

import { messageOf } from '../../kit/errors.ts';
import { appendQueue } from '../append-queue.ts';
import type { Commit } from '../append-queue.ts';
import { toEntry } from '../entry.ts';
import { LedgerError } from '../errors.ts';
import type { LedgerReader } from '../ledger.ts';
import type { LogStore, SigningDesk } from '../log/store.ts';
import { toLedgerError, wrapped } from '../store/errors.ts';
import { logReads } from '../store/log-store.ts';
import { requireCurrent } from '../store/migrate.ts';
import { ledgerReader } from '../store/reader.ts';
import type { LedgerDoor, StoredLedger } from '../store/stored-ledger.ts';
import type { InTransaction, LedgerDatabase } from '../store/tables.ts';
import { inTransaction, openForReading, openForWriting, refuseStranger } from './connection.ts';
import { startWriter } from './writer.ts';
import type { Writer } from './writer.ts';

const FILE = 'ledger.db';
const GRACE_MS = 1000;

export interface SqliteLedgerOptions {
  /** Made when it is not there, for this user alone. */
  readonly folder: string;
  /** Milliseconds that an append may take. */
  readonly deadlineMs: number;
  /** Appends that may wait. */
  readonly queue: number;
  /** Told after each group commit. */
  readonly onCommit?: ((commit: Commit) => void) | undefined;
  /** Most pages of the database, to see what a full disk does. */
  readonly maxPages?: number;
}

/**
 * Opens the ledger in a folder for writing; one process at a time may.
 *
 * @throws LedgerError LEDGER_LOCKED when another process has it, LEDGER_CORRUPT, LEDGER_UNAVAILABLE.
 */
export async function openSqliteLedger(options: SqliteLedgerOptions): Promise<StoredLedger> {
  const { folder, deadlineMs, maxPages } = options;
  makeFolder(folder);
  const file = path.join(folder, FILE);
  const writer = await startWriter({
    folder,
    file,
    ...(maxPages === undefined ? {} : { maxPages }),
  });
  const queue = appendQueue(
    async (entries) => (await writer.work({ kind: 'append', entries })).written,
    {
      deadlineMs,
      limit: options.queue,
      onCommit: options.onCommit,
      help: 'Look at the disk of the data folder: it is slow, full or gone.',
    },
  );
  const database = await openBeside(writer, file);
  const reader = ledgerReader(database);
  return {
    ...reader,
    append: async (record) => ({ sequence: await queue.append(toEntry(record)) }),
    logStore: logStoreBeside(database, writer),
    drop: async (drop) => (await writer.work({ kind: 'drop', ...drop })).dropped,
    close: async () => {
      await queue.close();
      await writer.close(deadlineMs + GRACE_MS);
      await reader.close();
    },
  };
}

/** A ledger that opens by half would stay locked. */
async function openBeside(writer: Writer, file: string): Promise<LedgerDatabase> {
  try {
    return await openForReading(file);
  } catch (error) {
    await writer.close(GRACE_MS);
    throw toLedgerError(error, `The ledger ${file} cannot be opened`);
  }
}

/** Signing reads here and writes by the thread that writes; in this process one signs after the other. */
function logStoreBeside(database: LedgerDatabase, writer: Writer): LogStore {
  const reads = logReads(database);
  const desk: SigningDesk = {
    ...reads,
    keepHead: async (head) => {
      await writer.work({ kind: 'keep-head', ...head });
    },
    addKey: async (text, time) => {
      await writer.work({ kind: 'add-key', text, time });
    },
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...reads,
    alone: async (work) => {
      const mine = last.then(() => work(desk));
      last = mine.catch(() => undefined);
      return await mine;
    },
  };
}

/**
 * Opens the ledger in a folder for reading, beside a gate that writes to it or without one.
 *
 * @throws LedgerError LEDGER_UNAVAILABLE when there is none, LEDGER_CORRUPT.
 */
export async function openSqliteLedgerReader(folder: string): Promise<LedgerReader> {
  return ledgerReader(await openExisting(folder, openForReading));
}

/**
 * For what an operator does once in a while: signing a head, a new key, an erasure. SQLite lets one transaction write at a
 * time, whichever process it is of, and each takes its place in the log from what is stored.
 *
 * @throws LedgerError LEDGER_UNAVAILABLE when there is no ledger, LEDGER_CORRUPT.
 */
export async function openSqliteDoor(folder: string): Promise<LedgerDoor> {
  const database = await openExisting(folder, openForReading);
  const write: InTransaction = async (work) => {
    const writable = await openExisting(folder, openForWriting);
    try {
      // What is erased is overwritten, not only let go, in the file and in its journal.
      await sql`PRAGMA secure_delete = ON`.execute(writable);
      const done = await wrapped(
        () => inTransaction(writable, work),
        'The ledger cannot be written',
      );
      await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(writable);
      return done;
    } finally {
      await writable.destroy();
    }
  };
  return { database, appending: write, signing: write, close: () => database.destroy() };
}

async function openExisting(
  folder: string,
  open: (file: string) => Promise<LedgerDatabase>,
): Promise<LedgerDatabase> {
  const file = path.join(folder, FILE);
  // Opening would make an empty one.
  if (!existsSync(file)) {
    throw new LedgerError('LEDGER_UNAVAILABLE', `There is no ledger in ${folder}.`, {
      help: 'It is made when the gate first starts. Is this the data folder (data: in portcullis.yaml)?',
    });
  }
  try {
    const database = await open(file);
    await refuseStranger(database);
    await requireCurrent(database);
    return database;
  } catch (error) {
    throw toLedgerError(error, `The ledger ${file} cannot be opened`);
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new LedgerError(
      'LEDGER_UNAVAILABLE',
      `The data folder ${folder} cannot be made: ${messageOf(cause)}`,
      { cause },
    );
  }
}
