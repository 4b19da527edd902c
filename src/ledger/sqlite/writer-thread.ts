import { parentPort, workerData } from 'node:worker_threads';

import { assertNever } from '../../kit/assert-never.ts';
import type { LedgerEntry } from '../entry.ts';
import { openForWriting, toLedgerError } from './connection.ts';
import { lockLedger } from './lock.ts';
import type { LedgerLock } from './lock.ts';
import { ToWriter, WriterOptions } from './messages.ts';
import type { Failure, FromWriter } from './messages.ts';
import { migrate } from './migrations.ts';
import type { LedgerDatabase } from './tables.ts';
import { writeEntries } from './write.ts';

/** The one thread that writes: SQLite's calls block, and a slow disk must not stop the thread that answers. */
async function run(options: WriterOptions): Promise<void> {
  let lock: LedgerLock | undefined;
  try {
    lock = lockLedger(options.folder);
    const database = await openForWriting(options.file, options.maxPages);
    await migrate(database);
    serve(database, lock);
    send({ kind: 'ready' });
  } catch (error) {
    lock?.release();
    send({
      kind: 'refused',
      failure: toFailure(error, `The ledger ${options.file} cannot be opened`),
    });
    parentPort?.close();
  }
}

function serve(database: LedgerDatabase, lock: LedgerLock): void {
  parentPort?.on('message', (raw: unknown) => {
    const message = ToWriter.parse(raw);
    switch (message.kind) {
      case 'write':
        void write(database, message.entries);
        break;
      case 'close':
        void close(database, lock);
        break;
      default:
        assertNever(message, 'message to the writer');
    }
  });
}

async function write(database: LedgerDatabase, entries: readonly LedgerEntry[]): Promise<void> {
  try {
    send({ kind: 'written', results: await writeEntries(database, entries) });
  } catch (error) {
    send({ kind: 'failed', failure: toFailure(error, 'The record cannot be written') });
  }
}

async function close(database: LedgerDatabase, lock: LedgerLock): Promise<void> {
  await database.destroy();
  lock.release();
  parentPort?.close();
}

function toFailure(error: unknown, doing: string): Failure {
  const { code, message, help } = toLedgerError(error, doing);
  return help === undefined ? { code, message } : { code, message, help };
}

function send(message: FromWriter): void {
  parentPort?.postMessage(message);
}

await run(WriterOptions.parse(workerData));
