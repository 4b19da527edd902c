import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Inventory, Page, Partition, Wanted } from '../../../../src/clouds/inventory.ts';
import { inventoryContract, pagesOf } from '../../../contract/inventory.ts';
import { makeFolder } from '../folders.ts';
import type { Folder } from '../folders.ts';
import { startApiServer } from './api-server.ts';
import type { FakeApiServer } from './api-server.ts';
import { EVERYTHING, open as openCluster, populate, RESOURCES } from './estate.ts';

const { signal } = new AbortController();

const COMPARED = new Set(['kubernetes.namespace', 'kubernetes.networkpolicy', 'kubernetes.pod']);
const WANTED: Wanted = { ...EVERYTHING, together: (kind) => COMPARED.has(kind) };

/** Whatever is asked for, these kinds are compared. */
async function open(server: FakeApiServer, more: object = {}): Promise<Inventory> {
  const inventory = await openCluster(server, more);
  const { together } = WANTED;
  return {
    ...inventory,
    plan: (wanted, stop) =>
      inventory.plan({ ...wanted, ...(together === undefined ? {} : { together }) }, stop),
  };
}

inventoryContract('a Kubernetes cluster whose kinds are compared', async () => {
  const folder = makeFolder();
  const server = await startApiServer(folder.path);
  populate(server);
  return {
    open: () => open(server),
    dispose: async () => {
      await server.close();
      folder.remove();
    },
    accounts: ['west'],
    unreadable: [],
    resources: RESOURCES,
  };
});

