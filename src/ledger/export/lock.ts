import { mkdirSync } from 'node:fs';
import path from 'node:path';

import type Database from 'libsql';

import { messageOf } from '../../kit/errors.ts';
import { openSqliteFile } from '../../kit/sqlite-file.ts';
import { LogError } from '../errors.ts';

/**
 * Does the work while no other export signs from this data folder or writes to this target: of two that interleave, the
 * slower one would put an older checkpoint over a newer one. The locks are the operating system's, held through open
 * transactions on empty files, and go with the process however that ends.
 *
 * @throws LogError LEDGER_EXPORT when another export is under way; what the work throws.
 */
export async function whileLocked<T>(
  folders: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const held: Database.Database[] = [];
  try {
    for (const folder of folders) held.push(lock(folder));
    return await work();
  } finally {
    for (const database of held) database.close();
  }
}

function lock(folder: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    database = openSqliteFile(path.join(folder, '.export.lock'), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_BUSY')
      throw new LogError('LEDGER_EXPORT', `Another export from or to ${folder} is under way.`, {
        cause,
        help: 'Nothing was written by this one. Try again when the other one is done.',
      });
    throw new LogError('LEDGER_EXPORT', `${folder} cannot be locked: ${messageOf(cause)}`, {
      cause,
    });
  }
}
