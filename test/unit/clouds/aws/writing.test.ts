import { afterEach, describe, expect, it } from 'vitest';

import type { AwsFault } from '../../../../src/clouds/fakes/aws/index.ts';
import { bucket, HOME, instance, oneRegion, OTHER, REGION } from './estates.ts';
import { closeAll, machines, owned, scene } from './tagging.ts';

afterEach(closeAll);

describe('a batch that fails in part', () => {
  it('is 13 done and 7 with their own codes, none counted twice', async () => {
    const items = machines(20);
    const throttled = items.slice(0, 4).map(({ arn }) => arn);
    const refused = items.slice(4, 7).map(({ arn }) => arn);
    const { write, writes } = await scene(oneRegion(...items), [
      ...throttled.map((arn): AwsFault => ({ kind: 'throttle-embedded', arn })),
      ...refused.map((arn): AwsFault => ({
        kind: 'fail-embedded',
        arn,
        code: 'AccessDeniedException',
      })),
    ]);
    const results = await write(items.map((item) => owned(item)));
    expect(results.map(({ target }) => target.address)).toEqual(items.map(({ arn }) => arn));
    expect(results.filter(({ outcome }) => outcome === 'done')).toHaveLength(13);
    for (const result of results.slice(0, 4))
      expect(result).toMatchObject({
        outcome: 'failed',
        code: 'CLOUD_THROTTLED',
        reason: 'ThrottlingException',
      });
    for (const result of results.slice(4, 7))
      expect(result).toMatchObject({
        outcome: 'failed',
        code: 'CLOUD_DENIED',
        reason: 'AccessDeniedException',
      });
    const [first, ...retries] = writes();
    expect(first).toHaveLength(20);
    // Each that was throttled alone, three times; what was refused for another reason is not asked again.
    expect(retries.every((arns) => arns.length === 1)).toBe(true);
    expect(retries.flat().sort()).toEqual(throttled.flatMap((arn) => [arn, arn, arn]).sort());
  });

  it('is done in the end where the throttling passes', async () => {
    const items = machines(3);
    const { write } = await scene(oneRegion(...items), [
      { kind: 'throttle-embedded', arn: items[1]!.arn, times: 2 },
    ]);
    const results = await write(items.map((item) => owned(item)));
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
  });

  it('is uncertain for a resource whose service did not answer', async () => {
    const item = instance(1, { tags: {}, taggable: false });
    const { write } = await scene(oneRegion(item));
    expect(await write([owned(item)])).toMatchObject([
      { outcome: 'uncertain', code: 'CLOUD_UNAVAILABLE', reason: 'InternalServiceException' },
    ]);
  });
});

describe('batches', () => {
  it('hold 20 resources at most, of one account and region and one change', async () => {
    const items = machines(45);
    const other = instance(1, {
      arn: `arn:aws:ec2:${REGION}:${OTHER}:instance/i-1`,
      resourceId: 'other',
      tags: {},
    });
    const { write, writes } = await scene({
      accounts: [
        { id: HOME, regions: [{ name: REGION, items }] },
        { id: OTHER, regions: [{ name: REGION, items: [other] }] },
      ],
    });
    const elsewhere = owned(other);
    const results = await write([
      ...items.map((item, index) => owned(item, index < 42 ? 'shop' : 'data')),
      { ...elsewhere, target: { ...elsewhere.target, scope: { account: OTHER, region: REGION } } },
    ]);
    expect(results.every(({ outcome }) => outcome === 'done')).toBe(true);
    expect(
      writes()
        .map(({ length }) => length)
        .sort((a, b) => b - a),
    ).toEqual([20, 20, 3, 2, 1]);
  });

  it('keep the order of the changes of one resource', async () => {
    const item = instance(1, { tags: {} });
    const { write, ownersNow } = await scene(oneRegion(item));
    await write([owned(item, 'a'), owned(item, 'b'), owned(item, 'a')]);
    expect(ownersNow()[item.resourceId]).toBe('a');
  });

  it('go where the resource is: global services to us-east-1, buckets to their region', async () => {
    const distribution = {
      arn: `arn:aws:cloudfront::${HOME}:distribution/E1`,
      resourceId: 'E1',
      resourceType: 'AWS::CloudFront::Distribution',
      tags: {},
    };
    const { write, fake } = await scene({
      accounts: [
        {
          id: HOME,
          regions: [
            { name: REGION, items: [bucket('b', { tags: {} })] },
            { name: 'us-east-1', items: [distribution] },
          ],
        },
      ],
    });
    const results = await write([owned(bucket('b')), owned(distribution)]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    const regions = fake.calls.filter(({ operation }) => operation === 'TagResources');
    expect(regions.map(({ region }) => region).sort()).toEqual([REGION, 'us-east-1']);
  });
});

describe('a call that is refused for one bad ARN', () => {
  it('is halved until only that one has failed', async () => {
    const items = machines(20);
    const bad = items[13]!.arn;
    const { write, ownersNow } = await scene(oneRegion(...items), [
      { kind: 'invalid-batch', operation: 'TagResources', arn: bad },
    ]);
    const results = await write(items.map((item) => owned(item)));
    expect(results.filter(({ outcome }) => outcome === 'done')).toHaveLength(19);
    expect(results[13]).toMatchObject({
      outcome: 'failed',
      code: 'CLOUD_INVALID',
      reason: 'InvalidParameterException',
    });
    expect(Object.values(ownersNow()).filter((owner) => owner === 'shop')).toHaveLength(19);
  });

  it('is read before it is halved: what is written already is not written again', async () => {
    const items = machines(4).map((item, index) =>
      index < 2 ? { ...item, tags: { owner: 'shop' } } : item,
    );
    const { write, writes } = await scene(oneRegion(...items), [
      { kind: 'invalid-batch', operation: 'TagResources', arn: items[3]!.arn },
    ]);
    const results = await write(items.map((item) => owned(item)));
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'failed']);
    const [, ...halves] = writes();
    expect(halves).toEqual([[items[2]!.arn], [items[3]!.arn]]);
  });
});