describe('kinds that rules compare', () => {
  let folder: Folder;
  let server: FakeApiServer;
  beforeEach(async () => {
    folder = makeFolder();
    server = await startApiServer(folder.path);
    populate(server);
    server.put('networking.k8s.io/v1/NetworkPolicy', {
      metadata: { name: 'deny', namespace: 'team-a' },
    });
  });
  afterEach(async () => {
    await server.close();
    folder.remove();
  });

  const planned = async (more: object = {}): Promise<readonly Partition[]> =>
    (await (await open(server, more)).plan(WANTED, signal)).partitions;
  const joined = (partitions: readonly Partition[]): readonly Partition[] =>
    partitions.filter(({ together }) => together !== undefined);
  const typesOf = async (more: object = {}): Promise<string[]> =>
    joined(await planned(more)).flatMap(({ together }) => Object.keys(together ?? {}));
  const addresses = (pages: readonly Page[]): string[] =>
    pages.flatMap(({ resources }) => resources.map(({ resource }) => resource.address));

  it('are one part, read kind after kind and page by page', async () => {
    const inventory = await open(server);
    const { partitions } = await inventory.plan(WANTED, signal);
    expect(joined(partitions)).toEqual([
      {
        key: expect.stringMatching(/^west\/\*\/together-[0-9a-f]{16}$/) as unknown,
        scope: { cluster: 'west' },
        together: {
          'networking.k8s.io/v1/NetworkPolicy': 'kubernetes.networkpolicy',
          'v1/Namespace': 'kubernetes.namespace',
          'v1/Pod': 'kubernetes.pod',
        },
        expected: 6,
      },
    ]);
    expect(partitions.map(({ type }) => type)).toEqual([
      undefined,
      'v1/Secret',
      'apps/v1/Deployment',
      'stable.example.com/v1/CronTab',
    ]);
    const pages = await pagesOf(inventory, partitions[0]!);
    expect(pages.map((page) => addresses([page]))).toEqual([
      ['west/team-a/NetworkPolicy/deny'],
      ['west/Namespace/team-a', 'west/Namespace/team-b'],
      ['west/team-a/Pod/api', 'west/team-a/Pod/web'],
      ['west/team-b/Pod/web'],
    ]);
  });

  it('are parts of their own where nobody compares', async () => {
    const { partitions } = await (await openCluster(server)).plan(EVERYTHING, signal);
    expect(joined(partitions)).toEqual([]);
  });

  it.each([
    ['is refused', {}, ['list pods']],
    ['is left out by the settings', { kinds: ['!v1/Pod'] }, []],
  ])('do not hold one that %s, and are another part then', async (_what, more, denied) => {
    const [before] = joined(await planned());
    for (const call of denied) server.denied.add(call);
    const [after] = joined(await planned(more));
    expect(Object.keys(after?.together ?? {})).toEqual([
      'networking.k8s.io/v1/NetworkPolicy',
      'v1/Namespace',
    ]);
    expect(after?.key).not.toBe(before?.key);
  });

  it('do not hold one that is read namespace by namespace', async () => {
    expect(await typesOf({ namespaces: { include: ['team-a'] } })).toEqual(['v1/Namespace']);
    server.denied.add('list pods').add('list pods in team-b');
    expect(await typesOf()).not.toContain('v1/Pod');
    expect((await planned()).map(({ key }) => key)).toContain('west/team-a/v1/Pod');
  });

  it('do not hold one that a group which does not answer may have, too', async () => {
    server.faults.push({ call: 'get /apis/networking.k8s.io/v1', status: 403 });
    expect(await typesOf()).toEqual(['v1/Namespace', 'v1/Pod']);
  });

  it('begin the list of a kind again, once, when the server has forgotten it', async () => {
    const inventory = await open(server, { pageSize: 1 });
    const [partition] = joined((await inventory.plan(WANTED, signal)).partitions);
    const cursor = async (times: number): Promise<string | undefined> => {
      let next: string | undefined;
      for (let i = 0; i < times; i++) next = (await inventory.read(partition!, next, signal)).next;
      return next;
    };
    const middle = await cursor(4);
    server.faults.push({ call: 'list pods', status: 410 });
    const again = await inventory.read(partition!, middle, signal);
    expect(addresses([again])).toEqual(['west/team-a/Pod/api']);
    server.faults.push({ call: 'list pods', status: 410 });
    expect(await inventory.read(partition!, again.next, signal)).toMatchObject({
      resources: [],
      gaps: [{ type: 'v1/Pod', code: 'CLOUD_PROTOCOL' }],
    });
  });

  it('have a gap for one whose right is lost after the plan, and go on with the next', async () => {
    const inventory = await open(server);
    const [partition] = joined((await inventory.plan(WANTED, signal)).partitions);
    server.denied.add('list namespaces');
    const pages = await pagesOf(inventory, partition!);
    expect(pages.flatMap(({ gaps }) => gaps ?? [])).toEqual([
      {
        scope: { cluster: 'west' },
        type: 'v1/Namespace',
        code: 'CLOUD_DENIED',
        message: 'User "ana" cannot list namespaces',
      },
    ]);
    expect(addresses(pages)).toEqual([
      'west/team-a/NetworkPolicy/deny',
      'west/team-a/Pod/api',
      'west/team-a/Pod/web',
      'west/team-b/Pod/web',
    ]);
  });

  it('cannot be read while the server is away, or from a place that is none', async () => {
    const inventory = await open(server);
    const [partition] = joined((await inventory.plan(WANTED, signal)).partitions);
    for (let i = 0; i < 10; i++)
      server.faults.push({ call: 'list networking.k8s.io/networkpolicies', status: 503 });
    await expect(inventory.read(partition!, undefined, signal)).rejects.toMatchObject({
      code: 'CLOUD_UNAVAILABLE',
    });
    for (const odd of ['', '{', '{"type":"v1/Secret"}', '{"type":"v1/Pod","cursor":"{}"}'])
      await expect(
        inventory.read(partition!, odd, signal).then(({ gaps = [] }) => {
          if (gaps[0]?.code === 'CLOUD_PROTOCOL') throw new Error('not readable');
        }),
        odd,
      ).rejects.toThrow(/not readable/);
  });
});
