import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  nextCursor,
  readCursor,
  restart,
  START,
  writeCursor,
} from '../../../../src/clouds/aws/cursor.ts';
import type { Cursor } from '../../../../src/clouds/aws/cursor.ts';

/** Follows tokens as a reader does, through the text of a checkpoint. @returns how many pages were read. */
function follow(tokenAfter: (page: number) => string | undefined, most: number): number {
  let cursor: Cursor = START;
  for (let page = 0; page < most; page += 1) {
    const next = nextCursor(cursor, tokenAfter(page), 'a list');
    if (next === undefined) return page + 1;
    cursor = readCursor(writeCursor(next));
  }
  return most;
}

describe('the cursor of a part', () => {
  it('follows tokens that differ to the last page', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (pages) => {
        expect(follow((page) => (page + 1 === pages ? undefined : `t${page}`), 1000)).toBe(pages);
      }),
    );
  });

  it('ends with an error where tokens go round, after three rounds at most or a few pages', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (before, length) => {
          const tokens = (page: number) =>
            page < before ? `before${page}` : `loop${(page - before) % length}`;
          let read = 0;
          const counted = (page: number) => {
            read = page + 1;
            return tokens(page);
          };
          expect(() => follow(counted, 10_000)).toThrow(/circle/);
          expect(read).toBeLessThanOrEqual(2 * Math.max(before, length) + 3 * length + 2);
        },
      ),
    );
  });

  it('notices a token that repeats at once', () => {
    const first = nextCursor(START, 'a', 'a list');
    expect(() => nextCursor(first ?? START, 'a', 'a list')).toThrow(/circle/);
  });

  it('counts how often a part was begun again', () => {
    let cursor = START;
    for (let n = 0; n < 3; n += 1) {
      cursor = readCursor(writeCursor({ ...restart(cursor, 'a part', undefined), token: 'x' }));
      expect(cursor.restarts).toBe(n + 1);
    }
    expect(() => restart(cursor, 'a part', undefined)).toThrow(/expired 4 times/);
  });

  it.each(['', 'x', '[]', '["t", "1", "", 0]', '{}'])('takes nothing else for one: %s', (text) => {
    expect(() => readCursor(text)).toThrow(/checkpoint/);
  });
});
