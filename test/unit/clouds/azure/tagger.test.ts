import { afterEach, describe, expect, it } from 'vitest';

import { openAzureTagger } from '../../../../src/clouds/azure/tagger.ts';
import type {
  FakeArmResource,
  FakeCall,
  FakeFault,
} from '../../../../src/clouds/fakes/azure/index.ts';
import type { TagChange, TagTarget } from '../../../../src/clouds/tagger.ts';
import {
  ACCOUNT,
  ESTATE,
  resource,
  SECRET,
  SHOP,
  startWorld,
  subscription,
  VAULT,
} from './world.ts';
import type { World } from './world.ts';

const { signal } = new AbortController();
const open: World[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ fake }) => fake.close()));
});

async function world(
  faults: readonly FakeFault[] = [],
  {
    resources = [ACCOUNT, VAULT],
    attemptMs,
  }: { resources?: FakeArmResource[]; attemptMs?: number } = {},
) {
  const [, , secret] = ESTATE.subscriptions;
  const estate = { ...ESTATE, subscriptions: [subscription(SHOP, resources), secret!] };
  const started = await startWorld({ estate, faults });
  open.push(started);
  const instead = attemptMs === undefined ? {} : { attemptMs };
  const tagger = await openAzureTagger(started.settings, started.outside, instead);
  const tagsOf = ({ id }: FakeArmResource) =>
    started.fake
      .estate()
      .subscriptions.flatMap((one) => one.resources)
      .find((one) => one.id === id)?.tags;
  const write = async (one: FakeArmResource, change: Partial<TagChange>) => {
    const results = await tagger.write(
      [{ target: targetOf(one), set: {}, remove: [], ...change }],
      signal,
    );
    return results[0]!;
  };
  return { ...started, tagger, tagsOf, write };
}

function targetOf({ id, type }: FakeArmResource): TagTarget {
  return { address: id.toLowerCase(), type: type.toLowerCase(), scope: { subscription: SHOP } };
}

function writes(calls: readonly FakeCall[]) {
  return calls
    .filter(({ method }) => method !== 'GET')
    .map(({ method, body }) => ({ method, body }));
}

describe('writing tags in Azure', () => {
  it('merges what is set, deletes what is removed with the value it has, and sends nothing else', async () => {
    const { fake, write, tagsOf } = await world();
    const result = await write(ACCOUNT, {
      set: { team: 'shop', env: 'prod' },
      remove: ['Owner', 'never-there'],
    });
    expect(result.outcome).toBe('done');
    expect(tagsOf(ACCOUNT)).toEqual({ env: 'prod', team: 'shop' });
    expect(tagsOf(VAULT)).toEqual({ owner: 'ops' });
    expect(writes(fake.calls)).toEqual([
      { method: 'PATCH', body: { operation: 'Merge', properties: { tags: { team: 'shop' } } } },
      {
        method: 'PATCH',
        body: { operation: 'Delete', properties: { tags: { Owner: 'team-shop' } } },
      },
    ]);
  });

  it('writes nothing where everything is as it should be', async () => {
    const { fake, write } = await world();
    expect((await write(VAULT, { set: { owner: 'ops' } })).outcome).toBe('done');
    expect(writes(fake.calls)).toEqual([]);
  });

  it.each([
    { set: { owner: 'x' }, remove: [], why: 'the value of Owner would be overwritten' },
    { set: { owner: 'x' }, remove: ['Owner'], why: 'the tag just written would be deleted' },
    { set: { team: 'x', TEAM: 'y' }, remove: [], why: 'the two are one' },
  ])('refuses a name that is there in another case: $why', async ({ set, remove }) => {
    const { fake, write, tagsOf } = await world();
    const result = await write(ACCOUNT, { set, remove });
    expect(result).toMatchObject({
      outcome: 'failed',
      code: 'CLOUD_INVALID',
      reason: 'TagNameCase',
    });
    expect(writes(fake.calls)).toEqual([]);
    expect(tagsOf(ACCOUNT)).toEqual(ACCOUNT.tags);
  });

  it('does not remove a tag whose name differs from the one it was told of', async () => {
    const { write, tagsOf } = await world();
    expect((await write(ACCOUNT, { remove: ['OWNER'] })).outcome).toBe('done');
    expect(tagsOf(ACCOUNT)).toEqual(ACCOUNT.tags);
  });

  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, 'x']));
  it.each([
    { type: 'Microsoft.KeyVault/vaults', tags: many(50), key: 'one-more', says: /at most 50/ },
    { type: 'Microsoft.ApiManagement/service', tags: many(15), key: 'one', says: /at most 15/ },
    { type: 'Microsoft.Storage/storageAccounts', tags: {}, key: 'k'.repeat(129), says: /128/ },
  ])('refuses what $type does not take', async ({ type, tags, key, says }) => {
    const one = resource(type, 'full', { tags });
    const { fake, write } = await world([], { resources: [one] });
    expect(await write(one, { set: { [key]: 'x' } })).toMatchObject({
      outcome: 'failed',
      reason: 'TagLimit',
      message: expect.stringMatching(says) as string,
    });
    expect(writes(fake.calls)).toEqual([]);
  });

  it('does not write over what changed since it was read', async () => {
    const { fake, tagger, write } = await world();
    const [{ version } = { version: '' }] = await tagger.read([targetOf(VAULT)], signal);
    fake.setTags(VAULT.id, { owner: 'somebody else' });
    expect(
      await write(VAULT, { set: { team: 'x' }, ...(version ? { version } : {}) }),
    ).toMatchObject({ outcome: 'conflict', reason: 'TagsChanged' });
    expect(writes(fake.calls)).toEqual([]);
  });
});

