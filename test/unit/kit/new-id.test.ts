import { isValid, decodeTime } from 'ulid';
import { describe, expect, it } from 'vitest';

import { newIds } from '../../../src/kit/new-id.ts';

describe('new ids', () => {
  it('are ULIDs of their time that sort as they were made, and none comes twice', () => {
    const newId = newIds();
    const times = Array.from({ length: 2000 }, (_, n) => 1_700_000_000_000 + Math.floor(n / 3));
    const ids = times.map((time) => newId(new Date(time)));
    expect(ids.every(isValid)).toBe(true);
    expect(ids.map(decodeTime)).toEqual(times);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('of two that make them are not the same', () => {
    const [one, other] = [newIds(), newIds()];
    expect(one(new Date(0))).not.toBe(other(new Date(0)));
  });
});
