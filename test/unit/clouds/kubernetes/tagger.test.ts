import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { kubernetes } from '../../../../src/clouds/kubernetes/index.ts';
import type { TagTarget, Tagger } from '../../../../src/clouds/tagger.ts';
import { taggerContract } from '../../../contract/tagger.ts';
import { makeFolder } from '../folders.ts';
import type { Folder } from '../folders.ts';
import { fakeOutside } from '../outside.ts';
import { startApiServer } from './api-server.ts';
import type { FakeApiServer } from './api-server.ts';

const { signal } = new AbortController();

async function open(server: FakeApiServer): Promise<Tagger> {
  const settings = kubernetes.settings.parse({
    ...{ type: 'kubernetes', name: 'west', cluster: 'west', kubeconfig: server.kubeconfig },
  });
  return await kubernetes.openTagger(settings, fakeOutside());
}

function target(type: string, namespace: string | undefined, name: string): TagTarget {
  const kind = type.slice(type.lastIndexOf('/') + 1);
  const address = ['west', ...(namespace === undefined ? [] : [namespace]), kind, name].join('/');
  return {
    address,
    type,
    scope: { cluster: 'west', ...(namespace === undefined ? {} : { namespace }) },
  };
}

const TARGETS = [
  target('apps/v1/Deployment', 'team-a', 'web'),
  target('v1/Namespace', undefined, 'team-a'),
  target('v1/Pod', 'team-a', 'api'),
];

function populate(server: FakeApiServer): void {
  for (const { type, scope, address } of TARGETS) {
    const namespace = scope['namespace'];
    const name = address.slice(address.lastIndexOf('/') + 1);
    const labels = { app: name };
    server.put(type, {
      metadata: { name, labels, ...(namespace === undefined ? {} : { namespace }) },
    });
  }
}

function labelsOf(
  server: FakeApiServer,
  { type, scope, address }: TagTarget,
): Record<string, string> {
  const name = address.slice(address.lastIndexOf('/') + 1);
  return { ...server.get(type, scope['namespace'], name)?.metadata.labels };
}

taggerContract(
  'labels of Kubernetes',
  async () => {
    const folder = makeFolder();
    const server = await startApiServer(folder.path);
    populate(server);
    return {
      tagger: await open(server),
      targets: TARGETS,
      gone: target('v1/Pod', 'team-a', 'gone'),
      tagsOf: (one) => Promise.resolve(labelsOf(server, one)),
      refused: [
        { key: 'owner', value: 'ana@example.com' },
        { key: 'owner', value: 'x'.repeat(64) },
        { key: '-owner', value: 'ana' },
        { key: 'a/b/c', value: 'ana' },
        { key: 'app.kubernetes.io/owner', value: 'ana' },
        { key: 'k8s.io/owner', value: 'ana' },
      ],
      changeBehind: async (one) => {
        const other = await open(server);
        await other.write([{ target: one, set: { changed: 'behind' }, remove: [] }], signal);
      },
      dispose: async () => {
        await server.close();
        folder.remove();
      },
    };
  },
  { versioned: true },
);

describe('labels of Kubernetes', () => {
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

  it.each([
    ['example.com/owner', 'ana', undefined],
    ['owner', '', undefined],
    ['Owner_1.x', 'A-b_c.9', undefined],
    ['', 'ana', 'name'],
    ['/owner', 'ana', 'DNS'],
    ['Example.com/owner', 'ana', 'DNS'],
    ['pod-security.kubernetes.io/enforce', 'restricted', 'belong'],
    ['notkubernetes.io/owner', 'ana', undefined],
    ['owner', 'ana.', 'value'],
    ['owner', 'Ärzte', 'value'],
  ])('may be %s=%s, or not', async (key, value, words) => {
    const { limits } = await open(server);
    const refused = limits.refuses(key, value);
    if (words === undefined) expect(refused).toBeUndefined();
    else expect(refused).toContain(words);
  });

  it.each([
    ['an error of the server', { status: 500 }, 'uncertain'],
    ['silence', { status: 'cut' as const }, 'uncertain'],
    ['a refusal', { status: 403 }, 'failed'],
    ['too many requests', { status: 429 }, 'failed'],
    ['an object that it finds wrong', { status: 422 }, 'failed'],
    ['a conflict', { status: 409 }, 'conflict'],
  ])('are written once, whatever comes of it: %s', async (_what, fault, outcome) => {
    const call = 'patch apps/deployments';
    server.faults.push({ call, ...fault });
    const tagger = await open(server);
    const [result] = await tagger.write(
      [{ target: TARGETS[0]!, set: { a: 'b' }, remove: [] }],
      signal,
    );
    expect(result?.outcome).toBe(outcome);
    expect(server.calls.filter((one) => one === call)).toHaveLength(1);
  });

  it('are unknown where they may not be read', async () => {
    server.denied.add('get pods');
    const [reading] = await (await open(server)).read([TARGETS[2]!], signal);
    expect(reading?.tags).toEqual({ state: 'unknown', reason: 'User "ana" cannot get pods' });
  });

  it('are asked for and written within the declared permissions', async () => {
    const tagger = await open(server);
    await tagger.read(TARGETS, signal);
    await tagger.write(
      TARGETS.map((one) => ({ target: one, set: { a: 'b' }, remove: [] })),
      signal,
    );
    const allowed = [...kubernetes.permissions.write, ...kubernetes.permissions.read].map(
      ({ action }) => action,
    );
    const called = server.calls.filter((call) => !call.startsWith('get /'));
    expect(called.filter((call) => !allowed.includes(call))).toEqual([]);
  });
});
