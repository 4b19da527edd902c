import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pid } from 'node:process';

import { openSqliteFile } from '../../kit/sqlite-file.ts';
import { LedgerError } from '../errors.ts';

/** Held while this process may write to the ledger of a folder. */
export interface LedgerLock {
  readonly release: () => void;
}

/**
 * Makes this process the only writer of a folder. The lock is one of the operating system, held through an open SQLite
 * transaction on a file of its own: it goes with the process however that ends, so there is no stale lock to clear,
 * and a process number that was given out again means nothing.
 *
 * The lock's file is opened by SQLite alone: closing any other descriptor on it would drop the lock (POSIX).
 *
 * @throws LedgerError LEDGER_LOCKED, naming the owner's process.
 */
export function lockLedger(folder: string): LedgerLock {
  const owner = path.join(folder, 'ledger.owner');
  const database = openSqliteFile(path.join(folder, 'ledger.lock'), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new LedgerError(
      'LEDGER_LOCKED',
      `The ledger in ${folder} is in use by ${ownerOf(owner)}.`,
      {
        cause,
        help: 'Stop it first, or give this one a data folder of its own (data: in portcullis.yaml).',
      },
    );
  }
  writeFileSync(owner, String(pid));
  return {
    release: () => {
      rmSync(owner, { force: true });
      database.close();
    },
  };
}

function ownerOf(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    return /^\d{1,10}$/.test(text) ? `process ${text}` : 'another process';
  } catch {
    // The owner may be about to write it, or to end.
    return 'another process';
  }
}
