import { afterEach, describe, expect, it } from 'vitest';

import { startFakeGoogle } from '../../../../../src/clouds/fakes/google/index.ts';
import type {
  FakeGoogle,
  FakeGoogleOptions,
} from '../../../../../src/clouds/fakes/google/index.ts';
import { BUCKET, ESTATE, INSTANCE, manyDisks, TOPIC } from '../../google/world.ts';
import { fakeOutside } from '../../outside.ts';
import type { FakeOutside } from '../../outside.ts';

let fake: FakeGoogle;
let outside: FakeOutside;
afterEach(async () => await fake.close());

async function start(options: Partial<FakeGoogleOptions> = {}): Promise<void> {
  outside = fakeOutside();
  fake = await startFakeGoogle({ estate: ESTATE, clock: outside.clock, ...options });
}

interface Told {
  readonly status: number;
  readonly body: unknown;
}

async function ask(path: string, init?: RequestInit): Promise<Told> {
  const response = await fetch(`${fake.url}${path}`, init);
  return { status: response.status, body: await response.json() };
}

async function send(method: string, path: string, body: unknown): Promise<Told> {
  return await ask(path, { method, body: JSON.stringify(body) });
}

const SEARCH = '/v1/organizations/1:searchAllResources';
const LIST = '/v1/projects/shop/assets?contentType=RESOURCE';
const WEB = '/compute.googleapis.com/compute/v1/projects/shop/zones/europe-west1-b/instances/web';
const MEDIA = '/storage.googleapis.com/storage/v1/b/shop-media';
const ORDERS = '/pubsub.googleapis.com/v1/projects/shop/topics/orders';