describe('a write of which nobody knows whether it happened', () => {
  it.each<[string, AwsFault['kind'], boolean]>([
    ['an answer that is lost', 'lost-answer', true],
    ['silence', 'hang', false],
    ['a reset', 'reset', false],
    ['a 503 with a page of HTML', 'html-5xx', false],
    ['half an answer', 'half-body', true],
  ])('is uncertain after %s, and is not tried again', async (_, kind, written) => {
    const item = instance(1, { tags: {} });
    const { write, writes, ownersNow } = await scene(
      oneRegion(item),
      [{ kind, operation: 'TagResources' }],
      2,
    );
    expect(await write([owned(item)])).toMatchObject([{ outcome: 'uncertain' }]);
    expect(writes()).toHaveLength(1);
    expect(ownersNow()[item.resourceId]).toBe(written ? 'shop' : undefined);
  });

  it('is uncertain when tags were set and the others could not be removed', async () => {
    const item = instance(1, { tags: { old: 'x' } });
    const { write, ownersNow } = await scene(oneRegion(item), [
      { kind: 'denied', operation: 'UntagResources' },
    ]);
    expect(await write([{ ...owned(item), remove: ['old'] }])).toMatchObject([
      { outcome: 'uncertain', code: 'CLOUD_DENIED', reason: 'AccessDeniedException' },
    ]);
    expect(ownersNow()[item.resourceId]).toBe('shop');
  });
});

describe('a write that certainly did not happen', () => {
  it('is tried again after throttling, as late as the service asks', async () => {
    const item = instance(1, { tags: {} });
    const { write, outside, writes } = await scene(oneRegion(item), [
      { kind: 'throttle', operation: 'TagResources', retryAfter: '7', times: 1 },
    ]);
    expect(await write([owned(item)])).toMatchObject([{ outcome: 'done' }]);
    expect(outside.slept).toContain(7000);
    expect(writes()).toHaveLength(2);
  });

  it('is given up at once when the service asks for an hour', async () => {
    const item = instance(1, { tags: {} });
    const { write, outside, writes } = await scene(oneRegion(item), [
      { kind: 'throttle', operation: 'TagResources', retryAfter: '3600' },
    ]);
    expect(await write([owned(item)])).toMatchObject([{ outcome: 'failed', code: 'CLOUD_PARKED' }]);
    expect(outside.slept).toEqual([]);
    expect(writes()).toHaveLength(1);
  });

  it('is done with a new session when the old one ended early', async () => {
    const item = instance(1, { tags: {} });
    const { write } = await scene(oneRegion(item), [
      { kind: 'expired-credentials', operation: 'TagResources', times: 1 },
    ]);
    expect(await write([owned(item)])).toMatchObject([{ outcome: 'done' }]);
  });

  it.each([
    ['tags of a stack', `arn:aws:cloudformation:${REGION}:${HOME}:stack/shop/1`],
    ['what has no ARN', 'aws-config/1/r/AWS::X::Y/z'],
  ])('never reaches AWS: %s', async (_, address) => {
    const { write, fake } = await scene(oneRegion());
    const change = owned({ arn: address, resourceType: 'AWS::CloudFormation::Stack' });
    expect(await write([change])).toMatchObject([{ outcome: 'failed', code: 'CLOUD_INVALID' }]);
    expect(fake.calls).toEqual([]);
  });

  it('never reaches AWS with more tags than one call takes', async () => {
    const { write, fake } = await scene(oneRegion(instance(1)));
    const set = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']));
    expect(await write([{ ...owned(instance(1)), set }])).toMatchObject([{ outcome: 'failed' }]);
    expect(fake.calls).toEqual([]);
  });
});