describe('what became of a write', () => {
  const on = 'tags-write' as const;
  it.each<{
    harm: FakeFault['harm'];
    outcome: string;
    code?: string;
    reason?: string;
    calls: number;
  }>([
    { harm: { kind: 'refuse', status: 409, code: 'Conflict' }, outcome: 'conflict', calls: 1 },
    { harm: { kind: 'refuse', status: 412, code: 'Changed' }, outcome: 'conflict', calls: 1 },
    {
      harm: { kind: 'refuse', status: 409, code: 'ScopeLocked' },
      outcome: 'failed',
      reason: 'ScopeLocked',
      calls: 1,
    },
    {
      harm: { kind: 'refuse', status: 403, code: 'AuthorizationFailed' },
      outcome: 'failed',
      code: 'CLOUD_DENIED',
      reason: 'AuthorizationFailed',
      calls: 1,
    },
    { harm: { kind: 'expired' }, outcome: 'failed', code: 'CLOUD_CREDENTIALS', calls: 1 },
    {
      harm: { kind: 'throttle', retryAfter: 2 },
      outcome: 'failed',
      code: 'CLOUD_THROTTLED',
      calls: 3,
    },
    {
      harm: { kind: 'throttle', retryAfter: 3600 },
      outcome: 'failed',
      code: 'CLOUD_PARKED',
      calls: 1,
    },
    {
      harm: { kind: 'reset', done: true },
      outcome: 'uncertain',
      code: 'CLOUD_UNAVAILABLE',
      calls: 1,
    },
    {
      harm: { kind: 'hang', done: true },
      outcome: 'uncertain',
      code: 'CLOUD_UNAVAILABLE',
      calls: 1,
    },
    { harm: { kind: 'half-body' }, outcome: 'uncertain', code: 'CLOUD_UNAVAILABLE', calls: 1 },
    { harm: { kind: 'html', status: 502, done: true }, outcome: 'uncertain', calls: 1 },
    {
      harm: { kind: 'html', status: 503, done: true, retryAfter: 60 },
      outcome: 'uncertain',
      code: 'CLOUD_UNAVAILABLE',
      calls: 1,
    },
    { harm: { kind: 'slow', polls: 3 }, outcome: 'done', calls: 1 },
    { harm: { kind: 'slow', polls: 1, ends: 'failed' }, outcome: 'uncertain', calls: 1 },
    { harm: { kind: 'stray' }, outcome: 'uncertain', calls: 1 },
  ])(
    '$harm.kind $harm.status $harm.retryAfter $harm.ends: $outcome, in $calls writes',
    async (row) => {
      const attempt = row.harm.kind === 'hang' ? { attemptMs: 1500 } : {};
      const { fake, write } = await world([{ on, harm: row.harm }], attempt);
      const result = await write(VAULT, { set: { team: 'shop' } });
      const { code, reason } = row;
      expect(result).toMatchObject({
        outcome: row.outcome,
        ...(code === undefined ? {} : { code }),
        ...(reason === undefined ? {} : { reason }),
      });
      expect(writes(fake.calls)).toHaveLength(row.calls);
    },
  );

  it('is tried again after throttling, once it may be', async () => {
    const { write, outside, tagsOf } = await world([
      { on, times: 1, harm: { kind: 'throttle', retryAfter: 2 } },
    ]);
    expect((await write(VAULT, { set: { team: 'shop' } })).outcome).toBe('done');
    expect(outside.slept).toContain(2000);
    expect(tagsOf(VAULT)).toEqual({ owner: 'ops', team: 'shop' });
  });

  it('is not tried again when it was accepted and the questions after it are throttled', async () => {
    const { fake, write } = await world([
      { on, harm: { kind: 'slow', polls: 1 } },
      { on: 'tags-poll', harm: { kind: 'throttle', retryAfter: 1 } },
    ]);
    expect(await write(VAULT, { set: { team: 'shop' } })).toMatchObject({ outcome: 'uncertain' });
    expect(writes(fake.calls)).toHaveLength(1);
  });

  it('asks no more about a write when its time is over', async () => {
    const { fake, write } = await world([{ on, harm: { kind: 'slow', polls: 1_000_000 } }], {
      attemptMs: 3000,
    });
    expect(await write(VAULT, { set: { team: 'shop' } })).toMatchObject({ outcome: 'uncertain' });
    const asked = fake.calls.length;
    expect(asked).toBeGreaterThan(2);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(fake.calls.length).toBeLessThanOrEqual(asked + 1);
  });

  it('is uncertain when what was to be set is set, and what was to be removed is not', async () => {
    const { write, tagsOf } = await world([
      { on, about: 'Delete', harm: { kind: 'refuse', status: 403, code: 'AuthorizationFailed' } },
    ]);
    const result = await write(VAULT, { set: { team: 'shop' }, remove: ['owner'] });
    expect(result).toMatchObject({ outcome: 'uncertain', code: 'CLOUD_DENIED' });
    expect(tagsOf(VAULT)).toEqual({ owner: 'ops', team: 'shop' });
  });
});

