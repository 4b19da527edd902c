import { describe, expect, it } from 'vitest';

import { exemptionText } from '../../../src/cli/exempt/text.ts';
import type { ExemptionView } from '../../../src/exemption/views.ts';

const VIEW = {
  id: 'EX-1',
  state: 'requested',
  where: 'the store',
  rules: ['tagging.owner'],
  match: {},
  points: ['sweep'],
  reason: 'It moves.',
  owner: 'ada',
  until: '2027-01-31T18:00:00.000Z',
  approvedBy: [],
  approvalsMissing: 1,
  history: [],
  uses: 0,
} satisfies ExemptionView;

describe('an exemption for whoever is to approve it', () => {
  it('says that it bears everything, where it names no resources', () => {
    expect(exemptionText(VIEW)).toContain('resources  EVERYTHING that these rules judge\n');
  });

  it('says which resources it is for', () => {
    const text = exemptionText({ ...VIEW, match: { accounts: ['1111*'] } });
    expect(text).toContain('resources  {"accounts":["1111*"]}\n');
  });
});
