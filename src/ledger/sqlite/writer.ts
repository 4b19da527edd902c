import { Worker } from 'node:worker_threads';

import { assertNever } from '../../kit/assert-never.ts';
import { messageOf } from '../../kit/errors.ts';
import { workerFile } from '../../kit/worker-file.ts';
import type { LedgerEntry } from '../entry.ts';
import { LedgerError } from '../errors.ts';
import { FromWriter } from './messages.ts';
import type { Failure, ToWriter, WriterOptions } from './messages.ts';
import type { Written } from './write.ts';

/** One transaction takes at most this much: a bound on memory, and on how long one caller waits for others. */
const BATCH_ENTRIES = 256;
const BATCH_CHARACTERS = 64 * 1024 * 1024;
/** A writer that dies at once must not be started again in a loop. */
const RESTART_MS = 1000;

export interface WriterSettings extends Omit<WriterOptions, 'maxPages'> {
  readonly maxPages?: number | undefined;
  readonly deadlineMs: number;
  readonly queue: number;
  readonly onCommit?: ((commit: Commit) => void) | undefined;
}

/** One group commit, for metrics. */
export interface Commit {
  readonly records: number;
  readonly seconds: number;
  /** Entries that were waiting for the next one when it ended. */
  readonly waiting: number;
}

interface Pending {
  readonly entry: LedgerEntry;
  readonly settle: (result: Written | LedgerError) => void;
}

/**
 * This side of the writer's thread. Whatever waits while one transaction is under way goes into the next: many records
 * share one sync of the disk, and each is answered only after it.
 */
export class LedgerWriter {
  readonly #settings: WriterSettings;
  #queue: Pending[] = [];
  #inFlight: Pending[] = [];
  #worker: Worker | undefined;
  #ready = false;
  #closing = false;
  #startedAt = 0;
  #sentAt = 0;
  #onOpen: ((failure?: LedgerError) => void) | undefined;

  constructor(settings: WriterSettings) {
    this.#settings = settings;
  }

  /** @throws LedgerError LEDGER_LOCKED, LEDGER_CORRUPT or LEDGER_UNAVAILABLE when the ledger cannot be opened. */
  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#onOpen = (failure) => {
        this.#onOpen = undefined;
        if (failure === undefined) resolve();
        else reject(failure);
      };
      this.#start();
    });
  }

  /** The entry's place in the log, once it is durable. @throws LedgerError */
  async append(entry: LedgerEntry): Promise<number> {
    if (this.#closing) throw new LedgerError('LEDGER_UNAVAILABLE', 'The ledger is closed.');
    if (this.#queue.length >= this.#settings.queue) {
      throw new LedgerError('LEDGER_UNAVAILABLE', 'Too many records wait to be written.', {
        help: 'Try again later.',
      });
    }
    this.#restartIfGone();
    return await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => this.#expire(pending), this.#settings.deadlineMs);
      const pending: Pending = {
        entry,
        settle: (result) => {
          clearTimeout(timer);
          if (result instanceof LedgerError) reject(result);
          else if ('conflict' in result)
            reject(new LedgerError('LEDGER_CONFLICT', `Not written: ${result.conflict}.`));
          else resolve(result.sequence);
        },
      };
      this.#queue.push(pending);
      this.#pump();
    });
  }

  /** Writes what waits, then ends the thread; by force when the disk does not let it end. */
  async close(): Promise<void> {
    this.#closing = true;
    const worker = this.#worker;
    if (worker === undefined) return;
    const force = setTimeout(() => void worker.terminate(), this.#settings.deadlineMs + RESTART_MS);
    await new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
      this.#pump();
    });
    clearTimeout(force);
  }

  #start(): void {
    const { folder, file, maxPages } = this.#settings;
    const options: WriterOptions =
      maxPages === undefined ? { folder, file } : { folder, file, maxPages };
    const worker = new Worker(workerFile(import.meta.url, './writer-thread.js'), {
      workerData: options,
    });
    this.#worker = worker;
    this.#startedAt = performance.now();
    worker.on('message', (message: unknown) => this.#receive(FromWriter.parse(message)));
    worker.on('error', (error: unknown) =>
      this.#gone(`The ledger's writer failed: ${messageOf(error)}`),
    );
    worker.on('exit', () => this.#gone("The ledger's writer ended."));
  }

  #restartIfGone(): void {
    if (this.#worker !== undefined) return;
    if (performance.now() - this.#startedAt < RESTART_MS) {
      throw new LedgerError('LEDGER_UNAVAILABLE', "The ledger's writer is being restarted.", {
        help: 'Try again in a second.',
      });
    }
    this.#start();
  }

  #receive(message: FromWriter): void {
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        this.#onOpen?.();
        break;
      case 'refused':
        this.#failAll(toError(message.failure));
        break;
      case 'written':
        this.#finish(message.results);
        break;
      case 'failed':
        this.#finish(this.#inFlight.map(() => toError(message.failure)));
        break;
      default:
        assertNever(message, 'message from the writer');
    }
    this.#pump();
  }

  #finish(results: readonly (Written | LedgerError)[]): void {
    const finished = this.#inFlight;
    this.#inFlight = [];
    const missing = new LedgerError(
      'LEDGER_UNAVAILABLE',
      "The ledger's writer gave no answer for a record.",
    );
    finished.forEach((pending, index) => pending.settle(results[index] ?? missing));
    this.#settings.onCommit?.({
      records: finished.length,
      seconds: (performance.now() - this.#sentAt) / 1000,
      waiting: this.#queue.length,
    });
  }

  #pump(): void {
    if (!this.#ready || this.#inFlight.length > 0) return;
    const batch = this.#takeBatch();
    if (batch.length > 0) {
      this.#inFlight = batch;
      this.#sentAt = performance.now();
      this.#send({ kind: 'write', entries: batch.map(({ entry }) => entry) });
    } else if (this.#closing) {
      this.#ready = false;
      this.#send({ kind: 'close' });
    }
  }

  #takeBatch(): Pending[] {
    let size = 0;
    let count = 0;
    for (const { entry } of this.#queue) {
      size += entry.body.length;
      if (count === BATCH_ENTRIES || (count > 0 && size > BATCH_CHARACTERS)) break;
      count++;
    }
    return this.#queue.splice(0, count);
  }

  #send(message: ToWriter): void {
    this.#worker?.postMessage(message);
  }

  /** Past its deadline. What still waits is taken back; what is under way may be written, and nobody was told so. */
  #expire(pending: Pending): void {
    this.#queue = this.#queue.filter((other) => other !== pending);
    pending.settle(
      new LedgerError(
        'LEDGER_UNAVAILABLE',
        `The record was not durable within ${this.#settings.deadlineMs} ms.`,
        {
          help: 'Look at the disk of the data folder: it is slow, full or gone.',
        },
      ),
    );
  }

  #gone(message: string): void {
    this.#worker = undefined;
    this.#ready = false;
    this.#failAll(new LedgerError('LEDGER_UNAVAILABLE', message));
  }

  #failAll(failure: LedgerError): void {
    this.#onOpen?.(failure);
    const lost = [...this.#inFlight, ...this.#queue];
    this.#inFlight = [];
    this.#queue = [];
    for (const pending of lost) pending.settle(failure);
  }
}

function toError({ code, message, help }: Failure): LedgerError {
  return new LedgerError(code, message, help === undefined ? {} : { help });
}
