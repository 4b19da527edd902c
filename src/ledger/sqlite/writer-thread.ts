import { parentPort, workerData } from 'node:worker_threads';

import { assertNever } from '../../kit/assert-never.ts';
import { LedgerError } from '../errors.ts';
import { toLedgerError } from '../store/errors.ts';
import { addVerifierKey, keepHead } from '../store/heads.ts';
import { migrate } from '../store/migrate.ts';
import { dropOld } from '../store/retention.ts';
import type { InTransaction, LedgerDatabase } from '../store/tables.ts';
import { writeEntries } from '../store/write.ts';
import { inTransaction, openForWriting } from './connection.ts';
import { lockLedger } from './lock.ts';
import type { LedgerLock } from './lock.ts';
import { ToWriter, WriterOptions } from './messages.ts';
import type { Done, Failure, FromWriter, Work } from './messages.ts';

/** The one thread that writes: SQLite's calls block, and a slow disk must not stop the thread that answers. */
async function run(options: WriterOptions): Promise<void> {
  let lock: LedgerLock | undefined;
  try {
    lock = lockLedger(options.folder);
    const desk = writingDesk(() => openForWriting(options.file, options.maxPages));
    await migrate('sqlite', desk.transaction);
    serve(desk, lock);
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

interface WritingDesk {
  readonly transaction: InTransaction;
  readonly close: () => Promise<void>;
}

/**
 * A connection that is opened anew after it failed: one whose disk failed in the middle of a transaction may go on failing
 * when the disk is well again.
 */
function writingDesk(open: () => Promise<LedgerDatabase>): WritingDesk {
  let database: LedgerDatabase | undefined;
  const drop = async (): Promise<void> => {
    const dropped = database;
    database = undefined;
    // What cannot be closed is left to the end of the thread.
    await dropped?.destroy().catch(() => undefined);
  };
  return {
    transaction: async (work) => {
      database ??= await open();
      try {
        return await inTransaction(database, work);
      } catch (error) {
        await drop();
        throw error;
      }
    },
    close: drop,
  };
}

function serve(desk: WritingDesk, lock: LedgerLock): void {
  let last = Promise.resolve();
  parentPort?.on('message', (raw: unknown) => {
    const message = ToWriter.parse(raw);
    switch (message.kind) {
      case 'work':
        last = last.then(() => answer(desk, message.number, message.work));
        break;
      case 'close':
        last = last.then(() => close(desk, lock));
        break;
      default:
        assertNever(message, 'message to the writer');
    }
  });
}

async function answer(desk: WritingDesk, number: number, work: Work): Promise<void> {
  try {
    const done = await desk.transaction((transaction) => doWork(transaction, work));
    send({ kind: 'done', number, done });
  } catch (error) {
    send({ kind: 'failed', number, failure: toFailure(error, 'The record cannot be written') });
  }
}

async function doWork(transaction: LedgerDatabase, work: Work): Promise<Done> {
  switch (work.kind) {
    case 'append':
      return { written: await writeEntries(transaction, work.entries), dropped: 0 };
    case 'keep-head':
      await keepHead(transaction, { size: work.size, note: work.note, time: work.time });
      return { written: [], dropped: 0 };
    case 'add-key':
      await addVerifierKey(transaction, work.text, work.time);
      return { written: [], dropped: 0 };
    case 'drop':
      return { written: [], dropped: await dropOld(transaction, work) };
    default:
      return assertNever(work, 'work of the writer');
  }
}

async function close(desk: WritingDesk, lock: LedgerLock): Promise<void> {
  await desk.close();
  lock.release();
  parentPort?.close();
}

function toFailure(error: unknown, doing: string): Failure {
  const wrapped = toLedgerError(error, doing);
  const { message, help } = wrapped;
  const code = wrapped instanceof LedgerError ? wrapped.code : 'LEDGER_UNAVAILABLE';
  return help === undefined ? { code, message } : { code, message, help };
}

function send(message: FromWriter): void {
  parentPort?.postMessage(message);
}

await run(WriterOptions.parse(workerData));
