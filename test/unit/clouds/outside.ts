import type { CloudOutside } from '../../../src/clouds/adapter.ts';

/** A world whose clock goes on only while somebody sleeps: waiting costs no time, and every wait is written down. */
export interface FakeOutside extends CloudOutside {
  readonly slept: number[];
  readonly warnings: { readonly message: string; readonly facts: unknown }[];
  readonly advance: (milliseconds: number) => void;
}

export function fakeOutside(start = '2026-11-25T08:00:00.000Z'): FakeOutside {
  let now = new Date(start).getTime();
  const slept: number[] = [];
  const warnings: FakeOutside['warnings'] = [];
  return {
    slept,
    warnings,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    clock: () => new Date(now),
    env: {},
    random: () => 0.5,
    sleep: (milliseconds, signal) => {
      signal.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    warn: (message, facts) => void warnings.push({ message, facts }),
  };
}
