import { describe, expect, it } from 'vitest';

import { repairsOnDemand } from '../../../src/fleet/repairs-on-demand.ts';
import type { Repairs } from '../../../src/repair/repairs.ts';

const never = () => Promise.reject(new Error('not asked for here'));

/** Repairs of which only the list is ever asked for. */
const LISTING: Repairs = {
  plan: never,
  get: never,
  list: () => Promise.resolve([]),
  runs: () => Promise.resolve([]),
  approve: never,
  apply: never,
  status: never,
  planUndo: never,
  resume: never,
};

describe('repairs on demand', () => {
  it('are opened when somebody first asks, and once for all who ask', async () => {
    let opened = 0;
    const repairs = repairsOnDemand(() => {
      opened += 1;
      return Promise.resolve(LISTING);
    });
    expect(opened).toBe(0);
    await Promise.all([repairs.list(1), repairs.runs(1), repairs.list(1)]);
    await repairs.list(1);
    expect(opened).toBe(1);
  });

  it('that could not be opened fail for those who asked, and are tried again for the next', async () => {
    let tries = 0;
    const repairs = repairsOnDemand(() => {
      tries += 1;
      return tries === 1
        ? Promise.reject(new Error('the cloud is away'))
        : Promise.resolve(LISTING);
    });
    const both = await Promise.allSettled([repairs.list(1), repairs.runs(1)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(tries).toBe(1);
    expect(await repairs.list(1)).toEqual([]);
    expect(tries).toBe(2);
  });
});
