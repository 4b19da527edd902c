import { afterEach, describe, expect, it } from 'vitest';

import { toResources } from '../../../../src/catalogue/resolve.ts';
import type { GoogleAsset } from '../../../../src/clouds/fakes/google/index.ts';
import {
  BARE_DISK,
  BUCKET,
  ESTATE,
  EVERYTHING,
  INSTANCE,
  manyDisks,
  NO_END,
  openWorld,
  PROJECTS,
  sweep,
} from './world.ts';
import type { World } from './world.ts';

let world: World;
afterEach(async () => await world.close());

/** The one resource of an estate that holds nothing else. */
async function only(asset: GoogleAsset) {
  world = await openWorld({ estate: { ...ESTATE, assets: [asset] } });
  const { resources } = await sweep(world.inventory);
  expect(resources).toHaveLength(1);
  return resources[0]!;
}

describe('planning a Google inventory', () => {
  it('makes a part of every project and type that the index counts, and asks for no other list', async () => {
    world = await openWorld();
    const plan = await world.inventory.plan(EVERYTHING, NO_END);
    expect(plan).toEqual({
      accounts: ['lab', 'shop'],
      gaps: [],
      partitions: [
        ['lab', 'compute.googleapis.com/Disk'],
        ['shop', 'compute.googleapis.com/Instance'],
        ['shop', 'pubsub.googleapis.com/Topic'],
        ['shop', 'storage.googleapis.com/Bucket'],
      ].map(([project, type]) => ({
        key: `${project}/${type}`,
        scope: { project },
        type,
        expected: 1,
      })),
    });
    await sweep(world.inventory);
    const lists = world.fake.calls.filter(({ path }) => path.endsWith('/assets'));
    expect(lists).toHaveLength(4);
  });

  it('counts a project once that two scopes hold', async () => {
    world = await openWorld({
      settings: { scopes: ['organizations/1', 'folders/20', 'projects/1001', 'projects/shop'] },
    });
    const { partitions, accounts } = await world.inventory.plan(EVERYTHING, NO_END);
    expect(accounts).toEqual(['lab', 'shop']);
    expect(partitions.map(({ expected }) => expected)).toEqual([1, 1, 1, 1]);
  });

  it('names a project by its id as soon as anything tells it, else by its number', async () => {
    const project: GoogleAsset = {
      name: '//cloudresourcemanager.googleapis.com/projects/1001',
      assetType: 'cloudresourcemanager.googleapis.com/Project',
      project: 'shop',
      data: { projectId: 'shop' },
    };
    world = await openWorld({ estate: { ...ESTATE, assets: [BUCKET] } });
    expect((await world.inventory.plan(EVERYTHING, NO_END)).accounts).toEqual(['1001']);
    await world.close();
    world = await openWorld({ estate: { ...ESTATE, assets: [BUCKET, project] } });
    expect((await world.inventory.plan(EVERYTHING, NO_END)).accounts).toEqual(['shop']);
  });

  it('has an account for a project that is empty, and a gap for one that is nowhere', async () => {
    world = await openWorld({
      estate: { ...ESTATE, projects: [...PROJECTS, { id: 'empty', number: '1003' }] },
      settings: {
        scopes: ['projects/shop', 'projects/1003'],
        projects: ['sho?', '1003', 'lost'],
      },
    });
    const { accounts, gaps } = await world.inventory.plan(EVERYTHING, NO_END);
    expect(accounts).toEqual(['1003', 'lost', 'shop']);
    expect(gaps).toEqual([
      {
        scope: { project: 'lost' },
        code: 'CLOUD_MISSING',
        message: expect.stringContaining('lost') as string,
      },
    ]);
  });

  it('reads only the projects that the configuration names', async () => {
    world = await openWorld({ settings: { projects: ['l*'] } });
    const { resources } = await sweep(world.inventory);
    expect(resources.map(({ resource }) => resource.scope['project'])).toEqual(['lab']);
  });

  it('reads only the regions that are wanted: zones belong to theirs, what has none is global', async () => {
    world = await openWorld();
    const found = async (...regions: string[]) => {
      const { partitions } = await world.inventory.plan({ ...EVERYTHING, regions }, NO_END);
      const pages = await Promise.all(
        partitions.map((partition) => world.inventory.read(partition, undefined, NO_END)),
      );
      return pages.flatMap(({ resources }) => resources.map(({ resource }) => resource.address));
    };
    expect(await found('europe-*')).toEqual([INSTANCE.name]);
    expect(await found('eu', 'us-central1')).toEqual([BARE_DISK.name, BUCKET.name]);
    expect(await found('asia-*')).toEqual([]);
  });

  it('stays within the quota of an estate of many pages', async () => {
    world = await openWorld({ estate: { ...ESTATE, assets: manyDisks(1201) } });
    const { resources, pages } = await sweep(world.inventory);
    expect(pages.map((page) => page.resources.length)).toEqual([500, 500, 201]);
    expect(new Set(resources.map(({ resource }) => resource.address)).size).toBe(1201);
  });
});

