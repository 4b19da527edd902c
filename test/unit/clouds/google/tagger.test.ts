import { afterEach, describe, expect, it } from 'vitest';

import { startFakeGoogle } from '../../../../src/clouds/fakes/google/index.ts';
import type { GoogleAsset, GoogleFault } from '../../../../src/clouds/fakes/google/index.ts';
import { google } from '../../../../src/clouds/google/index.ts';
import { LABEL_SERVICES } from '../../../../src/clouds/google/labels/registry.ts';
import type { TagChange, TagResult } from '../../../../src/clouds/tagger.ts';
import { fakeOutside } from '../outside.ts';
import { assetOf, ONE_OF_EACH } from './examples.ts';
import {
  BUCKET,
  ESTATE,
  EVERYTHING,
  INSTANCE,
  NO_END,
  openWorld,
  sweep,
  targetOf,
  TOPIC,
} from './world.ts';
import type { World } from './world.ts';

let world: World;
afterEach(async () => await world.close());

async function openWith(...faults: readonly GoogleFault[]): Promise<void> {
  world = await openWorld({ faults });
}

async function write(
  asset: GoogleAsset,
  change: Partial<TagChange> = { set: { owner: 'us' } },
): Promise<TagResult> {
  const [result] = await world.tagger.write(
    [{ target: targetOf(asset), set: {}, remove: [], ...change }],
    NO_END,
  );
  expect(result).toBeDefined();
  return result!;
}

const writes = () => world.fake.calls.filter(({ method }) => method !== 'GET');

describe('labels by the services that keep them', () => {
  it('are written for no type without an example here', async () => {
    await openWith();
    expect(Object.keys(ONE_OF_EACH).sort()).toEqual(LABEL_SERVICES.map(({ type }) => type).sort());
  });

  it.each(Object.keys(ONE_OF_EACH))('reads, sets and removes labels of %s', async (assetType) => {
    const asset = assetOf(assetType);
    world = await openWorld({ estate: { ...ESTATE, assets: [asset] } });
    const [before] = await world.tagger.read([targetOf(asset)], NO_END);
    expect(before?.tags).toEqual({ state: 'known', values: { team: 'shop', stale: 'yes' } });
    const change = { set: { owner: 'shop' }, remove: ['stale'], version: before?.version ?? '' };
    expect(await write(asset, change)).toMatchObject({ outcome: 'done' });
    expect(world.fake.labels(asset.name)).toEqual({ team: 'shop', owner: 'shop' });
    expect(await write(asset, { ...change, set: { owner: 'other' } })).toMatchObject({
      outcome: 'conflict',
    });
    const { read, write: written } = google.permissions;
    const granted = new Set([...read, ...written].map(({ action }) => action));
    const used = world.fake.calls.map(({ permission }) => permission).filter((one) => one !== '');
    expect(used.filter((one) => !granted.has(one))).toEqual([]);
  });

  it('removes the last label', async () => {
    await openWith();
    expect(await write(BUCKET, { remove: ['team'] })).toMatchObject({ outcome: 'done' });
    expect(world.fake.labels(BUCKET.name)).toEqual({});
  });

  it('writes nothing where everything is as it should be', async () => {
    await openWith();
    expect(
      await write(INSTANCE, { set: { owner: 'shop' }, remove: ['never-there'] }),
    ).toMatchObject({ outcome: 'done' });
    expect(writes()).toEqual([]);
  });

  it('refuses a type that it does not know to write, and calls its labels unknown', async () => {
    await openWith();
    const stranger = { ...INSTANCE, assetType: 'dns.googleapis.com/ManagedZone' };
    expect(await write(stranger)).toMatchObject({
      outcome: 'failed',
      code: 'CLOUD_INVALID',
      reason: 'NOT_WRITABLE',
      message: expect.stringContaining('dns.googleapis.com/ManagedZone') as string,
    });
    const [reading] = await world.tagger.read([targetOf(stranger)], NO_END);
    expect(reading?.tags.state).toBe('unknown');
    expect(world.fake.calls).toEqual([]);
  });

  it.each([
    '//compute.googleapis.com/projects/shop/../../evil',
    '//compute.googleapis.com/projects/shop//instances/x',
    '//storage.googleapis.com/projects/shop/instances/x',
    'https://evil.example/projects/shop/zones/z/instances/x',
    '//compute.googleapis.com.evil.example/projects/shop/zones/z/instances/x',
    '',
  ])('asks nobody about a name like %j', async (name) => {
    await openWith();
    expect(await write({ ...INSTANCE, name })).toMatchObject({
      outcome: 'failed',
      reason: 'NOT_WRITABLE',
    });
    expect(world.fake.calls).toEqual([]);
  });

  it('keeps what a name holds inside its path', async () => {
    await openWith();
    await write({ ...INSTANCE, name: `${INSTANCE.name}?alt=x#y` });
    expect(world.fake.calls[0]?.path).toContain('/instances/web%3Falt=x%23y'.replace('=', '%3D'));
  });

  it('does not exceed the number of labels that a resource can have', async () => {
    await openWith();
    const many = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`k${index}`, 'v']));
    expect(await write(INSTANCE, { set: many })).toMatchObject({
      outcome: 'failed',
      reason: 'TOO_MANY_LABELS',
    });
    expect(writes()).toEqual([]);
  });
});

