import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { toResources } from '../../../../src/catalogue/resolve.ts';
import type { LiveResource } from '../../../../src/clouds/inventory.ts';
import { makeFolder } from '../folders.ts';
import type { Folder } from '../folders.ts';
import { startApiServer } from './api-server.ts';
import type { FakeApiServer } from './api-server.ts';
import { open, populate, readAll } from './estate.ts';

describe('an object of a cluster', () => {
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

  it('has let go of what is secret as soon as it is read', async () => {
    const live = await readAll(await open(server, { kinds: ['v1/Secret'] }));
    expect(JSON.stringify(live)).not.toContain('hunter22');
    expect(live[0]?.resource).toMatchObject({
      attributes: { type: 'Opaque', data: { password: '(sensitive)' } },
      sensitive: expect.arrayContaining(['data']) as unknown,
    });
  });

  it('knows who manages a thing and what it stands in', async () => {
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', controller: true };
    const pod = (name: string, metadata: object): void => {
      server.put('v1/Pod', { metadata: { name, namespace: 'own', ...metadata } });
    };
    pod('owned', {
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'c' }, owner],
      creationTimestamp: '2026-11-01T00:00:00Z',
    });
    pod('chart', {
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'own' },
    });
    pod('code', { labels: { 'app.kubernetes.io/managed-by': 'Terraform' } });
    pod('built-in', { labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } });
    pod('free', { managedFields: [{ manager: 'kubectl' }] });
    const live = await readAll(
      await open(server, { kinds: ['v1/Pod'], namespaces: { include: ['own'] } }),
    );
    const by = (name: string): LiveResource | undefined =>
      live.find(({ resource }) => resource.address === `west/own/Pod/${name}`);
    expect(by('owned')).toMatchObject({
      managedBy: { tool: 'kubernetes-controller', name: 'ReplicaSet/web-1' },
      parents: ['west/own/ReplicaSet/web-1', 'west/own/ConfigMap/c', 'west/Namespace/own'],
      createdAt: '2026-11-01T00:00:00Z',
    });
    expect(by('chart')?.managedBy).toEqual({ tool: 'other', name: 'Helm own/shop' });
    expect(by('code')?.managedBy).toEqual({ tool: 'terraform', name: '' });
    expect(by('built-in')?.managedBy?.name).toBe('kube-apiserver');
    expect(by('free')).not.toHaveProperty('managedBy');
    expect(JSON.stringify(by('free'))).not.toContain('managedFields');
  });

  it('is judged by the facts of the same kinds as at the gate', async () => {
    const live = await readAll(await open(server, { kinds: ['kubernetes.pod'] }));
    const judged = toResources(live.map(({ resource }) => resource));
    expect(judged[0]).toMatchObject({
      ...{ address: 'west/team-a/Pod/api', kind: 'kubernetes.pod', unknown: [] },
      scope: { cluster: 'west', namespace: 'team-a' },
    });
  });
});
