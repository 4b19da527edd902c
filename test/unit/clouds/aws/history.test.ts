import { afterEach, describe, expect, it } from 'vitest';

import { openAwsHistory } from '../../../../src/clouds/aws/history.ts';
import type { TagTarget } from '../../../../src/clouds/tagger.ts';
import { HOME, instance, oneRegion, REGION, stage } from './estates.ts';
import { closeAll, opened, signal } from './scenes.ts';

afterEach(closeAll);

const target = (number: number): TagTarget => ({
  address: instance(number).arn,
  type: 'AWS::EC2::Instance',
  scope: { account: HOME, region: REGION },
});

describe('the history of AWS Config', () => {
  it('tells when a resource was made, and by which events where it still knows', async () => {
    const { fake, outside, settings } = await stage(
      oneRegion(instance(1, { relatedEvents: ['event-1'] }), instance(2)),
    );
    const history = openAwsHistory(settings(), outside);
    opened.push(history, fake);
    expect(await history.beginningOf(target(1), signal)).toEqual({
      createdAt: '2026-01-02T03:04:05.000Z',
      firstSeenAt: '2026-11-24T20:00:00.000Z',
      events: ['event-1'],
    });
    expect((await history.beginningOf(target(2), signal))?.events).toEqual([]);
    expect(await history.beginningOf(target(3), signal)).toBeUndefined();
  });
});
