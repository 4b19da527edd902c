import type { CloudOutside } from '../clouds/adapter.ts';

/** A part to be worked on, as far as the queue cares. */
export interface Queued {
  readonly account: string;
}

/** What came of a part: it is done with, or is to be tried again not before some time. */
export type Worked = { readonly parkedUntil: Date } | undefined;

export interface QueueLimits {
  readonly concurrency: number;
  readonly perAccount: number;
  /** The longest wait, in milliseconds, for an account that is parked. */
  readonly parkMs: number;
}

/** How often a part may ask to be tried again. */
const TRIES = 3;

/**
 * Works on parts, some at a time and few of one account, in their order as far as that allows. An account that wants to be
 * left alone is, while all others go on; it is waited for only when nothing else is left, and not for ever.
 *
 * @param giveUp what becomes of a part that was parked for too long or too often.
 * @throws what the work throws; then no other part is begun, and those under way have ended.
 */
export async function workThrough<T extends Queued>(
  parts: readonly T[],
  limits: QueueLimits,
  outside: Pick<CloudOutside, 'clock' | 'sleep'>,
  signal: AbortSignal,
  work: (part: T) => Promise<Worked>,
  giveUp: (part: T, until: Date) => Promise<void>,
): Promise<void> {
  const waiting = parts.map((part) => ({ part, tries: 0 }));
  const running = new Map<string, number>();
  const parked = new Map<string, Date>();
  const underWay = new Set<Promise<void>>();
  let broken: { readonly error: unknown } | undefined;

  const isFree = ({ part: { account } }: { part: T }): boolean =>
    (running.get(account) ?? 0) < limits.perAccount &&
    (parked.get(account) ?? new Date(0)) <= outside.clock();

  const begin = async (entry: { readonly part: T; readonly tries: number }): Promise<void> => {
    const { account } = entry.part;
    running.set(account, (running.get(account) ?? 0) + 1);
    try {
      const worked = await work(entry.part);
      if (worked === undefined) return;
      parked.set(account, worked.parkedUntil);
      if (entry.tries + 1 < TRIES) waiting.push({ part: entry.part, tries: entry.tries + 1 });
      else await giveUp(entry.part, worked.parkedUntil);
    } catch (error) {
      broken ??= { error };
    } finally {
      running.set(account, (running.get(account) ?? 1) - 1);
    }
  };

  const start = (): boolean => {
    const next = underWay.size < limits.concurrency ? waiting.findIndex(isFree) : -1;
    const [entry] = next === -1 ? [] : waiting.splice(next, 1);
    if (entry === undefined) return false;
    const task = begin(entry).finally(() => underWay.delete(task));
    underWay.add(task);
    return true;
  };

  while (broken === undefined && !signal.aborted && (waiting.length > 0 || underWay.size > 0)) {
    if (start()) continue;
    if (underWay.size > 0) await Promise.race(underWay);
    else await waitForParked();
  }
  await Promise.all(underWay);
  if (broken !== undefined) throw broken.error;
  signal.throwIfAborted();

  /** Nothing runs and nothing may begin: every account that is left is parked. */
  async function waitForParked(): Promise<void> {
    const until = waiting.map(({ part }) => parked.get(part.account) ?? new Date(0));
    const first = Math.min(...until.map((time) => time.getTime()));
    const wait = first - outside.clock().getTime();
    if (wait <= limits.parkMs) {
      await outside.sleep(Math.max(1, wait), signal);
      return;
    }
    for (const { part } of waiting.splice(0))
      await giveUp(part, parked.get(part.account) ?? new Date(first));
  }
}
