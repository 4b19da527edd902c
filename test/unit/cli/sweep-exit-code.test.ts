import { describe, expect, it } from 'vitest';

import { sweepExitCode } from '../../../src/cli/fleet/sweep-exit-code.ts';
import type { Fleet } from '../../../src/fleet/fleet.ts';
import { FindingView } from '../../../src/fleet/views.ts';
import type { SweepView } from '../../../src/fleet/views.ts';
import type { Severity } from '../../../src/model/point.ts';
import { finding } from '../fleet/builders.ts';

const OPEN = [
  { severity: 'high', inventory: 'aws', account: 'prod-1', region: 'eu-1', kind: 'aws.s3.bucket' },
  { severity: 'low', inventory: 'aws', account: 'dev-1', region: 'us-1', kind: 'aws.iam.role' },
] as const;

/** One finding a page, so that the second page is looked at. */
const fleet: Pick<Fleet, 'findings'> = {
  findings: ({ severity, inventory }, _, after) => {
    const found = OPEN.filter((one) => one.severity === severity && one.inventory === inventory);
    const at = Number(after ?? 0);
    return Promise.resolve({
      findings: found.slice(at, at + 1).map((one) => FindingView.parse(finding(one))),
      ...(at + 1 < found.length ? { next: String(at + 1) } : {}),
    });
  },
};
const swept = (
  given: Partial<SweepView['request']> = {},
): Pick<SweepView, 'state' | 'request'> => ({
  state: 'completed',
  request: {
    ...{ name: 'ad-hoc', inventories: ['aws'], coverage: 100, concurrency: 1 },
    ...{ trigger: { by: 'person' }, ...given },
  },
});

describe('the exit code of a sweep, by --fail-on', () => {
  it.each<[string, Severity, Partial<SweepView['request']>, number]>([
    ['something as bad', 'high', {}, 1],
    ['something worse', 'medium', {}, 1],
    ['nothing so bad', 'critical', {}, 0],
    ['an account with it', 'high', { accounts: ['prod-*'] }, 1],
    ['an account without', 'high', { accounts: ['dev-*'] }, 0],
    ['kinds without', 'high', { kinds: ['aws.iam.*'] }, 0],
    ['regions without', 'high', { regions: ['us-*'] }, 0],
    ['a kind with something that is less bad', 'low', { kinds: ['aws.iam.*'] }, 1],
    ['another inventory', 'low', { inventories: ['azure'] }, 0],
  ])('swept %s', async (_, failOn, request, code) => {
    expect(await sweepExitCode(fleet, swept(request), failOn)).toBe(code);
  });

  it('says that it did not come to its end, whatever it found', async () => {
    expect(await sweepExitCode(fleet, { ...swept(), state: 'failed' }, 'low')).toBe(2);
  });
});
