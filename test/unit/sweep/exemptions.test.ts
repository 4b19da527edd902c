import { expect, it } from 'vitest';

import { withExemptions } from '../../../src/sweep/exemptions.ts';
import type { Finding, Findings } from '../../../src/sweep/finding.ts';

it('an exemption counts until it ends, by the clock of whoever reads', async () => {
  // What else a finding says is nobody's business here.
  const finding = { id: 'f', rule: 'tagging.owner' } as Finding;
  const findings: Findings = {
    find: () => Promise.resolve(finding),
    list: () => Promise.resolve({ findings: [finding] }),
    totals: () => Promise.reject(new Error('not asked')),
    changes: () => Promise.reject(new Error('not asked')),
  };
  let now = new Date('2026-11-25T08:00:00Z');
  const until = '2026-11-25T09:00:00Z';
  const told = withExemptions(
    findings,
    (_, at) => (at < new Date(until) ? { id: 'e-1', until } : undefined),
    () => now,
  );
  expect((await told.list({}, 1)).findings[0]?.exemption).toEqual({ id: 'e-1', until });
  now = new Date(until);
  expect(await told.find('f')).toEqual(finding);
});
