import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

const INSTALL = fileURLToPath(new URL('../install-kubernetes.mjs', import.meta.url));
const SERVER = fileURLToPath(new URL('../../../dist/server.js', import.meta.url));

const Found = z.object({
  etcd: z.string().nullable(),
  'kube-apiserver': z.string().nullable(),
  kubectl: z.string().nullable(),
  'policy-reports': z.string().nullable(),
});

export interface Peers {
  readonly etcd: string;
  readonly apiServer: string;
  readonly kubectl: string;
  readonly gate: string;
  /** The published definition of ClusterPolicyReports, a YAML file. */
  readonly policyReports: string;
}

/**
 * The programs that the test runs, or undefined after saying aloud which one is missing.
 *
 * @throws Error in place of that where PORTCULLIS_PEERS_REQUIRED is set: there a skipped test is a broken one.
 */
export function findPeers(): Peers | undefined {
  const found = Found.parse(JSON.parse(execFileSync('node', [INSTALL, '--find']).toString('utf8')));
  const { etcd, kubectl, 'kube-apiserver': apiServer, 'policy-reports': policyReports } = found;
  const gate = existsSync(SERVER) ? SERVER : null;
  const openssl = spawnSync('openssl', ['version']).status === 0 ? 'openssl' : null;
  if (etcd !== null && apiServer !== null && kubectl !== null && policyReports !== null)
    if (gate !== null && openssl !== null) return { etcd, apiServer, kubectl, gate, policyReports };
  const missing = Object.entries({
    etcd,
    'kube-apiserver': apiServer,
    kubectl,
    'policy-reports': policyReports,
    openssl,
    'dist/server.js': gate,
  })
    .filter(([, path]) => path === null)
    .map(([name]) => name);
  const message =
    `NOT RUN: the gate before a real Kubernetes API server. Missing: ${missing.join(', ')}. ` +
    'Build them with: node test/peers/install-kubernetes.mjs';
  if (process.env['PORTCULLIS_PEERS_REQUIRED'] !== undefined) throw new Error(message);
  console.error(message);
  return undefined;
}
