import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { toResources } from '../../src/catalogue/resolve.ts';
import { compose } from '../../src/compose.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Gateway } from '../../src/gateway.ts';
import { openStore } from '../../src/store/index.ts';
import type { Store } from '../../src/store/index.ts';
import { comparesKind } from '../../src/sweep/comparing.ts';
import type { Judge } from '../../src/sweep/judge.ts';
import { startApiServer } from '../unit/clouds/kubernetes/api-server.ts';
import type { FakeApiServer } from '../unit/clouds/kubernetes/api-server.ts';
import { EVERYTHING, open } from '../unit/clouds/kubernetes/estate.ts';
import { fakeOutside } from '../unit/clouds/outside.ts';
import { startProcess } from '../unit/sweep/world.ts';
import type { Process } from '../unit/sweep/world.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RULE = 'kubernetes.network-policy';

describe('namespaces of a cluster, by the rules that we ship', () => {
  let gateway: Gateway;
  let folder: string;
  let server: FakeApiServer;
  let store: Store;

  beforeAll(async () => {
    const env = { PORTCULLIS_DATA: `${ROOT}.cache/gate`, PORTCULLIS_ENGINE__WORKERS: '1' };
    gateway = await compose(loadConfig({ env, cwd: ROOT }), { record: false });
  });
  afterAll(async () => await (gateway as Gateway | undefined)?.close());

  beforeEach(async () => {
    folder = mkdtempSync(`${tmpdir()}/portcullis-compared-`);
    server = await startApiServer(folder);
    store = await openStore({ folder, outside: fakeOutside() });
    for (const name of ['shop', 'open', 'other'])
      server.put('v1/Namespace', { metadata: { name } });
    limit('shop');
    return async () => {
      await store.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    };
  });

  const limit = (namespace: string): void => {
    server.put('networking.k8s.io/v1/NetworkPolicy', {
      metadata: { name: 'deny', namespace },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  };
  const cluster = async (limits: object = {}, more: object = {}): Promise<Process> => {
    const kinds = ['v1/Namespace', 'networking.k8s.io/v1/NetworkPolicy'];
    const inventory = await open(server, { kinds, pageSize: 1, ...more });
    // One group of the fake never answers; what that does to a sweep is another story.
    const plan: typeof inventory.plan = async (wanted, signal) => {
      const planned = await inventory.plan({ ...EVERYTHING, ...wanted }, signal);
      return { ...planned, gaps: planned.gaps.filter(({ type }) => !type?.startsWith('broken')) };
    };
    return startProcess(store, judgeOf(gateway), [{ ...inventory, plan }], limits);
  };
  const openFindings = async (): Promise<string[]> => {
    const { findings } = await store.findings.list({ state: 'open' }, 1000);
    const own = findings.filter(({ rule }) => rule === RULE);
    return own.map(({ address }) => address).sort();
  };

  it('break one without a network policy, and keep it with one', async () => {
    const sweeper = await cluster();
    expect(await sweeper.sweep()).toMatchObject({ state: 'completed' });
    expect(await openFindings()).toEqual(['west/Namespace/open', 'west/Namespace/other']);
    limit('open');
    await sweeper.sweep();
    expect(await openFindings()).toEqual(['west/Namespace/other']);
  });

  it('are neither good nor bad where network policies are refused, and nothing is closed', async () => {
    const sweeper = await cluster();
    await sweeper.sweep();
    limit('open');
    server.denied.add('list networking.k8s.io/networkpolicies');
    for (const name of ['shop', 'open', 'other'])
      server.denied.add(`list networking.k8s.io/networkpolicies in ${name}`);
    const refused = await sweeper.sweep();
    expect(refused).toMatchObject({
      state: 'failed',
      findings: { opened: 0, resolved: 0 },
      coverage: { gaps: [{ code: 'CLOUD_DENIED' }] },
    });
    expect(refused.notes.join()).toContain(`${RULE} needs to see more`);
    expect(await openFindings()).toEqual(['west/Namespace/open', 'west/Namespace/other']);
    // What the part that is not planned today held is still known.
    expect(await store.fleet.find('west/shop/NetworkPolicy/deny')).toBeDefined();
    server.denied.clear();
    await sweeper.sweep();
    expect(await openFindings()).toEqual(['west/Namespace/other']);
  });

  it('are not judged by policies that the settings leave out', async () => {
    await (await cluster({}, { kinds: ['v1/Namespace'] })).sweep();
    expect(await openFindings()).toEqual([]);
  });

  it('are not judged by half of what there is, where that is too much to see at once', async () => {
    const sweeper = await cluster({ whole: 3, group: 2 });
    const swept = await sweeper.sweep();
    expect(swept).toMatchObject({ state: 'completed', coverage: { resources: { read: 4 } } });
    expect(swept.notes.join()).toContain(`${RULE} needs to see more`);
    expect(await openFindings()).toEqual([]);
  });
});

/** As the composition root puts it together. */
function judgeOf(gateway: Gateway): Judge {
  return {
    rules: () => gateway.rules(),
    looksAt: () => true,
    compares: (kind) => comparesKind(gateway.rules().rules, kind),
    judge: async (raw, { now, context }) => {
      const resources = toResources(raw);
      const asked = { resources, context, now: new Date(now), deadlineMs: 60_000 };
      return { resources, ...(await gateway.judge({ ...asked, point: 'sweep' })) };
    },
  };
}