describe('reading tags in Azure', () => {
  it.each<{ harm: FakeFault['harm']; state: string }>([
    { harm: { kind: 'refuse', status: 403, code: 'AuthorizationFailed' }, state: 'unknown' },
    { harm: { kind: 'refuse', status: 404, code: 'ResourceNotFound' }, state: 'missing' },
    { harm: { kind: 'refuse', status: 404, code: 'InvalidResourceType' }, state: 'unknown' },
    { harm: { kind: 'wrong-shape' }, state: 'unknown' },
    { harm: { kind: 'throttle', retryAfter: 3600 }, state: 'unknown' },
  ])('$harm.kind $harm.code: $state, and the others are read', async ({ harm, state }) => {
    const { tagger } = await world([{ on: 'tags-read', about: 'shopkeys', harm }]);
    const readings = await tagger.read([targetOf(VAULT), targetOf(ACCOUNT)], signal);
    expect(readings.map(({ tags }) => tags.state)).toEqual([state, 'known']);
  });

  it('says nothing of a subscription that it may not see', async () => {
    const { tagger } = await world();
    const unseen = resource('Microsoft.KeyVault/vaults', 'unseen', {}, SECRET);
    const [reading] = await tagger.read([targetOf(unseen)], signal);
    expect(reading?.tags.state).toBe('unknown');
  });

  it('fails when there are no credentials', async () => {
    const { tagger } = await world([{ on: 'tags-read', harm: { kind: 'expired' } }]);
    await expect(tagger.read([targetOf(VAULT)], signal)).rejects.toMatchObject({
      code: 'CLOUD_CREDENTIALS',
    });
  });
});
