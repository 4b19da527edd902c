import { parentPort, workerData } from 'node:worker_threads';

import { assertNever } from '../../kit/assert-never.ts';
import { reopening } from '../../kit/reopening.ts';
import type { Reopening } from '../../kit/reopening.ts';
import { LedgerError } from '../errors.ts';
import { toLedgerError } from '../store/errors.ts';
import { addVerifierKey, keepHead } from '../store/heads.ts';
import { migrate } from '../store/migrate.ts';
import { dropOld } from '../store/retention.ts';
import type { LedgerDatabase } from '../store/tables.ts';
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
    const desk = await openDesk(options);
    await migrate('sqlite', (work) => transaction(desk, work));
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

type WritingDesk = Reopening<LedgerDatabase>;

/** Any failure may be one of the disk: opening anew costs a moment, and a connection that stays broken every record. */
const openDesk = ({ file, maxPages }: WriterOptions): Promise<WritingDesk> =>
  reopening({
    open: () => openForWriting(file, maxPages),
    close: (database) => database.destroy(),
    breaks: () => true,
  });

function transaction<T>(
  desk: WritingDesk,
  work: (transaction: LedgerDatabase) => Promise<T>,
): Promise<T> {
  return desk.use((database) => inTransaction(database, work));
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
    const done = await transaction(desk, (database) => doWork(database, work));
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
