import { describe, expect, it } from 'vitest';

import { toRequest } from '../../../src/sweep/request.ts';
import { SweepSettings } from '../../../src/sweep/schema.ts';

describe('sweeps of the configuration', () => {
  it('need a name alone: everything, all of it, when somebody says so', () => {
    const [sweep] = SweepSettings.parse([{ name: 'nightly' }]);
    expect(sweep).toEqual({
      name: 'nightly',
      inventories: 'all',
      timezone: 'UTC',
      coverage: 100,
      concurrency: 4,
      noOverlap: true,
    });
    expect(toRequest(sweep!, ['aws', 'azure'], { by: 'person', actor: 'ada' })).toEqual({
      name: 'nightly',
      inventories: ['aws', 'azure'],
      coverage: 100,
      concurrency: 4,
      trigger: { by: 'person', actor: 'ada' },
    });
  });

  it.each([
    [[{ name: 'x', schedule: 'often' }], 'cannot be read'],
    [[{ name: 'x', schedule: '0 0 * * *', timezone: 'Berlin' }], 'no such time zone'],
    [[{ name: 'x', every: '1h' }], 'every'],
    [[{ name: 'ad-hoc' }], 'without a name'],
    [[{ name: 'x' }, { name: 'x' }], 'another sweep'],
    [[{ name: 'x', coverage: 101 }], '100'],
  ])('%j is refused', (given, why) => {
    expect(() => SweepSettings.parse(given)).toThrow(why);
  });

  it('are told where the wrong word stands', () => {
    const { error } = SweepSettings.safeParse([{ name: 'x', timezone: 'Mars/Olympus' }]);
    expect(error?.issues.map(({ path }) => path)).toEqual([[0, 'timezone']]);
  });
});
