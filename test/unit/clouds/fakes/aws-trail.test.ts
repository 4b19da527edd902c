import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { startFakeAws } from '../../../../src/clouds/fakes/aws/index.ts';
import type { TrailEvent } from '../../../../src/clouds/fakes/aws/index.ts';
import { creation, HOME, REGION } from '../aws/estates.ts';
import { ask, instead, outside, useFakeAws } from './aws-stage.ts';

useFakeAws();

const BUCKET = ['AWS::S3::Bucket', 'logs'] as const;

/** A fake whose CloudTrail has these events, for as long as something is asked. */
async function recalling<T>(events: readonly TrailEvent[], work: () => Promise<T>): Promise<T> {
  const regions = [{ name: REGION, items: [], events }];
  const estate = { accounts: [{ id: HOME, regions }] };
  return await instead(await startFakeAws({ estate, clock: outside.clock }), work);
}

const lookUp = async (input: object = {}, region = REGION) =>
  await ask('CloudTrail_20131101.LookupEvents', input, {}, region);
const by = (AttributeKey: string, AttributeValue: string) => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
});

const Events = z.array(z.object({ EventId: z.string(), CloudTrailEvent: z.string() }));
const idsOf = ({ body }: Awaited<ReturnType<typeof lookUp>>): string[] =>
  Events.parse(body['Events']).map(({ EventId }) => EventId);
const seconds = (time: string): number => Date.parse(time) / 1000;

describe('the fake CloudTrail', () => {
  it('tells an event as its members, and whole as a text', async () => {
    const made = creation(1, BUCKET, { username: 'ada', accessKeyId: 'AKIAEXAMPLE' });
    const { body } = await recalling([made], async () => await lookUp());
    const [event] = z.array(z.record(z.string(), z.unknown())).parse(body['Events']);
    const { CloudTrailEvent, ...members } = event!;
    expect(members).toEqual({
      EventId: 'event-1',
      EventName: 'CreateBucket',
      EventSource: 'ec2.amazonaws.com',
      EventTime: seconds('2026-11-20T08:00:00.000Z'),
      ReadOnly: 'false',
      Username: 'ada',
      AccessKeyId: 'AKIAEXAMPLE',
      Resources: [{ ResourceType: 'AWS::S3::Bucket', ResourceName: 'logs' }],
    });
    expect(JSON.parse(String(CloudTrailEvent))).toMatchObject({
      eventID: 'event-1',
      awsRegion: REGION,
      recipientAccountId: HOME,
      readOnly: false,
      userIdentity: { type: 'IAMUser', userName: 'ada' },
    });
  });

  it('tells the newest first, of the last 90 days, in the region that is asked', async () => {
    const at = (number: number, eventTime: string) => creation(number, BUCKET, { eventTime });
    const events = [
      at(1, '2026-11-01T00:00:00.000Z'),
      at(2, '2026-11-20T00:00:00.000Z'),
      at(3, '2026-08-01T00:00:00.000Z'),
    ];
    await recalling(events, async () => {
      expect(idsOf(await lookUp())).toEqual(['event-2', 'event-1']);
      expect(idsOf(await lookUp({}, 'us-east-1'))).toEqual([]);
      const from = seconds('2026-11-01T00:00:00.000Z');
      expect(idsOf(await lookUp({ StartTime: from + 1 }))).toEqual(['event-2']);
      expect(idsOf(await lookUp({ EndTime: from }))).toEqual(['event-1']);
      expect((await lookUp({ StartTime: from, EndTime: from - 1 })).code).toBe(
        'InvalidTimeRangeException',
      );
    });
  });

  it('takes one attribute', async () => {
    const other = creation(2, ['AWS::EC2::Volume', 'vol-1'], {
      username: 'grace',
      readOnly: true,
      eventSource: 's3.amazonaws.com',
      accessKeyId: 'AKIAEXAMPLE',
    });
    await recalling([creation(1, BUCKET), other], async () => {
      for (const [key, value] of [
        ['EventId', 'event-2'],
        ['EventName', 'CreateVolume'],
        ['ReadOnly', 'true'],
        ['Username', 'grace'],
        ['ResourceType', 'AWS::EC2::Volume'],
        ['ResourceName', 'vol-1'],
        ['EventSource', 's3.amazonaws.com'],
        ['AccessKeyId', 'AKIAEXAMPLE'],
      ] as const)
        expect(idsOf(await lookUp(by(key, value))), key).toEqual(['event-2']);
    });
    const two = [by('EventId', 'a'), by('EventId', 'b')].flatMap((one) => one.LookupAttributes);
    for (const wrong of [{ LookupAttributes: two }, by('Owner', 'ada'), by('EventId', '')])
      expect((await lookUp(wrong)).code).toBe('InvalidLookupAttributesException');
  });

  it('pages by 50, and takes a token for its own question alone', async () => {
    const events = Array.from({ length: 60 }, (_, n) => creation(n, BUCKET));
    await recalling(events, async () => {
      const first = await lookUp(by('ResourceName', 'logs'));
      expect(idsOf(first)).toHaveLength(50);
      const NextToken = first.body['NextToken'];
      const second = await lookUp({ ...by('ResourceName', 'logs'), NextToken });
      expect(idsOf(second)).toHaveLength(10);
      expect(second.body).not.toHaveProperty('NextToken');
      const other = await lookUp({ ...by('ResourceName', 'data'), NextToken });
      expect(other.code).toBe('InvalidNextTokenException');
      expect((await lookUp({ NextToken: 'nonsense' })).code).toBe('InvalidNextTokenException');
      for (const MaxResults of [0, 51])
        expect((await lookUp({ MaxResults })).code).toBe('InvalidMaxResultsException');
    });
  });
});