describe('writing labels while others do', () => {
  it('is a conflict when the fingerprint no longer fits, and goes well after a new look', async () => {
    await openWith({ kind: 'changed-behind', times: 1 });
    expect(await write(INSTANCE)).toMatchObject({ outcome: 'conflict', reason: 'conditionNotMet' });
    expect(world.fake.labels(INSTANCE.name)).toMatchObject({ 'somebody-else': 'was-here' });
    const [again] = await world.tagger.read([targetOf(INSTANCE)], NO_END);
    const change = { set: { owner: 'them' }, version: again?.version ?? '' };
    expect(await write(INSTANCE, change)).toMatchObject({ outcome: 'done' });
    expect(world.fake.labels(INSTANCE.name)).toEqual({
      owner: 'them',
      env: 'prod',
      'somebody-else': 'was-here',
    });
  });

  it.each(LABEL_SERVICES.filter(({ version }) => version !== undefined).map(({ type }) => type))(
    'notices it for %s, whose service tells by a version',
    async (assetType) => {
      const asset = assetOf(assetType);
      world = await openWorld({
        estate: { ...ESTATE, assets: [asset] },
        faults: [{ kind: 'changed-behind', times: 1 }],
      });
      expect(await write(asset)).toMatchObject({ outcome: 'conflict' });
      expect(world.fake.labels(asset.name)).not.toHaveProperty('owner');
    },
  );
});

