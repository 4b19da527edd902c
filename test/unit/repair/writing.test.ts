import { afterEach, describe, expect, it } from 'vitest';

import { arn, empty, world } from './world.ts';
import type { World } from './world.ts';

let one: World;
afterEach(() => one.close());

const planned = async () => one.repairs.plan({}, 'ada', one.signal);
const applied = async () =>
  one.repairs.apply((await planned()).plan.id, { actor: 'ada' }, one.signal);

describe('just before the write', () => {
  it.each([
    ['a person set the tag', { owner: 'grace' }, 'owner was not there, is "grace"'],
    ['a person set it in another spelling', { Owner: 'grace' }, 'Owner was not there, is "grace"'],
    ['somebody set the same value', { owner: 'platform' }, 'it is as planned already'],
  ])('%s: it is left alone', async (_, tags, reason) => {
    one = await world(empty(1));
    const { plan } = await planned();
    one.cloud.tags.set(arn('b00'), tags);
    const { steps } = await one.repairs.apply(plan.id, { actor: 'ada' }, one.signal);
    expect(steps[0]).toMatchObject({ state: 'skipped' });
    expect(steps[0]?.reason).toContain(reason);
    expect(one.cloud.tags.get(arn('b00'))).toEqual(tags);
    expect(one.cloud.writes).toEqual([]);
  });

  it('a tag that has nothing to do with it may change', async () => {
    one = await world(empty(1));
    const { plan } = await planned();
    one.cloud.tags.set(arn('b00'), { backup: 'daily' });
    const { tally } = await one.repairs.apply(plan.id, { actor: 'ada' }, one.signal);
    expect(tally.verified).toBe(1);
    expect(one.cloud.tags.get(arn('b00'))).toEqual({ backup: 'daily', owner: 'platform' });
  });

  it('the resource is full by now', async () => {
    one = await world(empty(1));
    const { plan } = await planned();
    const full = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`t${n}`, 'x']));
    one.cloud.tags.set(arn('b00'), full);
    const { steps } = await one.repairs.apply(plan.id, { actor: 'ada' }, one.signal);
    expect(steps[0]?.reason).toContain('it would have 51 tags');
  });

  it('it is gone, or cannot be read', async () => {
    one = await world(empty(2));
    const { plan } = await planned();
    one.cloud.tags.delete(arn('b00'));
    one.cloud.unreadable.add(arn('b01'));
    const { steps } = await one.repairs.apply(plan.id, { actor: 'ada' }, one.signal);
    expect(steps.map(({ state, reason }) => [state, reason])).toEqual([
      ['skipped', 'the resource is gone'],
      ['skipped', 'its tags could not be read: AccessDenied'],
    ]);
    expect(one.cloud.writes).toEqual([]);
  });
});

describe('what the cloud answers', () => {
  it.each([
    ['failed', 'failed', 0, 'AccessDeniedException: the fake says failed'],
    ['conflict', 'skipped', 0, 'changed since: the fake says conflict'],
    ['uncertain-written', 'verified', 1, ''],
    [
      'uncertain-lost',
      'unresolved',
      2,
      'it reads as before: the write did not arrive, or is not shown yet',
    ],
    ['lies', 'unresolved', 1, 'it reads as before: the write did not arrive, or is not shown yet'],
  ] as const)('%s is %s', async (fault, state, writes, reason) => {
    one = await world(empty(1));
    one.cloud.faults.set(arn('b00'), fault);
    const { steps } = await applied();
    expect(steps).toMatchObject([{ state, reason }]);
    expect(one.cloud.writes).toHaveLength(writes);
  });

  it('is read where the tagger breaks as a whole', async () => {
    one = await world(empty(2));
    one.cloud.hook = (step) => {
      if (step === 'write') throw new Error('socket hang up');
    };
    expect((await applied()).tally).toMatchObject({ unresolved: 2 });
  });
});
