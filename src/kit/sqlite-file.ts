import process from 'node:process';
import { pathToFileURL } from 'node:url';

import Database from 'libsql';

/**
 * Opens a SQLite file, or makes it, through SQLite's own file layer.
 *
 * The layer that libsql puts before it, for encrypted files, drops the error of a read that failed and hands out what was in
 * memory there: maybe the page as it was a while ago, and what is then written on top of it damages the file.
 *
 * @param timeout Milliseconds to wait, and to hold up this thread, for the lock of another.
 * @throws Error of libsql (`code` SQLITE_CANTOPEN and the like) where the file cannot be opened.
 */
export function openSqliteFile(file: string, { timeout }: { timeout: number }): Database.Database {
  const name = process.platform === 'win32' ? file : `${pathToFileURL(file).href}?vfs=unix`;
  return new Database(name, { timeout });
}
