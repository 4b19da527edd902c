/** Chance that comes out the same on every machine: the demo, its test and the README tell one story. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  readonly pick: <T>(from: readonly [T, ...T[]]) => T;
  readonly chance: (probability: number) => boolean;
  /** So many hex digits, as clouds name their things. */
  readonly hex: (digits: number) => string;
}

/** A linear congruential generator: random enough to make an estate look lived in. */
export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    next,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    chance: (probability) => next() < probability,
    hex: (digits) =>
      Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join(''),
  };
}
