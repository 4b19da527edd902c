import type pg from 'pg';

import { appendQueue } from '../append-queue.ts';
import type { Commit, WriteBatch } from '../append-queue.ts';
import { toEntry } from '../entry.ts';
import type { LedgerEntry } from '../entry.ts';
import { toLedgerError, wrapped } from '../store/errors.ts';
import { logStoreOver } from '../store/log-store.ts';
import { migrate, requireCurrent } from '../store/migrate.ts';
import { ledgerReader } from '../store/reader.ts';
import { dropOld } from '../store/retention.ts';
import type { LedgerDoor, StoredLedger } from '../store/stored-ledger.ts';
import type { InTransaction } from '../store/tables.ts';
import { placeEntries } from '../store/write.ts';
import { insertStatement } from './insert.ts';
import {
  batchesOf,
  createPool,
  isAnswer,
  LOCKS,
  prepareSchema,
  readsOf,
  requireSchema,
  transactionsOf,
} from './pool.ts';
import type { InBatch } from './pool.ts';

const READERS = 4;
/** One for the batch under way; one for whoever signs or drops bodies meanwhile. */
const WRITERS = 2;
const READ_MS = 30_000;
/** Bringing tables up to date, and building the tree over old records, step by step. */
const MIGRATE_MS = 10 * 60_000;

export interface PostgresqlLedgerOptions {
  /** `postgresql://…` */
  readonly url: string;
  /** Milliseconds that an append may take. */
  readonly deadlineMs: number;
  /** Appends that may wait. */
  readonly queue: number;
  /** Told after each group commit. */
  readonly onCommit?: ((commit: Commit) => void) | undefined;
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}

/**
 * Opens the ledger in a database that replicas share: each appends by a transaction a batch, alone as long as that takes.
 *
 * @throws LedgerError LEDGER_UNAVAILABLE, LEDGER_CORRUPT when it is of a newer version.
 */
export async function openPostgresqlLedger(
  options: PostgresqlLedgerOptions,
): Promise<StoredLedger> {
  const { url, deadlineMs, warn } = options;
  await bringUpToDate(options);
  const reads = createPool({ url, connections: READERS, statementMs: READ_MS, warn });
  const writes = createPool({ url, connections: WRITERS, statementMs: deadlineMs, warn });
  const database = readsOf(reads);
  const queue = appendQueue(writeBatch(batchesOf(writes, LOCKS.append)), {
    deadlineMs,
    limit: options.queue,
    onCommit: options.onCommit,
    help: 'Look at the database: it is slow, full, away, or held up by another transaction.',
  });
  return {
    ...ledgerReader(database),
    append: async (record) => ({ sequence: await queue.append(toEntry(record)) }),
    logStore: logStoreOver(database, transactionsOf(writes, LOCKS.sign)),
    drop: (drop) =>
      wrapped(
        () => transactionsOf(writes, LOCKS.append)((transaction) => dropOld(transaction, drop)),
        'Bodies cannot be dropped',
      ),
    close: async () => {
      await queue.close();
      await Promise.all([writes.end(), reads.end()]);
    },
  };
}

/**
 * A connection that breaks during COMMIT says nothing of what became of it. So the batch goes again once, and finds what is
 * there already: the lock is free only when the first transaction has come to its end, one way or the other.
 */
function writeBatch(inBatch: InBatch): WriteBatch {
  const write = (entries: readonly LedgerEntry[], again: boolean) =>
    inBatch(async (transaction) => {
      const { written, rows } = await placeEntries(transaction, entries, again);
      return rows === undefined
        ? { result: written }
        : { result: written, last: insertStatement(rows) };
    });
  return async (entries) => {
    try {
      return await write(entries, false);
    } catch (error) {
      if (isAnswer(error)) throw toLedgerError(error, 'The record cannot be written');
    }
    return await wrapped(() => write(entries, true), 'The record cannot be written');
  };
}

async function bringUpToDate({ url, warn }: PostgresqlLedgerOptions): Promise<void> {
  const pool = createPool({ url, connections: 1, statementMs: MIGRATE_MS, warn });
  try {
    await prepareSchema(pool);
    await wrapped(
      () => migrate('postgresql', transactionsOf(pool, LOCKS.append)),
      'The ledger cannot be opened',
    );
  } finally {
    await pool.end();
  }
}

/**
 * For what an operator does once in a while, beside the gates.
 *
 * @throws LedgerError LEDGER_UNAVAILABLE when there is no ledger, LEDGER_CORRUPT.
 */
export async function openPostgresqlDoor(url: string): Promise<LedgerDoor> {
  const pool = createPool({
    url,
    connections: READERS,
    statementMs: READ_MS,
    warn: () => undefined,
  });
  const database = readsOf(pool);
  try {
    await requireSchema(pool);
    await wrapped(() => requireCurrent(database), 'The ledger cannot be opened');
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    database,
    appending: writing(pool, LOCKS.append),
    signing: writing(pool, LOCKS.sign),
    close: () => pool.end(),
  };
}

function writing(pool: pg.Pool, lock: string): InTransaction {
  const write = transactionsOf(pool, lock);
  return (work) => wrapped(() => write(work), 'The ledger cannot be written');
}