describe('the fake of Cloud Asset Inventory', () => {
  it('tells in a search what the index knows, and of that what the mask names', async () => {
    await start();
    const whole = await ask(`${SEARCH}?assetTypes=${INSTANCE.assetType}`);
    expect(whole.body).toEqual({
      results: [
        {
          name: INSTANCE.name,
          assetType: INSTANCE.assetType,
          project: 'projects/1001',
          folders: ['folders/20'],
          organization: 'organizations/1',
          displayName: 'web',
          location: 'europe-west1-b',
          labels: { owner: 'shop', env: 'prod' },
          networkTags: ['http-server'],
          createTime: '2026-02-01T00:00:00Z',
          parentFullResourceName: '//cloudresourcemanager.googleapis.com/projects/1001',
        },
      ],
    });
    const masked = await ask(`${SEARCH}?assetTypes=${INSTANCE.assetType}&readMask=name,location`);
    expect(masked.body).toEqual({
      results: [{ name: INSTANCE.name, location: 'europe-west1-b' }],
    });
  });

  it('lists resources with their data, as of now', async () => {
    await start();
    const { body } = await ask(`${LIST}&assetTypes=${BUCKET.assetType}`);
    expect(body).toEqual({
      readTime: '2026-11-25T08:00:00.000Z',
      assets: [
        {
          name: BUCKET.name,
          assetType: BUCKET.assetType,
          ancestors: ['projects/1001', 'folders/20', 'organizations/1'],
          resource: {
            version: 'v1',
            parent: '//cloudresourcemanager.googleapis.com/projects/1001',
            location: 'eu',
            data: BUCKET.data,
          },
        },
      ],
    });
  });

  it.each([
    ['organizations/1', 4],
    ['folders/20', 3],
    ['projects/shop', 3],
    ['projects/1001', 3],
  ])('finds what is below %s', async (scope, count) => {
    await start();
    const { body } = await ask(`/v1/${scope}:searchAllResources?readMask=name`);
    expect(body).toMatchObject({ results: { length: count } });
  });

  it('caps a search at 500 results, and refuses a list of more than 1,000 or less than 1', async () => {
    await start({ estate: { ...ESTATE, assets: manyDisks(1100) } });
    const { body } = await ask(`${SEARCH}?pageSize=5000&readMask=name`);
    expect(body).toMatchObject({ results: { length: 500 } });
    const list = '/v1/projects/lab/assets?contentType=1';
    expect((await ask(`${list}&pageSize=1000`)).body).toMatchObject({ assets: { length: 1000 } });
    expect((await ask(list)).body).toMatchObject({ assets: { length: 100 } });
    expect((await ask(`${list}&pageSize=1001`)).status).toBe(400);
    expect((await ask(`${list}&pageSize=0`)).status).toBe(400);
  });

  it('takes a page token with the parameters that it was given for alone', async () => {
    await start({ estate: { ...ESTATE, assets: manyDisks(7) } });
    const list = '/v1/projects/lab/assets?contentType=1';
    const first = await ask(`${list}&pageSize=5`);
    const { nextPageToken } = first.body as { nextPageToken: string };
    const rest = await ask(`${list}&pageSize=5&pageToken=${nextPageToken}`);
    expect(rest.body).toMatchObject({ assets: { length: 2 } });
    expect(rest.body).not.toHaveProperty('nextPageToken');
    expect((await ask(`${list}&pageSize=6&pageToken=${nextPageToken}`)).status).toBe(400);
  });

  it.each([
    `${SEARCH}?query=labels.owner:*`,
    `${SEARCH}?orderBy=name`,
    `${SEARCH}?readMask=name,versionedResources`,
    `${SEARCH}?assetTypes=.*Instance.*`,
    `${SEARCH}?pageToken=made-up`,
    '/v1/projects/shop/assets',
    '/v1/projects/shop/assets?contentType=IAM_POLICY',
    '/v1/projects/shop/assets?contentType=1&readTime=2026-01-01T00:00:00Z',
  ])('refuses %s aloud', async (path) => {
    await start();
    expect(await ask(path)).toMatchObject({
      status: 400,
      body: { error: { code: 400, status: 'INVALID_ARGUMENT' } },
    });
  });

  it('does not tell a scope that is not there from one that may not be seen', async () => {
    await start();
    expect(await ask('/v1/projects/nowhere:searchAllResources')).toMatchObject({
      status: 403,
      body: { error: { status: 'PERMISSION_DENIED' } },
    });
  });

  it('allows 400 searches and 100 lists a minute', async () => {
    await start({ estate: { ...ESTATE, assets: [] } });
    const statuses = async (path: string, count: number): Promise<number[]> => {
      const all: number[] = [];
      for (let i = 0; i < count; i++) all.push((await ask(path)).status);
      return all;
    };
    const counted = (all: readonly number[]) => all.filter((status) => status === 200).length;
    expect(counted(await statuses(LIST, 110))).toBe(100);
    expect(counted(await statuses(SEARCH, 410))).toBe(400);
    outside.advance(60_000);
    expect(counted(await statuses(LIST, 5))).toBe(5);
  });

  it('tells of an index that is behind what was so when it started', async () => {
    await start({ faults: [{ kind: 'stale' }] });
    fake.setLabels(BUCKET.name, { owner: 'new' });
    const { body } = await ask(`${SEARCH}?assetTypes=${BUCKET.assetType}&readMask=labels`);
    expect(body).toEqual({ results: [{ labels: { team: 'media' } }] });
    const listed = await ask(`${LIST}&assetTypes=${BUCKET.assetType}`);
    expect(listed.body).toMatchObject({
      assets: [{ resource: { data: { labels: { owner: 'new' } } } }],
    });
  });

  it('gives an empty page first, then two at a time, when pages are short', async () => {
    await start({ faults: [{ kind: 'short-pages' }] });
    const sizes: number[] = [];
    let token = '';
    do {
      const { body } = await ask(`${LIST}${token === '' ? '' : `&pageToken=${token}`}`);
      const page = body as { assets: unknown[]; nextPageToken?: string };
      sizes.push(page.assets.length);
      token = page.nextPageToken ?? '';
    } while (token !== '');
    expect(sizes).toEqual([0, 2, 1]);
  });
});

