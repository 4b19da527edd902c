import { Worker } from 'node:worker_threads';

import { assertNever } from '../../kit/assert-never.ts';
import { messageOf } from '../../kit/errors.ts';
import { workerFile } from '../../kit/worker-file.ts';
import { LedgerError } from '../errors.ts';
import { FromWriter } from './messages.ts';
import type { Done, Failure, ToWriter, Work, WriterOptions } from './messages.ts';

/** A writer that dies at once must not be started again in a loop. */
const RESTART_MS = 1000;

interface Waiting {
  readonly resolve: (done: Done) => void;
  readonly reject: (error: LedgerError) => void;
}

/** A thread that was started, and what it was asked and has not answered. */
interface Thread {
  readonly worker: Worker;
  readonly open: Promise<void>;
  readonly waiting: Map<number, Waiting>;
}

export interface Writer {
  /** Does one transaction's work; when this returns it is durable. @throws LedgerError */
  readonly work: (work: Work) => Promise<Done>;
  /** Ends the thread; by force when the disk does not let it end. */
  readonly close: (patienceMs: number) => Promise<void>;
}

/**
 * This side of the writer's thread.
 *
 * @throws LedgerError LEDGER_LOCKED, LEDGER_CORRUPT or LEDGER_UNAVAILABLE when the ledger cannot be opened.
 */
export async function startWriter(options: WriterOptions): Promise<Writer> {
  let thread: Thread | undefined;
  let startedAt = 0;
  let number = 0;
  const start = (): Thread => {
    startedAt = performance.now();
    const started = startThread(options, () => {
      if (thread === started) thread = undefined;
    });
    thread = started;
    return started;
  };
  const startAgain = (): Thread => {
    if (performance.now() - startedAt >= RESTART_MS) return start();
    throw new LedgerError('LEDGER_UNAVAILABLE', "The ledger's writer is being restarted.", {
      help: 'Try again in a second.',
    });
  };
  let closed = false;
  await start().open;
  return {
    work: async (work) => {
      if (closed) throw unavailable('The ledger is closed.');
      const running = thread ?? startAgain();
      await running.open;
      return await ask(running, ++number, work);
    },
    close: async (patienceMs) => {
      closed = true;
      if (thread !== undefined) await end(thread.worker, patienceMs);
    },
  };
}

function startThread(options: WriterOptions, onGone: () => void): Thread {
  const worker = new Worker(workerFile(import.meta.url, './writer-thread.js'), {
    workerData: options,
  });
  const waiting = new Map<number, Waiting>();
  const open = new Promise<void>((resolve, reject) => {
    const gone = (failure: LedgerError): void => {
      onGone();
      reject(failure);
      for (const { reject: refuse } of waiting.values()) refuse(failure);
      waiting.clear();
    };
    worker.on('message', (raw: unknown) => {
      const message = FromWriter.parse(raw);
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'refused') gone(toError(message.failure));
      else settle(waiting, message);
    });
    worker.on('error', (error: unknown) =>
      gone(unavailable(`The ledger's writer failed: ${messageOf(error)}`)),
    );
    worker.on('exit', () => gone(unavailable("The ledger's writer ended.")));
  });
  // Whoever asks for work hears of it; until then nobody may be there to listen.
  open.catch(() => undefined);
  return { worker, open, waiting };
}

type Answer = Extract<FromWriter, { number: number }>;

function settle(waiting: Map<number, Waiting>, message: Answer): void {
  const asked = waiting.get(message.number);
  waiting.delete(message.number);
  switch (message.kind) {
    case 'done':
      asked?.resolve(message.done);
      break;
    case 'failed':
      asked?.reject(toError(message.failure));
      break;
    default:
      assertNever(message, 'message from the writer');
  }
}

async function ask({ worker, waiting }: Thread, number: number, work: Work): Promise<Done> {
  return await new Promise<Done>((resolve, reject) => {
    waiting.set(number, { resolve, reject });
    worker.postMessage({ kind: 'work', number, work } satisfies ToWriter);
  });
}

async function end(worker: Worker, patienceMs: number): Promise<void> {
  const force = setTimeout(() => void worker.terminate(), patienceMs);
  await new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    worker.postMessage({ kind: 'close' } satisfies ToWriter);
  });
  clearTimeout(force);
}

function toError({ code, message, help }: Failure): LedgerError {
  return new LedgerError(code, message, help === undefined ? {} : { help });
}

function unavailable(message: string): LedgerError {
  return new LedgerError('LEDGER_UNAVAILABLE', message);
}
