import { describe, expect, it } from 'vitest';

import { exemptionSet } from '../../../src/bindings/exemption.ts';
import { exemptionsFor, withExemptions } from '../../../src/sweep/exemptions.ts';
import type { Finding, Findings } from '../../../src/sweep/finding.ts';
import { exemption } from '../../rules.ts';
import { finding as found } from '../fleet/builders.ts';

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
  const reason = 'it is replaced this week';
  const borne = { id: 'e-1', until, owner: 'ada', reason };
  const told = withExemptions(findings, () =>
    Promise.resolve(() => (now < new Date(until) ? borne : undefined)),
  );
  expect((await told.list({}, 1)).findings[0]?.exemption).toEqual(borne);
  now = new Date(until);
  expect(await told.find('f')).toEqual(finding);
});

describe('the exemptions of the gate, for findings', () => {
  const NOW = new Date('2026-11-25T12:00:00Z');
  const LEGACY = { tags: { stage: ['legacy'] } };
  const tagged = (values: Record<string, string>, unknown: string[] = []) =>
    found({ tags: { state: 'known', values, unknown } });

  it.each<[string, Parameters<typeof exemption>[0], Finding, boolean]>([
    ['its rule', {}, found(), true],
    ['another rule', {}, found({ rule: 'tagging.team' }), false],
    ['only at the door', { points: ['pre-apply', 'admission'] }, found(), false],
    ['in its account', { match: { accounts: ['1111*'] } }, found(), true],
    ['in another account', { match: { accounts: ['2*'] } }, found(), false],
    ['in an account nobody knows', { match: { accounts: ['*'] } }, found({ scope: {} }), false],
    ['by a tag', { match: LEGACY }, tagged({ stage: 'legacy' }), true],
    ['without the tag', { match: LEGACY }, tagged({}), false],
    ['with a tag that was not read', { match: LEGACY }, tagged({}, ['stage']), false],
    [
      'with tags that were not read',
      { match: LEGACY },
      found({ tags: { state: 'unknown', reason: 'not allowed' } }),
      false,
    ],
    [
      'with a tag that may not be shown',
      { match: { tags: { stage: ['*'] } } },
      tagged({ stage: '(sensitive)' }),
      false,
    ],
  ])('%s', (_, given, one, borne) => {
    const told = exemptionsFor({ set: exemptionSet([exemption(given)]), at: NOW })(one);
    expect(told).toEqual(
      borne
        ? {
            ...{ id: 'EX-1', until: '2026-12-01T00:00:00.000Z', owner: 'ada' },
            reason: 'It is replaced in December.',
          }
        : undefined,
    );
  });
});