describe('writing labels when things go wrong', () => {
  it.each<[GoogleFault['kind'], string, string]>([
    ['html', 'uncertain', 'CLOUD_UNAVAILABLE'],
    ['reset', 'uncertain', 'CLOUD_UNAVAILABLE'],
    ['lost-answer', 'uncertain', 'CLOUD_UNAVAILABLE'],
    ['half-body', 'uncertain', 'CLOUD_UNAVAILABLE'],
    ['throttled', 'failed', 'CLOUD_THROTTLED'],
    ['rate-limited', 'failed', 'CLOUD_THROTTLED'],
    ['denied', 'failed', 'CLOUD_DENIED'],
    ['expired', 'failed', 'CLOUD_CREDENTIALS'],
  ])('is %s: %s, and is sent again only when it was throttled', async (kind, outcome, code) => {
    await openWith({ kind, on: 'storage.buckets.update' });
    const result = await write(BUCKET);
    expect(result).toMatchObject({ outcome, code });
    expect(writes()).toHaveLength(code === 'CLOUD_THROTTLED' ? 3 : 1);
    const written = kind === 'lost-answer' || kind === 'half-body';
    expect(world.fake.labels(BUCKET.name)?.['owner']).toBe(written ? 'us' : undefined);
  });

  it('gets over throttling that ends', async () => {
    await openWith({ kind: 'throttled', on: 'storage.buckets.update', times: 2 });
    expect(await write(BUCKET)).toMatchObject({ outcome: 'done' });
  });

  it('leaves open what hangs, and has failed where it parks', async () => {
    world = await openWorld({ attemptMs: 400 });
    world.fake.addFault({ kind: 'hang', on: 'storage.buckets.update', times: 1 });
    expect(await write(BUCKET)).toMatchObject({ outcome: 'uncertain', code: 'CLOUD_UNAVAILABLE' });
    world.fake.addFault({ kind: 'throttled', on: 'storage.buckets.update', retryAfter: 3600 });
    expect(await write(BUCKET)).toMatchObject({ outcome: 'failed', code: 'CLOUD_PARKED' });
  });

  it('follows operations to their end, good or bad', async () => {
    await openWith({ kind: 'operation-fails', on: 'compute.instances.setLabels' });
    expect(await write(INSTANCE)).toMatchObject({ outcome: 'failed', reason: 'INTERNAL_ERROR' });
    expect(world.fake.calls.map(({ permission }) => permission)).toEqual([
      'compute.instances.get',
      'compute.instances.setLabels',
      'compute.zoneOperations.get',
      'compute.zoneOperations.get',
    ]);
  });

  it.each<GoogleFault>([
    { kind: 'operation-hangs', on: 'compute.instances.setLabels' },
    { kind: 'denied', on: 'compute.zoneOperations.get' },
    { kind: 'html', on: 'compute.zoneOperations.get' },
  ])('leaves open an operation that cannot be followed: %j', async (fault) => {
    await openWith(fault);
    expect(await write(INSTANCE)).toMatchObject({ outcome: 'uncertain', reason: 'OPERATION_OPEN' });
    expect(writes()).toHaveLength(1);
    const waited = world.outside.slept.reduce((sum, one) => sum + one, 0);
    expect(waited).toBeLessThanOrEqual(90_000);
  });

  it('does not take what is no resource for one without labels', async () => {
    await openWith({ kind: 'wrong-shape' });
    const [reading] = await world.tagger.read([targetOf(BUCKET)], NO_END);
    expect(reading?.tags.state).toBe('unknown');
    expect(await write(BUCKET)).toMatchObject({ outcome: 'failed', code: 'CLOUD_PROTOCOL' });
    expect(writes()).toEqual([]);
  });

  it('reads the others when one may not be read', async () => {
    await openWith({ kind: 'denied', on: 'storage.buckets.get' });
    const readings = await world.tagger.read([BUCKET, TOPIC].map(targetOf), NO_END);
    expect(readings.map(({ tags }) => tags.state)).toEqual(['unknown', 'known']);
  });

  it('reads nothing without credentials that are good', async () => {
    world = await openWorld({ accepts: () => false });
    await expect(world.tagger.read([targetOf(BUCKET)], NO_END)).rejects.toMatchObject({
      code: 'CLOUD_CREDENTIALS',
    });
  });
});

describe('the permissions of the Google adapter', () => {
  it('cover a sweep with reading alone, and name each once, with a reason', async () => {
    await openWith();
    await world.inventory.plan(EVERYTHING, NO_END);
    await sweep(world.inventory);
    const { read, write: written } = google.permissions;
    const used = new Set(world.fake.calls.map(({ permission }) => permission));
    expect([...used].filter((one) => !read.some(({ action }) => action === one))).toEqual([]);
    for (const list of [read, written]) {
      const actions = list.map(({ action }) => action);
      expect(new Set(actions).size).toBe(actions.length);
      expect(
        list.every(({ action, why }) => /^[a-z]+(\.[a-zA-Z]+){2}$/.test(action) && why !== ''),
      ).toBe(true);
    }
  });

  it('are asked for through the descriptor as well', async () => {
    await openWith();
    const outside = fakeOutside();
    const fake = await startFakeGoogle({ estate: ESTATE, clock: outside.clock });
    const settings = google.settings.parse({
      type: 'google',
      name: 'c',
      scopes: ['projects/shop'],
      endpoint: fake.url,
    });
    const [inventory, tagger] = [
      await google.openInventory(settings, outside),
      await google.openTagger(settings, outside),
    ];
    expect([inventory.name, inventory.adapter, tagger.name, tagger.adapter]).toEqual([
      'c',
      'google',
      'c',
      'google',
    ]);
    await inventory.close();
    await tagger.close();
    await fake.close();
  });
});
