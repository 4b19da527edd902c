import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rememberUpTo } from '../../../src/replay/impact/remember.ts';

const ROOM = 100;

/** What is asked for, in turn, each of a quarter of the room; gives back what had to be made. */
function madeOf(keys: readonly string[], size = ROOM / 4): string[] {
  const remember = rememberUpTo<string>(ROOM);
  const made: string[] = [];
  for (const key of keys) {
    const value = remember(key, size, () => {
      made.push(key);
      return key;
    });
    expect(value).toBe(key);
  }
  return made;
}

const rounds = (keys: readonly string[], count: number): string[] =>
  Array.from({ length: count }, () => keys).flat();

describe('what is remembered of keys', () => {
  it('is kept when it is asked for again', () => {
    expect(madeOf(rounds(['a'], 10))).toEqual(['a']);
  });

  it('is not driven out by a thousand keys that never come back', () => {
    const strangers = Array.from({ length: 1000 }, (_, at) => `s${at}`);
    const made = madeOf(['a', 'a', ...strangers, 'a']);
    expect(made.filter((key) => key === 'a')).toHaveLength(1);
  });

  it('helps in a round of more keys than there is room for', () => {
    const keys = Array.from({ length: 8 }, (_, at) => `k${at}`);
    // Kept one after the other, each would be gone before its turn comes again: 80 would be made.
    expect(madeOf(rounds(keys, 10))).toHaveLength(8 + 9 * 4);
  });

  it('makes way for what is asked for more often', () => {
    const made = madeOf([...rounds(['a', 'b', 'c', 'd'], 2), ...rounds(['e'], 5)]);
    expect(made.filter((key) => key === 'e')).toHaveLength(3);
  });

  it('is nothing that takes more than a quarter of the room', () => {
    expect(madeOf(rounds(['a'], 3), ROOM / 4 + 1)).toEqual(['a', 'a', 'a']);
  });

  it('gives back what was made of the key, whatever is asked for', () => {
    const asked = fc.array(fc.record({ key: fc.nat(12), size: fc.nat(ROOM) }), { maxLength: 200 });
    fc.assert(
      fc.property(asked, (all) => {
        const remember = rememberUpTo<number>(ROOM);
        for (const { key, size } of all) expect(remember(String(key), size, () => key)).toBe(key);
      }),
      { numRuns: 50 },
    );
  });
});
