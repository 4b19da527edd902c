import { afterEach, describe, expect, it } from 'vitest';

import { HOME, instance, oneRegion, REGION, role } from './estates.ts';
import { closeAll, machines, owned, scene, signal } from './tagging.ts';
import type { Scene } from './tagging.ts';

afterEach(closeAll);

describe('tags that are read before a write', () => {
  const read = async ({ tagger }: Scene, ...items: { arn: string; resourceType: string }[]) =>
    (
      await tagger.read(
        items.map((item) => owned(item).target),
        signal,
      )
    ).map(({ tags }) => tags);

  it('are none only where AWS Config has the resource and tells none either', async () => {
    const never = instance(1);
    const once = instance(2, { tags: {} });
    const behind = instance(3, { recordedTags: { owner: 'old' } });
    const alarm = {
      arn: `arn:aws:cloudwatch:${REGION}:${HOME}:alarm:cpu`,
      resourceId: 'cpu',
      resourceType: 'AWS::CloudWatch::Alarm',
    };
    const given = await scene(oneRegion(never, once, behind, alarm));
    const [neverTagged, taggedOnce, old, blind, gone] = await read(
      given,
      never,
      once,
      behind,
      alarm,
      instance(9),
    );
    expect(neverTagged).toEqual({ state: 'known', values: {} });
    expect(taggedOnce).toEqual({ state: 'known', values: {} });
    for (const tags of [old, blind, gone]) expect(tags?.state).toBe('unknown');
  });

  it('are asked of IAM for identities, page by page', async () => {
    const tags = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`k${n}`, String(n)]));
    const given = await scene(oneRegion(role('reader', { tags })));
    expect(await read(given, role('reader'), role('gone'))).toEqual([
      { state: 'known', values: tags },
      { state: 'missing' },
    ]);
  });

  it('are unknown for one part that cannot be read, and an error when none can', async () => {
    const far = `arn:aws:ec2:us-east-1:${HOME}:instance/i-1`;
    const item = instance(1, { tags: { owner: 'shop' } });
    const given = await scene(oneRegion(item), [
      { kind: 'denied', operation: 'GetResources', region: 'us-east-1' },
    ]);
    const elsewhere = { arn: far, resourceType: 'AWS::EC2::Instance' };
    const [known, denied] = await read(given, item, elsewhere);
    expect(known).toEqual({ state: 'known', values: { owner: 'shop' } });
    expect(denied).toMatchObject({ state: 'unknown' });
    await expect(read(given, elsewhere)).rejects.toMatchObject({ code: 'CLOUD_DENIED' });
  });

  it('are read in questions of 100, and one bad ARN costs the others nothing', async () => {
    const items = machines(130);
    const given = await scene(oneRegion(...items), [
      { kind: 'invalid-batch', operation: 'GetResources', arn: items[40]!.arn },
    ]);
    const tags = await read(given, ...items);
    expect(tags.filter((one) => one.state === 'known')).toHaveLength(129);
    expect(tags[40]?.state).toBe('unknown');
  });
});