describe('telling a Google resource', () => {
  it('gives place, labels, age and parents in the words of the port', async () => {
    const live = await only(INSTANCE);
    expect(live).toEqual({
      resource: {
        address: INSTANCE.name,
        type: 'compute.googleapis.com/Instance',
        provider: 'gcp',
        dialect: 'google-asset',
        action: 'present',
        scope: { project: 'shop', region: 'europe-west1', zone: 'europe-west1-b' },
        attributes: {
          name: INSTANCE.name,
          assetType: INSTANCE.assetType,
          project: 'shop',
          location: 'europe-west1-b',
          data: INSTANCE.data,
        },
        unknown: [],
        sensitive: [],
        references: [],
        tags: { state: 'known', values: { owner: 'shop', env: 'prod' } },
      },
      capturedAt: '2026-11-25T08:00:00.000Z',
      createdAt: '2026-02-01T00:00:00.000Z',
      parents: [
        '//cloudresourcemanager.googleapis.com/projects/1001',
        '//cloudresourcemanager.googleapis.com/folders/20',
        '//cloudresourcemanager.googleapis.com/organizations/1',
      ],
    });
  });

  it.each<[string, string, Record<string, unknown>, Record<string, string> | 'unknown']>([
    ['an absent map of a type with labels', 'compute.googleapis.com/Disk', {}, {}],
    [
      'Cloud SQL',
      'sqladmin.googleapis.com/Instance',
      { settings: { userLabels: { a: 'b' } } },
      { a: 'b' },
    ],
    ['GKE', 'container.googleapis.com/Cluster', { resourceLabels: { a: 'b' } }, { a: 'b' }],
    [
      'Cloud Run, with labels of its own',
      'run.googleapis.com/Service',
      { metadata: { labels: { a: 'b', 'cloud.googleapis.com/location': 'x' } } },
      { a: 'b' },
    ],
    ['a stranger with labels', 'new.googleapis.com/Thing', { labels: { a: 'b' } }, { a: 'b' }],
    ['a stranger without', 'new.googleapis.com/Thing', {}, 'unknown'],
    ['labels that are no map', 'compute.googleapis.com/Disk', { labels: ['a'] }, 'unknown'],
    [
      'network tags, which are none',
      'compute.googleapis.com/Instance',
      { tags: { items: ['owner'] } },
      {},
    ],
  ])('knows labels of %s', async (_, assetType, data, expected) => {
    const { resource } = await only({ ...BARE_DISK, assetType, data });
    const { tags } = resource;
    expect(tags?.state).toBe(expected === 'unknown' ? 'unknown' : 'known');
    const [judged] = toResources([resource]);
    expect(judged?.tags).toEqual(expected === 'unknown' ? {} : expected);
  });

  it.each<[Record<string, string>, unknown]>([
    [{ 'goog-terraform-provisioned': 'true' }, { tool: 'terraform', name: '' }],
    [
      {
        'goog-gke-node': '',
        'goog-k8s-cluster-name': 'prod',
        'goog-terraform-provisioned': 'true',
      },
      { tool: 'kubernetes-controller', name: 'prod' },
    ],
    [{ 'managed-by-cnrm': 'true' }, { tool: 'kubernetes-controller', name: '' }],
    [{ 'goog-managed-by': 'cloudfunctions' }, { tool: 'other', name: 'cloudfunctions' }],
    [{ 'goog-terraform-provisioned': 'false' }, undefined],
    [{ owner: 'terraform' }, undefined],
  ])('reads from %j who manages it', async (labels, expected) => {
    expect((await only({ ...BARE_DISK, data: { labels } })).managedBy).toEqual(expected);
  });

  it.each<[Record<string, unknown>, string | undefined]>([
    [{ creationTimestamp: '2026-01-31T16:00:00.000-08:00' }, '2026-02-01T00:00:00.000Z'],
    [{ timeCreated: '2026-03-01T10:00:00Z' }, '2026-03-01T10:00:00.000Z'],
    [{ creationTime: '1767225600000' }, '2026-01-01T00:00:00.000Z'],
    [{ createTime: 'yesterday' }, undefined],
    [{ creationTime: '99999999999999999999' }, undefined],
    [{}, undefined],
  ])('reads from %j when it was made', async (data, expected) => {
    expect((await only({ ...BARE_DISK, data })).createdAt).toBe(expected);
  });

  it.each<[string, string | undefined, Record<string, string>]>([
    ['storage.googleapis.com/Bucket', 'EU', { region: 'eu' }],
    ['compute.googleapis.com/Image', 'global', {}],
    ['cloudkms.googleapis.com/KeyRing', 'global', { region: 'global' }],
    [
      'compute.googleapis.com/Disk',
      'us-central1-a',
      { region: 'us-central1', zone: 'us-central1-a' },
    ],
    ['compute.googleapis.com/Address', 'europe-west12', { region: 'europe-west12' }],
    ['iam.googleapis.com/Role', undefined, {}],
  ])('places a %s in %s', async (assetType, location, expected) => {
    const { name, project, data } = BARE_DISK;
    const asset = {
      name,
      project,
      data,
      assetType,
      ...(location === undefined ? {} : { location }),
    };
    expect((await only(asset)).resource.scope).toEqual({ project: 'lab', ...expected });
  });
});
