import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { toResources } from '../../../src/catalogue/resolve.ts';
import { kubernetes } from '../../../src/clouds/kubernetes/index.ts';
import type { Inventory, InventoryPlan, LiveResource } from '../../../src/clouds/inventory.ts';
import type { TagTarget, Tagger } from '../../../src/clouds/tagger.ts';
import { compose } from '../../../src/compose.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { pagesOf } from '../../contract/inventory.ts';
import { fakeOutside } from '../../unit/clouds/outside.ts';
import { makeCertificate, startCluster } from './cluster.ts';
import type { Certificate, Cluster, User } from './cluster.ts';
import { ESTATE, list } from './estate.ts';
import { findPeers } from './peers.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EVERYTHING = { kind: () => true };
const { signal } = new AbortController();
const peers = findPeers();

describe.skipIf(peers === undefined)('a sweep of a real API server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-sweep-'));
  let certificate: Certificate;
  let cluster: Cluster;

  beforeAll(async () => {
    certificate = await makeCertificate(folder);
    cluster = await startCluster(peers!, folder, certificate);
    await cluster.must(['apply', '-f', '-'], list(ESTATE));
    await cluster.must([
      ...['wait', '--for=condition=established', '--timeout=30s'],
      'crd/crontabs.stable.example.com',
    ]);
    const cron = { metadata: { name: 'nightly', namespace: 'team-b' } };
    await cluster.must(
      ['apply', '-f', '-'],
      JSON.stringify({ apiVersion: 'stable.example.com/v1', kind: 'CronTab', ...cron }),
    );
    // Ana stands in for the service account, with the very role that deploy/ ships.
    for (const file of ['namespace.yaml', 'sweep.yaml', 'sweep-role.yaml'])
      await cluster.must(['apply', '-f', `${ROOT}deploy/kubernetes/${file}`]);
    await cluster.must([
      ...['create', 'clusterrolebinding', 'ana', '--clusterrole=portcullis-sweep'],
      '--user=ana@example.com',
    ]);
  });

  afterAll(async () => {
    // A setup that failed half-way left it undefined.
    await (cluster as Cluster | undefined)?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const settingsFor = (
    user: User,
    more: object = {},
  ): ReturnType<typeof kubernetes.settings.parse> => {
    const kubeconfig = join(folder, `${user}.kubeconfig`);
    const named = { cluster: 'peer', user };
    writeFileSync(
      kubeconfig,
      JSON.stringify({
        clusters: [
          {
            name: 'peer',
            cluster: { server: cluster.url, 'certificate-authority': certificate.cert },
          },
        ],
        users: [{ name: user, user: { token: `${user}-token` } }],
        contexts: [{ name: 'peer', context: named }],
        'current-context': 'peer',
      }),
    );
    return kubernetes.settings.parse({
      ...{ type: 'kubernetes', name: 'peer', cluster: 'peer', kubeconfig, pageSize: 2 },
      ...more,
    });
  };
  const open = async (user: User, more: object = {}): Promise<Inventory> =>
    await kubernetes.openInventory(settingsFor(user, more), fakeOutside());
  const sweep = async (
    inventory: Inventory,
  ): Promise<{ plan: InventoryPlan; live: LiveResource[]; pages: number }> => {
    const plan = await inventory.plan(EVERYTHING, signal);
    const pages = [];
    for (const partition of plan.partitions) pages.push(...(await pagesOf(inventory, partition)));
    return { plan, live: pages.flatMap(({ resources }) => resources), pages: pages.length };
  };
  /** What kubectl sees, in the words of our addresses. */
  const seenByKubectl = async (kind: string): Promise<string[]> => {
    const template = '{range .items[*]}{.metadata.namespace}/{.kind}/{.metadata.name}{"\\n"}{end}';
    const text = await cluster.must(['get', kind, '-A', `-o=jsonpath=${template}`]);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `peer/${line.replace(/^\//, '')}`)
      .sort();
  };

  it('finds what kubectl finds, two objects a page', async () => {
    const { plan, live, pages } = await sweep(await open('admin'));
    expect(plan.gaps).toEqual([]);
    expect(pages).toBeGreaterThan(plan.partitions.length);
    const addresses = live.map(({ resource }) => resource.address).sort();
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const kind of ['deployments', 'pods', 'secrets', 'namespaces', 'clusterroles']) {
      const expected = await seenByKubectl(kind);
      expect(expected.length).toBeGreaterThan(0);
      expect(addresses, kind).toEqual(expect.arrayContaining(expected));
    }
    expect(addresses).toContain('peer/team-b/CronTab.stable.example.com/nightly');
    for (const { type, expected } of plan.partitions)
      expect(live.filter(({ resource }) => resource.type === type).length, type).toBe(expected);
  });

  it('never keeps what a secret holds', async () => {
    const { live } = await sweep(await open('admin', { kinds: ['kubernetes.secret'] }));
    const text = JSON.stringify(live);
    expect(text).toContain('password');
    expect(text).not.toContain('hunter22');
    expect(text).not.toContain(Buffer.from('hunter22-in-the-clear').toString('base64'));
  });

  it('lists every kind that the shipped role grants, under the name that the cluster has for it', async () => {
    const names = await cluster.must(['api-resources', '--no-headers', '-o', 'name']);
    const served = new Set(
      names.split('\n').map((name) => name.replace(/^([^.]+)\.(.+)$/, '$2/$1')),
    );
    const absent = kubernetes.permissions.read
      .map(({ action }) => action.replace(/^list /, ''))
      .filter((resource) => !resource.startsWith('get ') && !served.has(resource));
    // What is not built in has to be installed first.
    expect(absent.filter((resource) => !/istio|gateway\.networking/.test(resource))).toEqual([]);
  });

  it('has a gap for what its role leaves out, and reads the rest', async () => {
    const { plan, live } = await sweep(await open('ana'));
    const secrets = plan.gaps.filter(({ type }) => type === 'v1/Secret');
    expect(secrets).toMatchObject([{ scope: { cluster: 'peer' }, code: 'CLOUD_DENIED' }]);
    expect(secrets[0]?.message).toMatch(/User "ana@example.com" cannot list resource "secrets"/);
    expect(plan.partitions.filter(({ type }) => type === 'v1/Secret')).toEqual([]);
    // What is not built in, the shipped role does not name.
    expect(plan.gaps.map(({ type }) => type)).toContain('stable.example.com/v1/CronTab');
    expect(live.map(({ resource }) => resource.address)).toContain('peer/team-a/Pod/loud');
  });

  it('reads the namespaces that a role is for', async () => {
    await cluster.must([
      '-n',
      'team-b',
      'create',
      'role',
      'keeper',
      '--verb=list',
      '--resource=secrets',
    ]);
    await cluster.must([
      ...['-n', 'team-b', 'create', 'rolebinding', 'keeper', '--role=keeper'],
      '--user=ana@example.com',
    ]);
    const { plan } = await sweep(await open('ana', { kinds: ['kubernetes.secret'] }));
    expect(plan.partitions.map(({ key }) => key)).toEqual(['peer/team-b/v1/Secret']);
    expect(plan.gaps.map(({ scope }) => scope['namespace'])).toContain('team-a');
  });

  it('judges what is there by the rules of the gate', async () => {
    const env = { PORTCULLIS_DATA: `${ROOT}.cache/gate`, PORTCULLIS_ENGINE__WORKERS: '1' };
    const gateway = await compose(loadConfig({ env, cwd: ROOT }), { record: false });
    try {
      const { live } = await sweep(await open('ana', { kinds: ['kubernetes.pod'] }));
      const { verdicts } = await gateway.judge({
        resources: toResources(live.map(({ resource }) => resource)),
        ...{ point: 'sweep', context: {}, now: new Date(), deadlineMs: 60_000 },
      });
      const privileged = verdicts.filter(({ rule }) => rule === 'kubernetes.privileged');
      expect(
        Object.fromEntries(privileged.map(({ address, verdict }) => [address, verdict])),
      ).toMatchObject({
        'peer/team-a/Pod/loud': 'violation',
        'peer/team-a/Pod/quiet': 'compliant',
      });
    } finally {
      await gateway.close();
    }
  });

  describe('labels', () => {
    let tagger: Tagger;
    const target: TagTarget = {
      address: 'peer/team-a/Deployment/web-0',
      type: 'apps/v1/Deployment',
      scope: { cluster: 'peer', namespace: 'team-a' },
    };
    const labels = async (): Promise<unknown> =>
      JSON.parse(
        await cluster.must([
          '-n',
          'team-a',
          'get',
          'deploy/web-0',
          '-o=jsonpath={.metadata.labels}',
        ]),
      );

    beforeAll(async () => {
      tagger = await kubernetes.openTagger(settingsFor('admin'), fakeOutside());
    });

    it('are mended on the version that was read, and a change in between is a conflict', async () => {
      const [reading] = await tagger.read([target], signal);
      expect(reading?.tags).toEqual({ state: 'known', values: { app: 'web' } });
      const change = {
        ...{ target, set: { owner: 'team-a' }, remove: [] },
        ...(reading?.version === undefined ? {} : { version: reading.version }),
      };
      await cluster.must(['-n', 'team-a', 'label', 'deploy/web-0', 'tier=front']);
      expect(await tagger.write([change], signal)).toMatchObject([
        { outcome: 'conflict', reason: 'Conflict' },
      ]);
      expect(await labels()).toEqual({ app: 'web', tier: 'front' });
      const [again] = await tagger.read([target], signal);
      expect(await tagger.write([{ ...change, version: again?.version ?? '' }], signal)).toEqual([
        { target, outcome: 'done' },
      ]);
      expect(await labels()).toEqual({ app: 'web', tier: 'front', owner: 'team-a' });
      await tagger.write([{ target, set: {}, remove: ['owner', 'never-there'] }], signal);
      expect(await labels()).toEqual({ app: 'web', tier: 'front' });
    });

    it('of a secret are read without the secret, and what may not be written is not', async () => {
      const secret = { ...target, address: 'peer/team-a/Secret/db', type: 'v1/Secret' };
      const gone = { ...target, address: 'peer/team-a/Deployment/gone' };
      expect(await tagger.read([secret, gone], signal)).toMatchObject([
        { tags: { state: 'known', values: {} } },
        { tags: { state: 'missing' } },
      ]);
      const ana = await kubernetes.openTagger(settingsFor('ana'), fakeOutside());
      const change = { target, set: { owner: 'ana' }, remove: [] };
      expect(await ana.write([change], signal)).toMatchObject([
        { outcome: 'failed', code: 'CLOUD_DENIED', reason: 'Forbidden' },
      ]);
    });

    it('that the API server does not take are those that we refuse', async () => {
      for (const [key, value] of [
        ['owner', 'a@b'],
        ['-x', 'a'],
        ['a/b/c', 'a'],
        ['owner', 'x'.repeat(64)],
      ] as const) {
        const ran = await cluster.kubectl('admin', [
          ...['-n', 'team-a', 'patch', 'deploy/web-1', '--type=merge', '-p'],
          JSON.stringify({ metadata: { labels: { [key]: value } } }),
        ]);
        expect(ran.code, key).not.toBe(0);
        expect(tagger.limits.refuses(key, value), key).toBeDefined();
      }
    });
  });

  it('ships a role that is what the adapter declares', () => {
    const text = readFileSync(`${ROOT}deploy/kubernetes/sweep-role.yaml`, 'utf8');
    expect(text).not.toContain('secrets');
    expect(text.match(/- (list|get|patch|watch|'\*')$/gm)?.every((verb) => verb === '- list')).toBe(
      true,
    );
  });
});
