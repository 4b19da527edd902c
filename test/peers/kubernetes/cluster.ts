import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Peers } from './peers.ts';
import { freePort, run, start, until } from './process.ts';
import type { Ran, Running } from './process.ts';

/** An API server with its store, on the loopback, in a folder of its own. */
export interface Cluster {
  readonly url: string;
  /** Runs kubectl as a user of the cluster; objects to apply go in by standard input. */
  readonly kubectl: (user: User, args: readonly string[], input?: string) => Promise<Ran>;
  /** As the administrator, and it has to work. */
  readonly must: (args: readonly string[], input?: string) => Promise<string>;
  /** What the API server wrote down so far, an event a line. */
  readonly auditLog: () => string;
  readonly stop: () => Promise<void>;
}

/** `admin` may do everything; `ana` what a role of the test grants. */
export type User = 'admin' | 'ana';

/** One certificate for 127.0.0.1, which is its own authority; API server and gate both show it. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export async function makeCertificate(folder: string): Promise<Certificate> {
  const [cert, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
  const made = await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', '-subj', '/CN=portcullis-peers', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ...['-keyout', key, '-out', cert],
  ]);
  if (made.code !== 0) throw new Error(`openssl made no certificate:\n${made.stderr}`);
  return { cert, key };
}

export async function startCluster(
  peers: Peers,
  folder: string,
  certificate: Certificate,
): Promise<Cluster> {
  const { store, storeUrl } = await startStore(peers, folder);
  const port = await freePort();
  const server = startApiServer(peers, folder, certificate, storeUrl, port);
  const kubectl: Cluster['kubectl'] = async (user, args, input) =>
    await run(
      peers.kubectl,
      [
        ...[`--server=https://127.0.0.1:${port}`, `--certificate-authority=${certificate.cert}`],
        ...[`--token=${user}-token`, '--kubeconfig=/dev/null', ...args],
      ],
      input,
      // Caches of kubectl belong to the test as well.
      { ...process.env, HOME: folder },
    );
  const must: Cluster['must'] = async (args, input) => {
    const ran = await kubectl('admin', args, input);
    if (ran.code !== 0) throw new Error(`kubectl ${args.join(' ')}:\n${ran.stderr}`);
    return ran.stdout;
  };
  const stop = async (): Promise<void> => {
    await server.stop();
    await store.stop();
  };
  try {
    await until(server, async () => (await must(['get', '--raw=/readyz'])) === 'ok', 90);
    await until(server, async () => (await must(['get', 'namespace', 'default'])) !== '', 30);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `https://127.0.0.1:${port}`;
  return {
    url,
    kubectl,
    must,
    stop,
    auditLog: () => readFileSync(join(folder, 'audit.log'), 'utf8'),
  };
}

async function startStore(
  peers: Peers,
  folder: string,
): Promise<{ readonly store: Running; readonly storeUrl: string }> {
  const storeUrl = `http://127.0.0.1:${await freePort()}`;
  const peerUrl = `http://127.0.0.1:${await freePort()}`;
  const store = start('etcd', peers.etcd, [
    ...['--name=peer', `--data-dir=${join(folder, 'etcd')}`, '--unsafe-no-fsync'],
    ...[`--listen-client-urls=${storeUrl}`, `--advertise-client-urls=${storeUrl}`],
    ...[`--listen-peer-urls=${peerUrl}`, `--initial-advertise-peer-urls=${peerUrl}`],
    ...[`--initial-cluster=peer=${peerUrl}`, '--log-level=warn'],
  ]);
  try {
    await until(store, async () => (await fetch(`${storeUrl}/health`)).ok, 30);
  } catch (error) {
    await store.stop();
    throw error;
  }
  return { store, storeUrl };
}

function startApiServer(
  peers: Peers,
  folder: string,
  { cert, key }: Certificate,
  storeUrl: string,
  port: number,
): Running {
  const accounts = join(folder, 'accounts.key');
  const tokens = join(folder, 'tokens.csv');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(accounts, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(
    tokens,
    'admin-token,admin,1,system:masters\nana-token,ana@example.com,2,developers\n',
  );
  const audit = join(folder, 'audit.yaml');
  writeFileSync(audit, AUDIT_POLICY);
  return start('kube-apiserver', peers.apiServer, [
    ...[`--etcd-servers=${storeUrl}`, '--bind-address=127.0.0.1', `--secure-port=${port}`],
    ...[`--tls-cert-file=${cert}`, `--tls-private-key-file=${key}`, `--token-auth-file=${tokens}`],
    ...['--authorization-mode=RBAC', '--anonymous-auth=false', `--cert-dir=${join(folder, 'pki')}`],
    ...['--service-account-issuer=https://127.0.0.1', `--service-account-key-file=${accounts}`],
    ...[`--service-account-signing-key-file=${accounts}`, '--service-cluster-ip-range=10.0.0.0/24'],
    ...[`--audit-policy-file=${audit}`, `--audit-log-path=${join(folder, 'audit.log')}`],
    '--allow-privileged=true',
    // No controller makes service accounts here, and no endpoint leads to this server.
    ...['--disable-admission-plugins=ServiceAccount', '--endpoint-reconciler-type=none'],
  ]);
}

const AUDIT_POLICY = JSON.stringify({
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata', resources: [{ group: '', resources: ['configmaps'] }] }],
});

/** A webhook configuration that sends what the test does to a gate on this machine. */
export function webhookFor(
  gateUrl: string,
  certificate: Certificate,
  failurePolicy: string,
): string {
  const bundle = readFileSync(certificate.cert).toString('base64');
  const rule = (operations: string[], resources: string[]): object => ({
    operations,
    resources,
    apiGroups: [''],
    apiVersions: ['*'],
  });
  return JSON.stringify({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'peer' },
    webhooks: [
      {
        name: 'gate.portcullis.internal',
        admissionReviewVersions: ['v1'],
        clientConfig: { url: `${gateUrl}/v1/admission/kubernetes/validate`, caBundle: bundle },
        sideEffects: 'NoneOnDryRun',
        failurePolicy,
        timeoutSeconds: 5,
        matchPolicy: 'Equivalent',
        rules: [
          rule(['CREATE', 'UPDATE', 'DELETE'], ['configmaps', 'persistentvolumeclaims']),
          rule(['CONNECT'], ['pods/exec']),
        ],
      },
    ],
  });
}
