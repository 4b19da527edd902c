import { messageOf } from '../kit/errors.ts';
import type { LedgerEntry } from './entry.ts';
import { LedgerError } from './errors.ts';
import type { Written } from './store/write.ts';

/** One transaction takes at most this much: a bound on memory, and on how long one caller waits for others. */
const BATCH_ENTRIES = 256;
const BATCH_CHARACTERS = 64 * 1024 * 1024;
/**
 * Whoever was answered often has the next record at hand. So the next transaction waits for as many as were there last time,
 * but only for this share of what the last one took: then callers do not part into two halves that wait for each other.
 */
const GATHER_SHARE = 0.1;
/** Beyond its deadline, what is under way gets this long to end when the ledger is closed. */
const GRACE_MS = 1000;

export interface QueueSettings {
  readonly deadlineMs: number;
  /** Appends that may wait. */
  readonly limit: number;
  readonly onCommit?: ((commit: Commit) => void) | undefined;
  /** What an operator should look at when a record was not durable in time. */
  readonly help: string;
}

/** One group commit, for metrics and for whoever signs. */
export interface Commit {
  readonly records: number;
  readonly seconds: number;
  /** Entries that were waiting for the next one when it ended. */
  readonly waiting: number;
  /** Records in the ledger after it; absent when nothing was written. */
  readonly size?: number;
}

/** Makes entries durable in one transaction, all or none. @throws LedgerError */
export type WriteBatch = (entries: readonly LedgerEntry[]) => Promise<readonly Written[]>;

interface Pending {
  readonly entry: LedgerEntry;
  readonly settle: (result: Written | LedgerError) => void;
}

export interface AppendQueue {
  /** The entry's place in the log, once it is durable. @throws LedgerError */
  readonly append: (entry: LedgerEntry) => Promise<number>;
  /** Takes no more, and waits for what it has; not longer than the deadline lets it. */
  readonly close: () => Promise<void>;
}

/**
 * Whatever waits while one transaction is under way goes into the next: many records share one sync of the disk, and
 * each is answered only after it.
 */
export function appendQueue(write: WriteBatch, settings: QueueSettings): AppendQueue {
  let queue: Pending[] = [];
  let closing = false;
  let underWay: Promise<void> | undefined;
  const gathering = gatherer(() => pump());

  const take = (): Pending[] => {
    let [size, count] = [0, 0];
    for (const { entry } of queue) {
      size += entry.body.length + (entry.input?.length ?? 0);
      if (count === BATCH_ENTRIES || (count > 0 && size > BATCH_CHARACTERS)) break;
      count++;
    }
    return queue.splice(0, count);
  };
  const pump = (): void => {
    if (underWay !== undefined || queue.length === 0) return;
    if (queue.length < gathering.enough()) return;
    gathering.end();
    const batch = take();
    const begin = performance.now();
    underWay = commit(write, batch).then((size) => {
      underWay = undefined;
      const seconds = (performance.now() - begin) / 1000;
      const told = { records: batch.length, seconds, waiting: queue.length };
      if (!closing) gathering.begin(batch.length + queue.length, seconds * 1000);
      settings.onCommit?.(size === undefined ? told : { ...told, size });
      pump();
    });
  };
  /** What still waits is taken back; what is under way may be written, and nobody was told so. */
  const expire = (pending: Pending): void => {
    queue = queue.filter((other) => other !== pending);
    pending.settle(late(settings));
  };
  return {
    append: async (entry) => {
      if (closing) throw new LedgerError('LEDGER_UNAVAILABLE', 'The ledger is closed.');
      if (queue.length >= settings.limit) throw full();
      return await new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => expire(pending), settings.deadlineMs);
        const settle = settler(resolve, reject, timer);
        const pending: Pending = { entry, settle };
        queue.push(pending);
        pump();
      });
    },
    close: async () => {
      closing = true;
      gathering.end();
      pump();
      const patience = afterwards(settings.deadlineMs + GRACE_MS);
      const drained = async () => {
        while (underWay !== undefined) await underWay;
      };
      await Promise.race([drained(), patience.over]);
      patience.forget();
    },
  };
}

/** The moment between two transactions, in which callers come back. @param over called when it was long enough. */
function gatherer(over: () => void) {
  let now: { readonly enough: number; readonly timer: NodeJS.Timeout } | undefined;
  const end = (): void => {
    clearTimeout(now?.timer);
    now = undefined;
  };
  return {
    /** So many that nobody else is waited for. */
    enough: () => now?.enough ?? 1,
    begin: (callers: number, tookMs: number): void => {
      const stop = (): void => {
        end();
        over();
      };
      const timer = setTimeout(stop, tookMs * GATHER_SHARE);
      now = { enough: Math.min(BATCH_ENTRIES, callers), timer };
    },
    end,
  };
}

/** @returns the size of the ledger after it, when anything was written. */
async function commit(write: WriteBatch, batch: readonly Pending[]): Promise<number | undefined> {
  try {
    const results = await write(batch.map(({ entry }) => entry));
    batch.forEach((pending, at) => pending.settle(results[at] ?? noAnswer()));
    const sequences = results.flatMap((result) => ('sequence' in result ? [result.sequence] : []));
    return sequences.length === 0 ? undefined : Math.max(...sequences) + 1;
  } catch (error) {
    const failure =
      error instanceof LedgerError
        ? error
        : new LedgerError('LEDGER_UNAVAILABLE', messageOf(error), { cause: error });
    for (const pending of batch) pending.settle(failure);
    return undefined;
  }
}

function settler(
  resolve: (sequence: number) => void,
  reject: (error: LedgerError) => void,
  timer: NodeJS.Timeout,
): Pending['settle'] {
  return (result) => {
    clearTimeout(timer);
    if (result instanceof LedgerError) reject(result);
    else if ('conflict' in result)
      reject(new LedgerError('LEDGER_CONFLICT', `Not written: ${result.conflict}.`));
    else resolve(result.sequence);
  };
}

function afterwards(milliseconds: number): { over: Promise<void>; forget: () => void } {
  let forget = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    forget = () => clearTimeout(timer);
  });
  return { over, forget };
}

function full(): LedgerError {
  return new LedgerError('LEDGER_UNAVAILABLE', 'Too many records wait to be written.', {
    help: 'Try again later.',
  });
}

function late({ deadlineMs, help }: QueueSettings): LedgerError {
  return new LedgerError(
    'LEDGER_UNAVAILABLE',
    `The record was not durable within ${deadlineMs} ms.`,
    { help },
  );
}

function noAnswer(): LedgerError {
  return new LedgerError('LEDGER_UNAVAILABLE', 'The ledger gave no answer for a record.');
}
