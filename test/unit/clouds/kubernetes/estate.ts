import { kubernetes } from '../../../../src/clouds/kubernetes/index.ts';
import type { Inventory, LiveResource, Page, Wanted } from '../../../../src/clouds/inventory.ts';
import { pagesOf } from '../../../contract/inventory.ts';
import { fakeOutside } from '../outside.ts';
import type { FakeOutside } from '../outside.ts';
import type { FakeApiServer } from './api-server.ts';

export const EVERYTHING: Wanted = { kind: () => true };

export async function open(
  server: FakeApiServer,
  more: object = {},
  outside: FakeOutside = fakeOutside(),
): Promise<Inventory> {
  const settings = kubernetes.settings.parse({
    type: 'kubernetes',
    name: 'west',
    cluster: 'west',
    kubeconfig: server.kubeconfig,
    pageSize: 2,
    ...more,
  });
  return await kubernetes.openInventory(settings, outside);
}

/** Two namespaces, three pods, a deployment that owns one of them, a secret, a custom resource. */
export function populate(server: FakeApiServer): void {
  for (const name of ['team-a', 'team-b'])
    server.put('v1/Namespace', { metadata: { name, labels: { owner: name } } });
  for (const [namespace, name] of [
    ['team-a', 'api'],
    ['team-a', 'web'],
    ['team-b', 'web'],
  ] as const)
    server.put('v1/Pod', {
      metadata: { name, namespace, labels: { app: name } },
      spec: { containers: [{ name: 'main', securityContext: { privileged: name === 'api' } }] },
    });
  server.put('apps/v1/Deployment', { metadata: { name: 'web', namespace: 'team-a' }, spec: {} });
  server.put('v1/Secret', {
    metadata: {
      name: 'db',
      namespace: 'team-a',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":"hunter22"}' },
    },
    type: 'Opaque',
    data: { password: 'hunter22' },
  });
  server.put('v1/Event', { metadata: { name: 'e', namespace: 'team-a' } });
  server.put('stable.example.com/v1/CronTab', { metadata: { name: 'web', namespace: 'team-a' } });
}

export const RESOURCES = {
  'west/Namespace/team-a': { owner: 'team-a' },
  'west/Namespace/team-b': { owner: 'team-b' },
  'west/team-a/Pod/api': { app: 'api' },
  'west/team-a/Pod/web': { app: 'web' },
  'west/team-b/Pod/web': { app: 'web' },
  'west/team-a/Deployment/web': {},
  'west/team-a/Secret/db': {},
  'west/team-a/CronTab.stable.example.com/web': {},
};

export async function readAll(inventory: Inventory, wanted = EVERYTHING): Promise<LiveResource[]> {
  const { partitions } = await inventory.plan(wanted, new AbortController().signal);
  const pages: Page[] = [];
  for (const partition of partitions) pages.push(...(await pagesOf(inventory, partition)));
  return pages.flatMap(({ resources }) => resources);
}
