import { afterEach, describe, expect, it } from 'vitest';

import type { AwsSettings } from '../../../../src/clouds/aws/schema.ts';
import type { AwsFault, ConfigItem, TrailEvent } from '../../../../src/clouds/fakes/aws/index.ts';
import type { CreatorReading, LiveResource } from '../../../../src/clouds/inventory.ts';
import { bucket, creation, HOME, instance, REGION, role } from './estates.ts';
import { closeAll, EVERYTHING, opened, scene, signal } from './scenes.ts';
import type { Scene } from './scenes.ts';

afterEach(closeAll);

const YOUNG = { resourceCreationTime: '2026-11-20T08:00:00.000Z' };
const BUCKET = ['AWS::S3::Bucket', 'logs'] as const;

interface Told {
  readonly items: readonly ConfigItem[];
  readonly events?: readonly TrailEvent[];
  /** Of us-east-1. */
  readonly home?: readonly TrailEvent[];
  readonly settings?: Partial<AwsSettings>;
  readonly faults?: readonly AwsFault[];
}

/** What the inventory says of who made each thing of its account, in turn. */
async function readings({ items, events = [], home = [], settings, faults }: Told): Promise<{
  readonly readings: readonly CreatorReading[];
  readonly scene: Scene;
  readonly lookups: () => readonly Readonly<Record<string, unknown>>[];
}> {
  const regions = [
    { name: REGION, items, events },
    { name: 'us-east-1', items: [], events: home },
  ];
  const made = await scene(
    { accounts: [{ id: HOME, regions }] },
    { creators: 'cloudtrail', ...settings },
    faults,
  );
  const found: CreatorReading[] = [];
  for (const one of await everything(made)) found.push(await made.inventory.whoMade!(one, signal));
  const asked = () => made.fake.calls.filter(({ operation }) => operation === 'LookupEvents');
  return { readings: found, scene: made, lookups: () => asked().map(({ input }) => input) };
}

async function everything({ inventory }: Scene): Promise<LiveResource[]> {
  const { partitions } = await inventory.plan(EVERYTHING, signal);
  const pages = [];
  for (const partition of partitions)
    pages.push(await inventory.read(partition, undefined, signal));
  return pages.flatMap(({ resources }) => [...resources]);
}

const known = (name: string, event = 'CreateBucket, event-1') => ({
  state: 'known',
  creator: { name, event },
});

describe('who made a thing, by CloudTrail', () => {
  it('is not asked unless the configuration says so', async () => {
    const { inventory } = await scene({ accounts: [{ id: HOME, regions: [] }] });
    expect(inventory.whoMade).toBeUndefined();
  });

  it('is whoever made the call that made it, around the time that AWS Config tells', async () => {
    const { readings: found, lookups } = await readings({
      items: [bucket('logs', YOUNG)],
      events: [
        creation(2, BUCKET, { eventName: 'GetBucketAcl', readOnly: true }),
        creation(3, BUCKET, { errorCode: 'AccessDenied', userIdentity: { type: 'Root' } }),
        creation(4, BUCKET, { eventName: 'PutBucketTagging' }),
        creation(1, BUCKET),
        // The name was somebody else's before.
        creation(5, BUCKET, { eventTime: '2026-10-01T08:00:00.000Z' }),
      ],
    });
    expect(found).toEqual([known('ada')]);
    expect(lookups()).toEqual([
      {
        LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: 'logs' }],
        StartTime: Date.parse('2026-11-20T06:00:00.000Z') / 1000,
        EndTime: Date.parse('2026-11-20T08:15:00.000Z') / 1000,
        MaxResults: 50,
      },
    ]);
  });

  it('is asked by id, by name and by ARN, whichever CloudTrail knows', async () => {
    const arn = `arn:aws:lambda:${REGION}:${HOME}:function:pay`;
    const type = 'AWS::Lambda::Function';
    const pay = { arn, resourceId: 'pay', resourceName: 'pay', resourceType: type, ...YOUNG };
    const { readings: found, lookups } = await readings({
      items: [pay],
      events: [creation(1, [type, arn], { eventName: 'CreateFunction20150331' })],
    });
    expect(found).toEqual([known('ada', 'CreateFunction20150331, event-1')]);
    const names = lookups().map(({ LookupAttributes }) => LookupAttributes);
    expect(names).toEqual(
      ['pay', arn].map((AttributeValue) => [{ AttributeKey: 'ResourceName', AttributeValue }]),
    );
  });

  it('is asked in the home of what belongs to no region, over all that CloudTrail remembers', async () => {
    const { readings: found } = await readings({
      items: [role('deploy')],
      home: [creation(1, ['AWS::IAM::Role', 'deploy'])],
    });
    expect(found).toEqual([known('ada', 'CreateRole, event-1')]);
  });

  it('is found on a later page, and not behind too many', async () => {
    const noise = (count: number) =>
      Array.from({ length: count }, (_, n) =>
        creation(n + 10, BUCKET, {
          eventName: 'PutBucketPolicy',
          eventTime: '2026-11-20T08:01:00.000Z',
        }),
      );
    const told = { items: [bucket('logs', YOUNG)] };
    const near = await readings({ ...told, events: [...noise(120), creation(1, BUCKET)] });
    expect(near.readings).toEqual([known('ada')]);
    expect(near.lookups()).toHaveLength(3);
    const far = await readings({ ...told, events: [...noise(600), creation(1, BUCKET)] });
    expect(far.readings).toMatchObject([{ state: 'unknown', why: 'no-record' }]);
    // Ten pages of its name; nothing is known under its ARN.
    expect(far.lookups()).toHaveLength(11);
  });

  it('costs no call for what is older than CloudTrail remembers', async () => {
    const { readings: found, lookups } = await readings({
      items: [
        bucket('old', { resourceCreationTime: '2026-01-02T03:04:05.000Z' }),
        // Its creation is not told, but AWS Config has had it for long.
        instance(1, {
          resourceCreationTime: undefined!,
          configurationItemCaptureTime: '2026-02-02T03:04:05.000Z',
        }),
      ],
    });
    expect(found).toEqual(
      [1, 2].map(() => ({
        state: 'unknown',
        why: 'no-record',
        reason: 'it was made before 2026-08-27, and CloudTrail tells of the last 90 days alone',
      })),
    );
    expect(lookups()).toEqual([]);
  });

  it('may still come for what is minutes old, and never for what is older', async () => {
    const { readings: found } = await readings({
      items: [
        bucket('fresh', { resourceCreationTime: '2026-11-25T07:55:00.000Z' }),
        bucket('logs', YOUNG),
      ],
    });
    expect(found).toMatchObject([
      { state: 'unknown', why: 'pending' },
      { state: 'unknown', why: 'no-record' },
    ]);
  });

  it('is nobody where the event names nobody', async () => {
    const { readings: found } = await readings({
      items: [bucket('logs', YOUNG)],
      events: [creation(1, BUCKET, { userIdentity: { type: 'IdentityCenterUser' } })],
    });
    expect(found).toEqual([
      { state: 'unknown', why: 'no-record', reason: 'CreateBucket (event-1) names nobody' },
    ]);
  });
});

