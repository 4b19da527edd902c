import { once } from 'node:events';

import { OAuth2Client } from 'google-auth-library';
import { afterEach, describe, expect, it } from 'vitest';

import type { GoogleFault } from '../../../../src/clouds/fakes/google/index.ts';
import { CloudError } from '../../../../src/clouds/errors.ts';
import type { Partition } from '../../../../src/clouds/inventory.ts';
import {
  BARE_DISK,
  bearer,
  ESTATE,
  EVERYTHING,
  manyDisks,
  NO_END,
  openWorld,
  sweep,
  TOKEN,
} from './world.ts';
import type { World } from './world.ts';

const SEARCH = 'cloudasset.assets.searchAllResources';
const LIST = 'cloudasset.assets.listResource';
const DISKS: Partition = {
  key: 'lab/compute.googleapis.com/Disk',
  scope: { project: 'lab' },
  type: 'compute.googleapis.com/Disk',
};

let world: World;
afterEach(async () => await world.close());

async function openWith(...faults: readonly GoogleFault[]): Promise<World> {
  world = await openWorld({ faults });
  return world;
}

async function thrownBy(work: Promise<unknown>): Promise<CloudError> {
  try {
    await work;
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(CloudError);
    if (thrown instanceof CloudError) return thrown;
  }
  throw new Error('nothing was thrown');
}

const read = (cursor?: string) => world.inventory.read(DISKS, cursor, NO_END);
const listed = () => world.fake.calls.filter(({ permission }) => permission === LIST).length;

