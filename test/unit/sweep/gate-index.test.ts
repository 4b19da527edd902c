import { describe, expect, it } from 'vitest';

import { identitiesOf, soughtIdentities } from '../../../src/sweep/gate-index.ts';
import { resource } from '../../rules.ts';

const live = resource({
  address: 'arn:aws:s3:::Logs',
  action: 'present',
  scope: { account: '1', region: 'eu-central-1' },
  config: { arn: 'arn:aws:s3:::Logs', resourceName: 'logs' },
});

/** What the gate saw before the bucket was made, as far as a plan tells it. */
const planned = (scope: Record<string, string>, config: Record<string, unknown> = {}) =>
  resource({ address: 'aws_s3_bucket.logs', scope, config: { bucket: 'logs', ...config } });

describe('a live resource finds the gate’s word on', () => {
  const region = 'eu-central-1';
  it.each([
    ['a plan that knew account and name', planned({ account: '1', region }), true],
    ['a plan that did not know the account', planned({ region }), true],
    ['a plan that knew the ARN', planned({}, { arn: 'arn:aws:s3:::logs' }), true],
    ['one of the same name in another account', planned({ account: '2', region }), false],
    [
      'one of the same name in another region',
      planned({ account: '1', region: 'us-east-1' }),
      false,
    ],
    [
      'another kind of the same name',
      { ...planned({ account: '1', region }), kind: 'aws.sqs.queue' },
      false,
    ],
  ])('%s: %#', (_, plan, found) => {
    const sought = new Set(soughtIdentities(live));
    expect(identitiesOf(plan).some((identity) => sought.has(identity))).toBe(found);
  });
});
