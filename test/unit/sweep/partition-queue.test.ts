import { describe, expect, it } from 'vitest';

import { workThrough } from '../../../src/sweep/partition-queue.ts';
import { fakeOutside } from '../clouds/outside.ts';

const never = new AbortController().signal;
const LIMITS = { concurrency: 4, perAccount: 2, parkMs: 600_000 };

const parts = (...accounts: string[]) =>
  accounts.map((account, n) => ({ account, key: `${account}/${n}` }));

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('parts of an inventory', () => {
  it('are worked on some at a time, and few of one account', async () => {
    const running = new Map<string, number>();
    let most = 0;
    let mostOfOne = 0;
    const done: string[] = [];
    await workThrough(
      parts(...Array.from({ length: 30 }, (_, n) => (n < 20 ? 'big' : `small-${n}`))),
      LIMITS,
      fakeOutside(),
      never,
      async ({ account, key }) => {
        running.set(account, (running.get(account) ?? 0) + 1);
        most = Math.max(
          most,
          [...running.values()].reduce((a, b) => a + b),
        );
        mostOfOne = Math.max(mostOfOne, ...running.values());
        await tick();
        running.set(account, (running.get(account) ?? 0) - 1);
        done.push(key);
        return undefined;
      },
      () => Promise.resolve(),
    );
    expect({ most, mostOfOne, done: new Set(done).size }).toEqual({
      most: 4,
      mostOfOne: 2,
      done: 30,
    });
  });

  it('of an account that wants to be left alone wait, while all others go on', async () => {
    const outside = fakeOutside();
    const order: string[] = [];
    let asked = 0;
    await workThrough(
      parts('parked', 'a', 'b', 'c'),
      { ...LIMITS, concurrency: 1 },
      outside,
      never,
      ({ account }) => {
        if (account === 'parked' && ++asked === 1)
          return Promise.resolve({ parkedUntil: new Date(outside.clock().getTime() + 60_000) });
        order.push(account);
        return Promise.resolve(undefined);
      },
      () => Promise.reject(new Error('nobody gives up')),
    );
    expect(order).toEqual(['a', 'b', 'c', 'parked']);
    expect(outside.slept).toEqual([60_000]);
  });

  it.each([
    ['that wants an hour', 3_600_000, 1],
    ['that asks again and again', 1_000, 3],
  ])('of an account %s are given up', async (_, parkMs, tries) => {
    const outside = fakeOutside();
    const given: string[] = [];
    let asked = 0;
    await workThrough(
      parts('parked'),
      LIMITS,
      outside,
      never,
      () => {
        asked++;
        return Promise.resolve({ parkedUntil: new Date(outside.clock().getTime() + parkMs) });
      },
      ({ account }) => {
        given.push(account);
        return Promise.resolve();
      },
    );
    expect({ given, asked }).toEqual({ given: ['parked'], asked: tries });
    expect(outside.slept.every((wait) => wait <= LIMITS.parkMs)).toBe(true);
  });

  it('end with what broke, and nothing is begun after it', async () => {
    const begun: string[] = [];
    const working = workThrough(
      parts('a', 'b', 'c', 'd'),
      { ...LIMITS, concurrency: 1 },
      fakeOutside(),
      never,
      ({ account }) => {
        begun.push(account);
        return account === 'b' ? Promise.reject(new Error('broken')) : Promise.resolve(undefined);
      },
      () => Promise.resolve(),
    );
    await expect(working).rejects.toThrow('broken');
    expect(begun).toEqual(['a', 'b']);
  });
});