describe('the fake of the services that keep labels', () => {
  it('replaces the whole set of an instance, under the fingerprint of the set before', async () => {
    await start();
    const { body } = await ask(WEB);
    const { labelFingerprint } = body as { labelFingerprint: string };
    const change = { labels: { owner: 'us' }, labelFingerprint };
    expect((await send('POST', `${WEB}/setLabels`, change)).body).toMatchObject({
      status: 'RUNNING',
    });
    expect(fake.labels(INSTANCE.name)).toEqual({ owner: 'us' });
    expect(await send('POST', `${WEB}/setLabels`, change)).toMatchObject({
      status: 412,
      body: { error: { errors: [{ reason: 'conditionNotMet' }] } },
    });
    expect((await send('POST', `${WEB}/setLabels`, { labels: {} })).status).toBe(412);
  });

  it('ends an operation at the second question', async () => {
    await start();
    const { body } = await ask(WEB);
    const { labelFingerprint } = body as { labelFingerprint: string };
    const begun = await send('POST', `${WEB}/setLabels`, { labels: {}, labelFingerprint });
    const { name } = begun.body as { name: string };
    const operation = WEB.replace('instances/web', `operations/${name}`);
    const states = [await ask(operation), await ask(operation)].map(({ body: state }) => state);
    expect(states).toMatchObject([{ status: 'RUNNING' }, { status: 'DONE' }]);
    expect((await ask(`${operation}-other`)).status).toBe(404);
  });

  it('merges the labels of a bucket, removes with null, and counts generations', async () => {
    await start();
    expect((await ask(MEDIA)).body).toMatchObject({ metageneration: '1' });
    const patch = { labels: { owner: 'us', team: null } };
    const path = `${MEDIA}?ifMetagenerationMatch=1`;
    expect((await send('PATCH', path, patch)).body).toMatchObject({
      labels: { owner: 'us' },
      metageneration: '2',
    });
    expect((await send('PATCH', path, patch)).status).toBe(412);
  });

  it('updates a topic by the mask beside it, and nothing without', async () => {
    await start();
    const topic = { name: 'projects/shop/topics/orders', labels: { owner: 'us' } };
    expect((await send('PATCH', ORDERS, { topic })).status).toBe(400);
    const elsewhere = { topic: { ...topic, name: 'projects/shop/topics/x' }, updateMask: 'labels' };
    expect((await send('PATCH', ORDERS, elsewhere)).status).toBe(400);
    expect((await send('PATCH', ORDERS, { topic, updateMask: 'labels' })).status).toBe(200);
    expect(fake.labels(TOPIC.name)).toEqual({ owner: 'us' });
  });

  it.each([
    [{ Owner: 'us' }],
    [{ owner: 'Us' }],
    [{ '1st': 'us' }],
    [{ owner: 'u s' }],
    [{ owner: 'x'.repeat(64) }],
    [{ owner: '所'.repeat(43) }],
    [{ owner: 7 }],
    [Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${index}`, 'v']))],
  ])('refuses labels like %j', async (labels) => {
    await start();
    const { status } = await send('PATCH', `${MEDIA}?ifMetagenerationMatch=1`, { labels });
    expect(status).toBe(400);
    expect(fake.labels(BUCKET.name)).toEqual({ team: 'media' });
  });

  it.each([
    ['GET', `${WEB}x`],
    ['POST', `${WEB}/stop`],
    ['DELETE', WEB],
    ['PATCH', WEB],
    ['GET', '/dns.googleapis.com/dns/v1/projects/shop/managedZones/x'],
    ['GET', '/'],
  ])('does not know %s %s', async (method, path) => {
    await start();
    expect((await ask(path, { method })).status).toBe(404);
  });

  it('is asked with a token where it wants one', async () => {
    await start({ accepts: (token) => token === 'good' });
    expect((await ask(WEB)).status).toBe(401);
    const headers = { authorization: 'Bearer good' };
    expect((await ask(WEB, { headers })).status).toBe(200);
  });

  it('shows the estate as it became, and who asked for what', async () => {
    await start();
    expect(fake.estate()).toEqual(ESTATE);
    await send('PATCH', `${MEDIA}?ifMetagenerationMatch=1`, { labels: { owner: 'us' } });
    const changed = fake.estate().assets.find(({ name }) => name === BUCKET.name);
    expect(changed?.data).toMatchObject({ labels: { team: 'media', owner: 'us' } });
    expect(BUCKET.data).toMatchObject({ labels: { team: 'media' } });
    expect(fake.calls).toMatchObject([
      { method: 'PATCH', permission: 'storage.buckets.update', project: 'shop' },
    ]);
  });
});