describe('what Google refuses', () => {
  it('tells what may not be listed by the index: labels are known, facts are not, and a gap says so', async () => {
    await openWith({ kind: 'denied', on: LIST, project: 'lab' });
    const { resources, pages } = await sweep(world.inventory);
    const disk = resources.find(({ resource }) => resource.address === BARE_DISK.name);
    expect(disk?.resource).toMatchObject({
      tags: { state: 'known', values: {} },
      unknown: ['data'],
      partial: true,
    });
    expect(disk?.resource.attributes).not.toHaveProperty('data');
    expect(pages.flatMap(({ gaps }) => gaps ?? [])).toEqual([
      {
        scope: { project: 'lab' },
        type: 'compute.googleapis.com/Disk',
        code: 'CLOUD_DENIED',
        message: expect.stringContaining('PERMISSION_DENIED') as string,
      },
    ]);
    expect(resources).toHaveLength(4);
  });

  it('reads the rest of an organisation when one project refuses everything', async () => {
    await openWith({ kind: 'denied', project: 'lab' });
    const { partitions, accounts } = await world.inventory.plan(EVERYTHING, NO_END);
    expect(accounts).toEqual(['lab', 'shop']);
    const outcomes = await Promise.allSettled(
      partitions.map((partition) => world.inventory.read(partition, undefined, NO_END)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect(await thrownBy(read())).toMatchObject({ code: 'CLOUD_DENIED' });
  });

  it('keeps a scope that refuses as an account with a gap', async () => {
    world = await openWorld({ settings: { scopes: ['organizations/1', 'folders/999'] } });
    const { accounts, gaps } = await world.inventory.plan(EVERYTHING, NO_END);
    expect(accounts).toEqual(['folders/999', 'lab', 'shop']);
    expect(gaps).toMatchObject([{ scope: { folder: 'folders/999' }, code: 'CLOUD_DENIED' }]);
  });

  it('plans nothing without credentials that are good: they are the same for every scope', async () => {
    world = await openWorld({ accepts: () => false, auth: bearer() });
    const error = await thrownBy(world.inventory.plan(EVERYTHING, NO_END));
    expect(error).toMatchObject({ code: 'CLOUD_CREDENTIALS' });
    expect(world.fake.calls).toHaveLength(1);
    expect(`${error.message} ${String(error.cause)} ${JSON.stringify(error.cause)}`).not.toContain(
      TOKEN,
    );
  });

  it('tells credentials that cannot be renewed from a service that refuses', async () => {
    const expired = new OAuth2Client();
    expired.setCredentials({ access_token: TOKEN, expiry_date: 1 });
    world = await openWorld({ auth: expired });
    const error = await thrownBy(read());
    expect(error).toMatchObject({ code: 'CLOUD_CREDENTIALS' });
    expect(error.message).toContain('GOOGLE_APPLICATION_CREDENTIALS');
    expect(world.fake.calls).toEqual([]);
  });
});

describe('what Google holds back', () => {
  it('parks what is to come back in an hour, at once', async () => {
    await openWith({ kind: 'throttled', retryAfter: 3600 });
    const error = await thrownBy(read());
    expect(error).toMatchObject({ code: 'CLOUD_PARKED', retryAt: '2026-11-25T09:00:00.000Z' });
    expect(world.outside.slept).toEqual([]);
    expect(world.fake.calls).toHaveLength(1);
  });

  it.each<GoogleFault>([
    { kind: 'throttled', times: 2 },
    { kind: 'throttled', retryAfter: 2, times: 2 },
    { kind: 'rate-limited', times: 2 },
    { kind: 'html', times: 2 },
    { kind: 'reset', times: 2 },
    { kind: 'half-body', times: 2 },
  ])('gets over %j', async (fault) => {
    await openWith(fault);
    expect((await read()).resources).toHaveLength(1);
    expect(listed()).toBe(3);
  });

  it.each<[GoogleFault['kind'], string]>([
    ['throttled', 'CLOUD_THROTTLED'],
    ['rate-limited', 'CLOUD_THROTTLED'],
    ['html', 'CLOUD_UNAVAILABLE'],
    ['reset', 'CLOUD_UNAVAILABLE'],
    ['half-body', 'CLOUD_UNAVAILABLE'],
  ])('gives up on %s that does not end, after three tries, as %s', async (kind, code) => {
    await openWith({ kind });
    expect(await thrownBy(read())).toMatchObject({ code });
    expect(listed()).toBe(3);
  });

  it('gives up on silence after three tries', async () => {
    world = await openWorld({ attemptMs: 400 });
    await read();
    world.fake.addFault({ kind: 'hang', on: LIST });
    expect(await thrownBy(read())).toMatchObject({ code: 'CLOUD_UNAVAILABLE' });
    expect(world.outside.slept).toHaveLength(2);
  });

  it('ends a call in flight when nobody wants it any more', async () => {
    await openWith({ kind: 'hang', on: LIST });
    const gone = new AbortController();
    const reading = thrownBy(world.inventory.read(DISKS, undefined, gone.signal));
    const asked = setInterval(() => {
      if (listed() > 0) gone.abort();
    }, 5);
    await once(gone.signal, 'abort');
    clearInterval(asked);
    expect(await reading).toMatchObject({ code: 'CLOUD_STOPPED' });
  });
});

describe('what cannot be trusted to be whole', () => {
  it.each<GoogleFault['kind']>(['repeated-token', 'looping-tokens'])(
    'stops at %s instead of going round',
    async (kind) => {
      world = await openWorld({
        estate: { ...ESTATE, assets: manyDisks(600) },
        faults: [{ kind, on: LIST }],
      });
      const error = await thrownBy(
        (async () => {
          let cursor: string | undefined;
          do ({ next: cursor } = await read(cursor));
          while (cursor !== undefined);
        })(),
      );
      expect(error).toMatchObject({ code: 'CLOUD_PROTOCOL' });
      expect(listed()).toBeLessThanOrEqual(3);
    },
  );

  it('stops a plan that goes round, and calls the scope unread', async () => {
    await openWith({ kind: 'repeated-token', on: SEARCH });
    const { gaps, accounts } = await world.inventory.plan(EVERYTHING, NO_END);
    expect(gaps).toMatchObject([
      { scope: { organization: 'organizations/1' }, code: 'CLOUD_PROTOCOL' },
    ]);
    expect(accounts).toContain('organizations/1');
    expect(world.fake.calls.length).toBeLessThanOrEqual(3);
  });

  it('reads a page again that it has read before', async () => {
    world = await openWorld({ estate: { ...ESTATE, assets: manyDisks(1200) } });
    const first = await read();
    const second = await read(first.next);
    expect(await read(first.next)).toEqual(second);
    expect(await read()).toEqual(first);
    expect((await read(second.next)).next).toBeUndefined();
  });

  it('takes nothing in the shape of something else for an empty page', async () => {
    await openWith({ kind: 'wrong-shape' });
    expect(await thrownBy(read())).toMatchObject({ code: 'CLOUD_PROTOCOL' });
  });

  it('gives assets without their data as unknown, with a gap', async () => {
    await openWith({ kind: 'no-data' });
    const { resources, gaps } = await read();
    expect(resources[0]?.resource.tags?.state).toBe('unknown');
    expect(gaps).toMatchObject([
      { code: 'CLOUD_PROTOCOL', message: '1 of 1 came without their data' },
    ]);
  });

  it('does not believe an empty list of what the index has counted', async () => {
    await openWith({ kind: 'blind-list' });
    const { partitions } = await world.inventory.plan(EVERYTHING, NO_END);
    const page = await world.inventory.read(partitions[0]!, undefined, NO_END);
    expect(page.resources.map(({ resource }) => resource.address)).toEqual([BARE_DISK.name]);
    expect(page.gaps).toMatchObject([{ code: 'CLOUD_PROTOCOL' }]);
  });

  it('believes an empty list when the index knows nothing any more either', async () => {
    await openWith();
    const emptied = { ...DISKS, scope: { project: 'shop' }, expected: 3 };
    expect(await world.inventory.read(emptied, undefined, NO_END)).toEqual({ resources: [] });
    expect(world.fake.calls.map(({ permission }) => permission)).toEqual([LIST, SEARCH]);
  });

  it('refuses a cursor and a part that are not its own', async () => {
    await openWith();
    expect(await thrownBy(read('elsewhere'))).toMatchObject({ code: 'CLOUD_INVALID' });
    const strange = { key: 'x', scope: { account: '1' } };
    expect(await thrownBy(world.inventory.read(strange, undefined, NO_END))).toMatchObject({
      code: 'CLOUD_INVALID',
    });
  });
});
