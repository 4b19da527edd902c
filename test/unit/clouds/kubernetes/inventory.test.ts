import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { kubernetes } from '../../../../src/clouds/kubernetes/index.ts';
import type { LiveResource } from '../../../../src/clouds/inventory.ts';
import { inventoryContract, pagesOf } from '../../../contract/inventory.ts';
import { makeFolder } from '../folders.ts';
import type { Folder } from '../folders.ts';
import { fakeOutside } from '../outside.ts';
import { startApiServer } from './api-server.ts';
import type { FakeApiServer } from './api-server.ts';
import { EVERYTHING, open, populate, readAll, RESOURCES } from './estate.ts';

const { signal } = new AbortController();

inventoryContract('a Kubernetes cluster', async () => {
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
    secrets: ['hunter22', 'secret-token'],
  };
});

describe('a Kubernetes cluster', () => {
  let folder: Folder;
  let server: FakeApiServer;
  beforeEach(async () => {
    folder = makeFolder();
    server = await startApiServer(folder.path);
    populate(server);
  });
  afterEach(async () => {
    await server.close();
    folder.remove();
  });

  const addresses = (live: readonly LiveResource[]): string[] =>
    live.map(({ resource }) => resource.address).sort();

  it('is read page by page, and says beforehand how much there is', async () => {
    const inventory = await open(server);
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const pods = partitions.find(({ type }) => type === 'v1/Pod');
    expect(pods).toEqual({
      key: 'west/*/v1/Pod',
      scope: { cluster: 'west' },
      type: 'v1/Pod',
      expected: 3,
    });
    const pages = await pagesOf(inventory, pods!);
    expect(pages.map(({ resources }) => resources.length)).toEqual([2, 1]);
  });

  it('asks for nothing that the declared permissions do not cover', async () => {
    await readAll(await open(server, { namespaces: { include: ['team-a', 'team-*'] } }));
    const allowed = kubernetes.permissions.read.map(({ action }) => action);
    const covers = (call: string): boolean =>
      allowed.some((action) =>
        action.endsWith('*') ? call.startsWith(action.slice(0, -1)) : call === action,
      );
    // Custom resources are granted by whoever writes a rule for them.
    const uncovered = server.calls.filter(
      (call) => !covers(call) && !/example\.com|events/.test(call),
    );
    expect(new Set(uncovered)).toEqual(new Set());
  });

  it('leaves out what is made by the minute, unless it is asked for by name', async () => {
    const events = await readAll(await open(server, { kinds: ['v1/Event'] }));
    expect(addresses(events)).toEqual(['west/team-a/Event/e']);
    expect(addresses(await readAll(await open(server, { kinds: ['kubernetes.deploy*'] })))).toEqual(
      ['west/team-a/Deployment/web'],
    );
  });

  it('leaves out kinds that the settings leave out, and asks for none of them', async () => {
    const live = await readAll(await open(server, { kinds: ['!kubernetes.secret', '!v1/P*'] }));
    const left = Object.keys(RESOURCES).filter((address) => !/Secret|Pod/.test(address));
    expect(addresses(live)).toEqual(left.sort());
    expect(server.calls.filter((call) => /secrets|pods/.test(call))).toEqual([]);
  });

  it('has a gap for a group whose server is away', async () => {
    const { gaps } = await (await open(server)).plan(EVERYTHING, signal);
    expect(gaps).toEqual([
      {
        scope: { cluster: 'west' },
        type: 'broken.example.com/v1',
        code: 'CLOUD_DENIED',
        message:
          'what the API group broken.example.com/v1 holds is not known: the service of this group is away',
      },
    ]);
  });

  it.each([
    ['all', {}, Object.keys(RESOURCES)],
    ['by glob', { include: ['*-b'] }, ['west/Namespace/team-b', 'west/team-b/Pod/web']],
    ['without some', { exclude: ['team-a'] }, ['west/Namespace/team-b', 'west/team-b/Pod/web']],
    ['by name', { include: ['team-b'] }, ['west/Namespace/team-b', 'west/team-b/Pod/web']],
  ])('reads namespaces: %s', async (_what, namespaces, expected) => {
    const live = await readAll(await open(server, { namespaces }));
    expect(addresses(live)).toEqual([...expected].sort());
  });

  it('lists named namespaces one by one, without a right on all', async () => {
    server.denied.add('list pods');
    const live = await readAll(
      await open(server, { namespaces: { include: ['team-b'] }, kinds: ['v1/Pod'] }),
    );
    expect(addresses(live)).toEqual(['west/team-b/Pod/web']);
    expect(server.calls).not.toContain('list pods');
  });

  it('lists each namespace where the whole cluster is refused, with a gap for each that is refused too', async () => {
    server.denied.add('list pods').add('list pods in team-a');
    const inventory = await open(server, { kinds: ['v1/Pod'] });
    const { partitions, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(gaps).toContainEqual({
      scope: { cluster: 'west', namespace: 'team-a' },
      type: 'v1/Pod',
      code: 'CLOUD_DENIED',
      message: 'User "ana" cannot list pods in team-a',
    });
    expect(partitions.map(({ key }) => key)).toEqual(['west/team-b/v1/Pod']);
    const { resources } = await inventory.read(partitions[0]!, undefined, signal);
    expect(addresses(resources)).toEqual(['west/team-b/Pod/web']);
  });

  it('has one gap for a kind that is refused in the cluster and in every namespace', async () => {
    for (const where of ['', ' in team-a', ' in team-b']) server.denied.add(`list pods${where}`);
    const inventory = await open(server, { kinds: ['v1/Pod'] });
    const { partitions, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(partitions).toEqual([]);
    expect(gaps.filter(({ type }) => type === 'v1/Pod')).toMatchObject([
      { scope: { cluster: 'west' }, message: 'User "ana" cannot list pods' },
    ]);
  });

  it('fails to read a kind whose right is lost after the plan', async () => {
    const inventory = await open(server, { kinds: ['v1/Pod'] });
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    server.denied.add('list pods');
    await expect(inventory.read(partitions[0]!, undefined, signal)).rejects.toMatchObject({
      code: 'CLOUD_DENIED',
    });
  });

  it('has a gap for a kind that is refused where namespaces cannot be listed either', async () => {
    server.denied.add('list pods').add('list namespaces');
    const { gaps } = await (await open(server, { kinds: ['v1/Pod'] })).plan(EVERYTHING, signal);
    expect(gaps).toContainEqual({
      scope: { cluster: 'west' },
      type: 'v1/Pod',
      code: 'CLOUD_DENIED',
      message: 'User "ana" cannot list pods',
    });
  });

  it('begins a list again, once, when the server has forgotten it', async () => {
    const inventory = await open(server, { kinds: ['v1/Pod'] });
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const first = await inventory.read(partitions[0]!, undefined, signal);
    const gone = { call: 'list pods', status: 410 };
    server.faults.push({ ...gone });
    const again = await inventory.read(partitions[0]!, first.next, signal);
    expect(addresses(again.resources)).toEqual(addresses(first.resources));
    server.faults.push({ ...gone });
    await expect(inventory.read(partitions[0]!, again.next, signal)).rejects.toMatchObject({
      code: 'CLOUD_PROTOCOL',
    });
  });

  it('notices a list that does not go on, and an answer that is none', async () => {
    const inventory = await open(server, { kinds: ['v1/Pod'] });
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const body = JSON.stringify({ metadata: { continue: 'x' }, items: [] });
    const cursor = JSON.stringify({ token: 'x', again: false });
    server.faults.push({ call: 'list pods', status: 200, body });
    await expect(inventory.read(partitions[0]!, cursor, signal)).rejects.toThrow(/does not go on/);
    for (const odd of ['<html>', '{}', '{"metadata":{},"items":{}}']) {
      server.faults.push({ call: 'list pods', status: 200, body: odd });
      await expect(inventory.read(partitions[0]!, undefined, signal)).rejects.toMatchObject({
        code: 'CLOUD_PROTOCOL',
      });
    }
  });

  it.each([
    ['throttled', { status: 429, headers: { 'retry-after': '3' } }, [3000]],
    ['in trouble', { status: 503, body: '<html>bad gateway</html>' }, [375]],
    ['cut off', { status: 'cut' as const }, [375]],
  ])('is asked again when it is %s', async (_what, fault, slept) => {
    const outside = fakeOutside();
    const inventory = await open(server, { kinds: ['v1/Pod'] }, outside);
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    outside.slept.length = 0;
    server.faults.push({ call: 'list pods', ...fault });
    const { resources } = await inventory.read(partitions[0]!, undefined, signal);
    expect(resources).toHaveLength(2);
    expect(outside.slept).toEqual(slept);
  });

  it('says what is wrong with a kubeconfig without showing it', async () => {
    const broken = folder.write('broken', 'users: [{name: x, user: {token: hunter22}}');
    for (const settings of [
      { kubeconfig: broken },
      { kubeconfig: '/nowhere' },
      { context: 'other' },
    ])
      await expect(open(server, settings)).rejects.toSatisfy(
        (error: Error) =>
          'code' in error &&
          error.code === 'CLOUD_SETTINGS' &&
          !`${error.message}${String(error.cause)}`.includes('hunter22'),
      );
  });

  it('warns where nobody can tell whether it is the API server that answers', async () => {
    const outside = fakeOutside();
    await open(server, {}, outside);
    expect(outside.warnings).toHaveLength(1);
  });

  it('tells credentials that are refused from rights that are missing', async () => {
    const config = folder.write(
      'other',
      JSON.stringify({
        clusters: [
          {
            name: 'c',
            cluster: { server: 'http://127.0.0.1:1', 'insecure-skip-tls-verify': true },
          },
        ],
        users: [{ name: 'u', user: {} }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'x',
      }),
    );
    await expect(
      (await open(server, { kubeconfig: config })).plan(EVERYTHING, signal),
    ).rejects.toMatchObject({ code: 'CLOUD_UNAVAILABLE' });
    server.faults.push({ call: 'get /apis', status: 401 });
    await expect((await open(server)).plan(EVERYTHING, signal)).rejects.toMatchObject({
      code: 'CLOUD_CREDENTIALS',
    });
  });
});
