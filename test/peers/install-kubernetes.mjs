#!/usr/bin/env node
/**
 * Puts a real Kubernetes API server, its etcd and kubectl into the peers' cache, building them from their public Go modules where they are missing;
 * and the definition of ClusterPolicyReports, as the Kubernetes policy working group publishes it.
 *
 *   node test/peers/install-kubernetes.mjs            build what is missing (about ten minutes the first time, nothing afterwards)
 *   node test/peers/install-kubernetes.mjs --find     build nothing; print as JSON where each is, null for what is missing
 *
 * The cache is PORTCULLIS_PEERS_CACHE, else ~/.cache/portcullis-peers. Needs Go 1.24 or newer; no root, no container engine, no etcd package.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const KUBERNETES = 'v1.34.4';
const ETCD = 'v3.6.7';
/** Where the working group publishes the definitions of PolicyReports. */
const POLICY_REPORTS = 'v0.0.0-20240327135653-0fc2ddc5d3e3';

const cache =
  process.env['PORTCULLIS_PEERS_CACHE'] ?? join(homedir(), '.cache', 'portcullis-peers');
const bin = join(cache, 'bin');

/** The peers, each with its way in. A binary carries its version in its name, so that a new version never runs as the old one. */
const PEERS = [
  { name: 'etcd', file: `etcd-${ETCD}`, build: buildEtcd },
  {
    name: 'kube-apiserver',
    file: `kube-apiserver-${KUBERNETES}`,
    build: () => buildKubernetes('kube-apiserver'),
  },
  {
    name: 'kubectl',
    file: `kubectl-${KUBERNETES}`,
    onPath: 'kubectl',
    build: () => buildKubernetes('kubectl'),
  },
  {
    name: 'policy-reports',
    file: `clusterpolicyreports-v1alpha2-${POLICY_REPORTS}.yaml`,
    build: fetchPolicyReports,
  },
];

main();

function main() {
  const found = PEERS.map((peer) => [peer.name, pathOf(peer) ?? null]);
  if (process.argv.includes('--find')) return say(JSON.stringify(Object.fromEntries(found)));
  for (const [name, path] of found) if (path !== null) say(`${name}: here, ${path}`);
  const missing = PEERS.filter((peer) => pathOf(peer) === undefined);
  if (missing.length > 0) requireGo();
  mkdirSync(bin, { recursive: true });
  for (const peer of missing) {
    const started = Date.now();
    say(`${peer.name}: building ${peer.file} (this takes minutes)`);
    peer.build();
    say(`${peer.name}: built in ${String(Math.round((Date.now() - started) / 1000))} s`);
  }
}

/** Our own build first: its version is the one that was asked for. */
function pathOf(peer) {
  const own = join(bin, peer.file);
  if (existsSync(own)) return own;
  return peer.onPath === undefined ? undefined : onPath(peer.onPath);
}

function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

function requireGo() {
  const found = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  if (found.status !== 0)
    fail('building these peers needs Go 1.24 or newer on PATH (https://go.dev/dl/)');
}

function buildEtcd() {
  inScratchModule((folder) => {
    writeFileSync(
      join(folder, 'main.go'),
      'package main\n\nimport (\n\t"os"\n\n\t"go.etcd.io/etcd/server/v3/etcdmain"\n)\n\nfunc main() { etcdmain.Main(os.Args) }\n',
    );
    writeFileSync(
      join(folder, 'go.mod'),
      `module peers/etcd\n\ngo 1.24.0\n\nrequire go.etcd.io/etcd/server/v3 ${ETCD}\n`,
    );
    build(folder, '.', `etcd-${ETCD}`, '-s -w');
  });
}

function buildKubernetes(command) {
  inScratchModule((folder) => {
    writeFileSync(
      join(folder, 'tools.go'),
      `//go:build tools\n\npackage tools\n\nimport _ "k8s.io/kubernetes/cmd/${command}"\n`,
    );
    writeFileSync(join(folder, 'go.mod'), kubernetesModule(folder));
    const [major, minor] = KUBERNETES.slice(1).split('.');
    const version = 'k8s.io/component-base/version';
    const stamp = `-s -w -X ${version}.gitVersion=${KUBERNETES} -X ${version}.gitMajor=${major} -X ${version}.gitMinor=${minor}`;
    build(folder, `k8s.io/kubernetes/cmd/${command}`, `${command}-${KUBERNETES}`, stamp);
  });
}

/**
 * k8s.io/kubernetes keeps its libraries beside it and says so with `replace => ./staging/…`, which mean nothing to a module that imports it:
 * each is replaced by the published release of the same library (v1.34.4 publishes them as v0.34.4).
 */
function kubernetesModule(folder) {
  const printed = execFileSync(
    'go',
    ['mod', 'download', '-json', `k8s.io/kubernetes@${KUBERNETES}`],
    { cwd: folder, encoding: 'utf8' },
  );
  const upstream = readFileSync(JSON.parse(printed).GoMod, 'utf8');
  const libraries = [
    ...upstream.matchAll(/^\s*(?:replace\s+)?(k8s\.io\/\S+) => \.\/staging\//gm),
  ].map((match) => match[1]);
  const staged = KUBERNETES.replace(/^v1\./, 'v0.');
  const replaced = libraries
    .filter((name) => !name.includes('/sample-'))
    .map((name) => `\t${name} => ${name} ${staged}`);
  const goLine = /^go .*$/m.exec(upstream)?.[0] ?? 'go 1.24.0';
  return `module peers/kubernetes\n\n${goLine}\n\nrequire k8s.io/kubernetes ${KUBERNETES}\n\nreplace (\n${replaced.join('\n')}\n)\n`;
}

/** The definition as it is published: the API server validates by its schema. */
function fetchPolicyReports() {
  const module = `sigs.k8s.io/wg-policy-prototypes@${POLICY_REPORTS}`;
  const printed = execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' });
  const folder = join(JSON.parse(printed).Dir, 'policy-report', 'crd', 'v1alpha2');
  const file = `clusterpolicyreports-v1alpha2-${POLICY_REPORTS}.yaml`;
  copyFileSync(join(folder, 'wgpolicyk8s.io_clusterpolicyreports.yaml'), join(bin, file));
}

function inScratchModule(work) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'build-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds beside its place and moves in, so that a build cut short never leaves a binary that looks whole. */
function build(folder, target, file, ldflags) {
  const half = join(bin, `.${file}.${String(process.pid)}`);
  const ran = spawnSync(
    'go',
    ['build', '-mod=mod', '-trimpath', '-ldflags', ldflags, '-o', half, target],
    {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' },
    },
  );
  if (ran.status !== 0) {
    rmSync(half, { force: true });
    fail(
      `go build ${target} failed (see above). The module proxy must be reachable and about 4 GB of disk free.`,
    );
  }
  renameSync(half, join(bin, file));
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(line) {
  process.stderr.write(`install-kubernetes: ${line}\n`);
  process.exit(1);
}