describe('what CloudTrail is asked', () => {
  it('is two calls a second', async () => {
    const items = Array.from({ length: 5 }, (_, n) => bucket(`b${n}`, YOUNG));
    const { scene: made } = await readings({
      items,
      events: items.map(({ resourceId }, n) => creation(n, ['AWS::S3::Bucket', resourceId])),
    });
    expect(made.outside.slept).toEqual([500, 500, 500]);
  });

  it('is no more than the configuration allows in one sweep', async () => {
    const items = ['a', 'b', 'c'].map((name) => bucket(name, YOUNG));
    const { readings: found, lookups } = await readings({
      items,
      events: items.map(({ resourceId }, n) => creation(n, ['AWS::S3::Bucket', resourceId])),
      settings: { creatorLookups: 2 },
    });
    expect(found.slice(0, 2)).toMatchObject([{ state: 'known' }, { state: 'known' }]);
    expect(found[2]).toEqual({
      state: 'unknown',
      why: 'limit',
      reason: 'AWS was asked 2 times, and creatorLookups allows no more in one sweep',
    });
    expect(lookups()).toHaveLength(2);
  });

  it('counts what AWS Config is asked for too: old things without a time are many', async () => {
    const old = {
      resourceCreationTime: undefined!,
      configurationItemCaptureTime: '2026-02-02T03:04:05.000Z',
    };
    const { readings: found, scene: made } = await readings({
      items: [1, 2, 3].map((number) => instance(number, old)),
      settings: { creatorLookups: 2 },
    });
    expect(found.map((reading) => 'why' in reading && reading.why)).toEqual([
      ...['no-record', 'no-record', 'limit'],
    ]);
    const asked = made.fake.calls.filter(({ operation }) => /History|Lookup/.test(operation));
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['denied', 1, /AccessDeniedException/],
    ['html-5xx', 3, /HTTP 503/],
    ['throttle', 3, /Rate exceeded/],
    ['hang', 3, /no answer within/],
    ['repeated-token', 2, /go round in a circle/],
    ['expired-token', 8, /expired 4 times/],
  ] as const)('is not repeated for the next thing after %s', async (kind, calls, why) => {
    const { readings: found, lookups } = await readings({
      items: [bucket('logs', YOUNG), bucket('data', YOUNG)],
      events: Array.from({ length: 120 }, (_, n) =>
        creation(n, BUCKET, { eventName: 'PutBucketPolicy' }),
      ),
      faults: [{ kind, operation: 'LookupEvents' }],
      settings: kind === 'hang' ? { attemptSeconds: 0.5 } : {},
    });
    for (const reading of found) {
      expect(reading).toMatchObject({ state: 'unknown', why: 'unread' });
      expect(reading).toHaveProperty('reason', expect.stringMatching(why));
    }
    expect(lookups()).toHaveLength(calls);
  });

  it('does without the history of AWS Config where that is refused', async () => {
    const { readings: found } = await readings({
      items: [instance(1, { resourceCreationTime: undefined! })],
      events: [
        creation(1, ['AWS::EC2::Instance', instance(1).resourceId], { eventName: 'RunInstances' }),
      ],
      faults: [{ kind: 'denied', operation: 'GetResourceConfigHistory' }],
    });
    expect(found).toEqual([known('ada', 'RunInstances, event-1')]);
  });

  it('ends with the sweep', async () => {
    const { inventory, fake } = await scene(
      { accounts: [{ id: HOME, regions: [{ name: REGION, items: [bucket('logs', YOUNG)] }] }] },
      { creators: 'cloudtrail' },
    );
    opened.push(fake);
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const { resources } = await inventory.read(partitions[0]!, undefined, signal);
    const stopped = AbortSignal.abort(new Error('cancelled'));
    await expect(inventory.whoMade!(resources[0]!, stopped)).rejects.toMatchObject({
      code: 'CLOUD_STOPPED',
    });
  });
});
