import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { RecordList } from '../../src/http/views.ts';
import { Decision } from '../../src/model/decision.ts';
import { makeCertificate, startCluster, webhookFor } from './kubernetes/cluster.ts';
import type { Certificate, Cluster } from './kubernetes/cluster.ts';
import { startGate } from './kubernetes/gate.ts';
import type { Gate } from './kubernetes/gate.ts';
import { findPeers } from './kubernetes/peers.ts';
import { freePort } from './kubernetes/process.ts';

const DEPLOY = fileURLToPath(new URL('../../deploy/kubernetes/', import.meta.url));
const peers = findPeers();

describe.skipIf(peers === undefined)('the gate before a real API server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-kubernetes-'));
  let certificate: Certificate;
  let cluster: Cluster;
  let gate: Gate;
  let port: number;

  beforeAll(async () => {
    certificate = await makeCertificate(folder);
    cluster = await startCluster(peers!, folder, certificate);
    port = await freePort();
    gate = await startGate(peers!.gate, folder, certificate, port);
    // The roles that come with Kubernetes are put together by a controller, which does not run here.
    const resources = 'configmaps,persistentvolumeclaims,pods,pods/exec';
    await cluster.must(['create', 'role', 'ana', '--verb=*', `--resource=${resources}`]);
    await cluster.must(['create', 'rolebinding', 'ana', '--role=ana', '--user=ana@example.com']);
    await cluster.must(['apply', '-f', '-'], configMap('waiting', {}));
    await closeTheGate('Fail');
  });

  afterAll(async () => {
    // Each stops its own processes alone; a setup that failed half-way left some of these undefined.
    await (gate as Gate | undefined)?.stop();
    await (cluster as Cluster | undefined)?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('denies with our message, word for word', async () => {
    const { code, stderr } = await ana(['create', '-f', '-'], configMap('bad', {}));
    expect(code).not.toBe(0);
    const decision = await lastDecision();
    expect(stderr).toContain(
      [
        'admission webhook "gate.portcullis.internal" denied the request: Denied: 1 violation.',
        `- [peer.owner, PC-TAG-001] ${decision.violations[0]?.message ?? '?'} (default/ConfigMap/bad tags.owner) Fix: ${decision.violations[0]?.fix ?? '?'}`,
        `Decision ${decision.id}`,
      ].join('\n'),
    );
    expect(stderr).toMatch(/^Error from server \(Forbidden\)/m);
    expect(decision).toMatchObject({
      decision: 'deny',
      point: 'admission',
      dryRun: false,
      context: { actor: 'ana@example.com', run: { operation: 'CREATE' } },
    });
  });

  it('allows, and warns', async () => {
    const { code, stdout, stderr } = await ana(
      ['create', '-f', '-'],
      configMap('good', { owner: 'ana' }),
    );
    expect([code, stdout]).toEqual([0, 'configmap/good created\n']);
    expect(stderr).toMatch(/^Warning: \[peer\.team\] The tag team is missing\.$/m);
  });

  it('says nothing where there is nothing to say', async () => {
    const fine = configMap('fine', { owner: 'ana', team: 'shop' });
    const { code, stderr } = await ana(['create', '-f', '-'], fine);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('judges an update by what will be there', async () => {
    const { code, stderr } = await ana(['label', 'configmap', 'fine', 'owner-']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('[peer.owner, PC-TAG-001]');
    expect(await lastDecision()).toMatchObject({ context: { run: { operation: 'UPDATE' } } });
  });

  it('judges a rehearsal, changes nothing, and marks the record', async () => {
    const rehearsal = ['create', '--dry-run=server', '-f', '-'];
    const refused = await ana(rehearsal, configMap('rehearsed', {}));
    expect(refused.stderr).toContain('[peer.owner, PC-TAG-001]');
    expect(await lastDecision()).toMatchObject({ decision: 'deny', dryRun: true });
    const allowed = await ana(rehearsal, configMap('rehearsed', { owner: 'ana', team: 'shop' }));
    expect(allowed.code).toBe(0);
    expect(await lastDecision()).toMatchObject({ decision: 'allow', dryRun: true });
    expect((await ana(['get', 'configmap', 'rehearsed'])).stderr).toContain('NotFound');
  });

  it('judges a deletion by what is deleted', async () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'ledger', namespace: 'default' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    expect((await ana(['create', '-f', '-'], JSON.stringify(claim))).code).toBe(0);
    const { code, stderr } = await ana([
      'delete',
      'persistentvolumeclaim',
      'ledger',
      '--wait=false',
    ]);
    expect(code).not.toBe(0);
    expect(stderr).toContain('[peer.stateful, PC-CHG-001]');
    expect((await ana(['delete', 'configmap', 'good'])).code).toBe(0);
  });

  it('judges a session into a pod', async () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default' },
      spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1' }] },
    };
    await cluster.must(['create', '-f', '-'], JSON.stringify(pod));
    const { code, stderr } = await ana(['exec', 'web', '--', 'id']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('A session into a pod is not allowed.');
    expect(await lastDecision()).toMatchObject({
      context: { actor: 'ana@example.com', run: { operation: 'CONNECT' } },
      violations: [{ address: 'default/pods/web/exec' }],
    });
  });

  it.each(['namespace.yaml', 'gate.yaml', 'webhook.yaml'])(
    'takes deploy/kubernetes/%s',
    async (file) => {
      // A rehearsal makes no namespace, so what lives in it needs the real one.
      await cluster.must(['apply', '-f', `${DEPLOY}namespace.yaml`]);
      const rehearsal = [
        'apply',
        '--dry-run=server',
        '--validate=strict',
        '-f',
        `${DEPLOY}${file}`,
      ];
      const { code, stdout, stderr } = await cluster.kubectl('admin', rehearsal);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('(server dry run)');
    },
  );

  it('leaves the id of each decision in the audit log of the cluster', async () => {
    await ana(['create', '-f', '-'], configMap('audited', {}));
    const { id, rules } = await lastDecision();
    await eventually(() => Promise.resolve(cluster.auditLog().includes(id)));
    const entry = cluster
      .auditLog()
      .split('\n')
      .find((line) => line.includes(id));
    expect(JSON.parse(entry ?? '{}')).toMatchObject({
      annotations: {
        'gate.portcullis.internal/decision': 'deny',
        'gate.portcullis.internal/denied-by': 'peer.owner',
        'gate.portcullis.internal/rules-digest': rules.digest,
      },
    });
  });

  it('keeps out what it guards while it is away, under Fail', async () => {
    await gate.stop();
    const { code, stderr } = await ana(
      ['create', '-f', '-'],
      configMap('closed', { owner: 'ana' }),
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain('failed calling webhook "gate.portcullis.internal"');
  });

  it('lets everything through while it is away, under Ignore', async () => {
    await cluster.must(['apply', '-f', '-'], webhookFor(gate.url, certificate, 'Ignore'));
    await eventually(
      async () => (await ana(['create', '-f', '-'], configMap('open', {}))).code === 0,
    );
  });

  it('judges again when it is back', async () => {
    gate = await startGate(peers!.gate, folder, certificate, port);
    const denied = async (): Promise<boolean> =>
      (await ana(['create', '--dry-run=server', '-f', '-'], configMap('late', {}))).stderr.includes(
        '[peer.owner',
      );
    await eventually(denied);
  });

  const ana = (args: readonly string[], input?: string): ReturnType<Cluster['kubectl']> =>
    cluster.kubectl('ana', ['--namespace=default', ...args], input);

  /** A webhook configuration takes effect a moment after it is there. */
  async function closeTheGate(failurePolicy: string): Promise<void> {
    await cluster.must(['apply', '-f', '-'], webhookFor(gate.url, certificate, failurePolicy));
    const label = ['label', 'configmap', 'waiting', 'a=b', '--dry-run=server'];
    await eventually(async () => (await ana(label)).stderr.includes('[peer.owner'));
  }

  async function lastDecision(): Promise<Decision> {
    const page = RecordList.parse(await gate.get('/v1/decisions?limit=1'));
    return Decision.parse(await gate.get(`/v1/decisions/${page.records[0]?.id ?? 'none'}`));
  }
});

async function eventually(ask: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt++) {
    if (await ask()) return;
    await sleep(500);
  }
  throw new Error('it did not come to that within 30 seconds');
}

function configMap(name: string, labels: Record<string, string>): string {
  const metadata = { name, namespace: 'default', labels };
  return JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { mode: 'fast' } });
}
