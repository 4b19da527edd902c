import { expect, it } from 'vitest';

import { RepairSpec } from '../../../src/bindings/repair.ts';
import { estateOf } from '../../../src/fleet/estate.ts';
import type { Finding } from '../../../src/sweep/finding.ts';
import { rule } from '../../rules.ts';
import { finding, live } from './builders.ts';

const MENDING = rule({
  repair: { ...RepairSpec.parse({ values: [{ constant: 'ada' }] }), keys: ['owner'] },
});
const exemption = { id: 'EX-1', until: '2026-12-01T00:00:00.000Z', owner: 'ada', reason: 'moved' };

/** The ground of repairs, where one bucket has these findings. */
async function estate(...findings: Finding[]) {
  const never = () => Promise.reject(new Error('not asked for here'));
  const found = (id: string | undefined) =>
    findings.filter((one) => id === undefined || one.rule === id);
  return await estateOf(
    {
      findings: {
        list: ({ rule: id }) => Promise.resolve({ findings: found(id) }),
        ...{ find: never, totals: never, changes: never },
      },
      live: {
        findAll: (addresses) =>
          Promise.resolve([live()].filter(({ address }) => addresses.includes(address))),
        list: () => Promise.resolve({ resources: [live()] }),
        ...{ find: never, inside: never, count: never },
      },
      runs: () => Promise.resolve(undefined),
      rules: () => [MENDING],
    },
    {},
    AbortSignal.timeout(60_000),
  );
}

it('what somebody bears is not mended', async () => {
  expect((await estate(finding())).subjects).toHaveLength(1);
  expect(await estate(finding({ exemption }))).toMatchObject({ subjects: [], verdicts: [] });
});

it('what somebody bears beside something else is told as exempt', async () => {
  const borne = finding({ rule: 'tagging.team', path: 'tags.team', exemption });
  const { subjects, verdicts } = await estate(finding(), borne);
  expect(subjects).toHaveLength(1);
  expect(verdicts.map(({ rule: id, verdict }) => [id, verdict])).toEqual([
    ['tagging.owner', 'violation'],
    ['tagging.team', 'exempt'],
  ]);
});
