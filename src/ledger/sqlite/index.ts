import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import { messageOf } from '../../kit/errors.ts';
import { toEntry } from '../entry.ts';
import { LedgerError } from '../errors.ts';
import type { Ledger, LedgerReader } from '../ledger.ts';
import { openForReading, toLedgerError } from './connection.ts';
import { requireCurrent } from './migrations.ts';
import { ledgerReader } from './reader.ts';
import { LedgerWriter } from './writer.ts';
import type { Commit } from './writer.ts';

const FILE = 'ledger.db';

export interface SqliteLedgerOptions {
  /** Made when it is not there, for this user alone. */
  readonly folder: string;
  /** Milliseconds that an append may take. */
  readonly deadlineMs: number;
  /** Appends that may wait. */
  readonly queue: number;
  /** Told after each group commit. */
  readonly onCommit?: (commit: Commit) => void;
  /** Most pages of the database, to see what a full disk does. */
  readonly maxPages?: number;
}

/**
 * Opens the ledger in a folder for writing; one process at a time may.
 *
 * @throws LedgerError LEDGER_LOCKED when another process has it, LEDGER_CORRUPT, LEDGER_UNAVAILABLE.
 */
export async function openSqliteLedger(options: SqliteLedgerOptions): Promise<Ledger> {
  const { folder, deadlineMs, queue, onCommit, maxPages } = options;
  makeFolder(folder);
  const file = path.join(folder, FILE);
  const writer = new LedgerWriter({ folder, file, deadlineMs, queue, onCommit, maxPages });
  await writer.open();
  const reader = ledgerReader(await openForReading(file));
  return {
    ...reader,
    append: async (record) => ({ sequence: await writer.append(toEntry(record)) }),
    close: async () => {
      await writer.close();
      await reader.close();
    },
  };
}

/**
 * Opens the ledger in a folder for reading, beside a gate that writes to it or without one.
 *
 * @throws LedgerError LEDGER_UNAVAILABLE when there is none, LEDGER_CORRUPT.
 */
export async function openSqliteLedgerReader(folder: string): Promise<LedgerReader> {
  const file = path.join(folder, FILE);
  // Opening would make an empty one.
  if (!existsSync(file)) {
    throw new LedgerError('LEDGER_UNAVAILABLE', `There is no ledger in ${folder}.`, {
      help: 'It is made when the gate first starts. Is this the data folder (data: in portcullis.yaml)?',
    });
  }
  try {
    const database = await openForReading(file);
    await requireCurrent(database);
    return ledgerReader(database);
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
