import { setTimeout as sleep } from 'node:timers/promises';

import type { Io } from '../io.ts';

/** Ctrl-C and its like, for as long as a command follows something that must be left in order. */
export interface Leaving {
  /** Waits, or less long when somebody wants to leave. @returns true when somebody does. */
  readonly wait: (milliseconds: number) => Promise<boolean>;
  /** Aborted when somebody wants to leave. */
  readonly signal: AbortSignal;
}

/**
 * Does something during which Ctrl-C is a wish: what is under way comes to an orderly stop. Afterwards, also while it is being
 * put away, Ctrl-C ends the process as ever.
 */
export async function leavingInOrder<T>(
  { watchInterrupt }: Pick<Io, 'watchInterrupt'>,
  work: (leaving: Leaving) => Promise<T>,
): Promise<T> {
  const { came, release } = watchInterrupt();
  const asked = new AbortController();
  void came.then(() => {
    release();
    asked.abort(new Error('it was interrupted'));
  });
  const { signal } = asked;
  try {
    return await work({ signal, wait: (milliseconds) => waited(milliseconds, signal) });
  } finally {
    release();
  }
}

async function waited(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return signal.aborted;
}
