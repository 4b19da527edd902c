// One process that does one thing with a ledger, and prints what it took as JSON.
//   node bench/ledger-process.mjs append FOLDER CALLERS WARM SECONDS [URL]    durable appends: the file in FOLDER, or PostgreSQL at URL
//   node bench/ledger-process.mjs prove FOLDER RECORDS SECONDS [URL]          inclusion and consistency proofs over so many records
//   node bench/ledger-process.mjs log FOLDER RECORDS                          a log of so many records in FOLDER/log, its key in FOLDER/key
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import pg from 'pg';

import { canonicalJson } from '../dist/kit/canonical-json.js';
import { sha256 } from '../dist/kit/digest.js';
import { formatCheckpoint } from '../dist/ledger/checkpoint.js';
import { toEntry } from '../dist/ledger/entry.js';
import { newSigner } from '../dist/ledger/key.js';
import { signNote } from '../dist/ledger/note/note.js';
import { openLedger } from '../dist/ledger/open.js';
import { encodeBundle } from '../dist/ledger/tiles/bundle.js';
import { bundlePath, tilePath } from '../dist/ledger/tiles/path.js';
import { leafHash } from '../dist/ledger/tree/hash.js';
import { createTree, TILE_WIDTH } from '../dist/ledger/tree/tree.js';
import { median, quantile } from './numbers.mjs';
import { cpuMs, peakMiB } from './process.mjs';

const AT_ONCE = 2000;
const PROOFS = 500;
const [POLICIES, RULES] = [sha256('policies'), sha256('rules')];

const [what, folder, ...rest] = process.argv.slice(2);
console.log(JSON.stringify(await { append, prove, log }[what](...rest)));

/** Each caller appends its next record when the last one was durable. */
async function append(callers, warm, seconds, url) {
  const { ledger } = await open(url);
  const server = await serverOf(url);
  const records = makeRecords(process.pid);
  const waited = [];
  const from = performance.now() + Number(warm) * 1000;
  const until = from + Number(seconds) * 1000;
  const begun = wait(Number(warm) * 1000).then(async () => ({
    cpu: process.cpuUsage(),
    server: await server.cpuMs(),
  }));
  const caller = async () => {
    while (performance.now() < until) {
      const record = records();
      const sent = performance.now();
      await ledger.append(record);
      if (sent >= from) waited.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: Number(callers) }, caller));
  const took = performance.now() - from;
  const before = await begun;
  const cpu = process.cpuUsage(before.cpu);
  const used = (cpu.user + cpu.system) / 1000 + (await server.cpuMs()) - before.server;
  await server.close();
  await ledger.close();
  return {
    records: waited.length,
    perSecond: (waited.length / took) * 1000,
    p50: median(waited),
    p95: quantile(waited, 0.95),
    p99: quantile(waited, 0.99),
    cpuMsEach: used / waited.length,
    ...sizes(records()),
  };
}

/** Random places, asked for in the numbers in which a report asks. */
async function prove(count, seconds, url) {
  const { ledger, log: proofs } = await open(url);
  const records = makeRecords(process.pid);
  for (let from = 0; from < Number(count); from += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, count - from) }, () => ledger.append(records())),
    );
  await proofs.sign();
  const anywhere = () => Math.floor(Math.random() * count);
  const inclusion = await rateOf(Number(seconds), async () => {
    await proofs.prove(Array.from({ length: PROOFS }, anywhere));
    return PROOFS;
  });
  const single = await rateOf(Number(seconds), async () => {
    await proofs.prove([anywhere()]);
    return 1;
  });
  const consistency = await rateOf(Number(seconds), async () => {
    await proofs.consistency(1 + anywhere());
    return 1;
  });
  await ledger.close();
  return { records: Number(count), together: PROOFS, inclusion, single, consistency };
}

async function rateOf(seconds, work) {
  await work();
  const begin = performance.now();
  let done = 0;
  while (performance.now() - begin < seconds * 1000) done += await work();
  return (done / (performance.now() - begin)) * 1000;
}

/** As an export writes it, of headers that differ in id and digests alone. */
function log(count) {
  const size = Number(count);
  const signer = newSigner('bench.example/log');
  const tree = createTree();
  const headers = makeHeaders();
  const root = path.join(folder, 'log');
  const write = ({ level, index, hashes }) =>
    put(path.join(root, tilePath(level, index, hashes.length)), Buffer.concat(hashes));
  for (let from = 0; from < size; from += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, size - from);
    const entries = Array.from({ length: width }, (_, at) => Buffer.from(headers(from + at)));
    put(path.join(root, bundlePath(from / TILE_WIDTH, width)), encodeBundle(entries));
    for (const entry of entries) tree.append(leafHash(entry)).forEach(write);
  }
  tree.partialTiles().forEach(write);
  const head = { origin: signer.verifier.name, size, root: tree.root() };
  put(path.join(root, 'checkpoint'), signNote(formatCheckpoint(head), signer));
  put(path.join(folder, 'key'), `${signer.verifier.text}\n`);
  return { records: size, leafBytes: headers(0).length, peakMiB: peakMiB(process.pid) };
}

function put(file, bytes) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

function open(url) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return openLedger({
    folder,
    url,
    deadlineMs: 60_000,
    queue: 2 * AT_ONCE,
    retention: { holds: [] },
    clock: () => new Date(),
    newId: () => `bench-${process.pid}`,
    warn: (message, facts) => console.error(message, facts),
  });
}

/** CPU of all processes of a server on this machine, so far; 0 where there is no server. */
async function serverOf(url) {
  if (url === undefined) return { cpuMs: () => Promise.resolve(0), close: () => undefined };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    cpuMs: async () => {
      const { rows } = await client.query('SELECT pid FROM pg_stat_activity');
      return rows.reduce((sum, { pid }) => sum + cpuMs(pid), 0);
    },
    close: () => client.end(),
  };
}

/** Denials of an admission, as a cluster asks for them: three rules have something to say. */
function makeRecords(seed) {
  let n = 0;
  return () => {
    const id = `bench-${seed}-${String(n++).padStart(9, '0')}`;
    const time = new Date().toISOString();
    return { id, time, type: 'decision', decision: denial(id, time) };
  };
}

function denial(id, time) {
  return {
    id,
    time,
    decision: 'deny',
    reason: 'Three rules stand against it.',
    point: 'admission',
    dryRun: false,
    document: {
      source: 'kubernetes-admission',
      digest: sha256(id),
      bytes: 4942,
      resources: 1,
      notes: [],
    },
    summary: {
      violation: 3,
      unknown: 0,
      exempt: 0,
      failed: 0,
      compliant: 17,
      'not-applicable': 0,
    },
    violations: ['labels.owner', 'labels.team', 'pods.limits'].map(violation),
    warnings: [],
    recorded: [],
    exempt: [],
    unknown: [],
    failed: [],
    coverage: { judged: 1, unjudged: [] },
    policies: { digest: POLICIES, count: 60 },
    rules: { digest: RULES, count: 20 },
    timings: { normaliseMs: 1, evaluateMs: 1.5, decideMs: 0 },
    context: { actor: 'system:serviceaccount:ci:deployer' },
  };
}

function violation(rule) {
  return {
    rule,
    policy: 'PC-TAG-001',
    severity: 'high',
    enforcement: 'deny',
    address: 'apps/v1/Deployment/shop/checkout',
    kind: 'kubernetes.deployment',
    path: 'metadata.labels.owner',
    message: 'The label owner is missing, so nobody is told when it breaks.',
    expected: 'a label owner',
    actual: null,
    fix: 'Add the label owner with the name of a team.',
    link: 'https://example.com/rules/owner',
  };
}

function sizes(record) {
  const { header, body } = toEntry(record);
  return { leafBytes: header.length, bodyBytes: body.length };
}

function makeHeaders() {
  const time = '2026-01-01T00:00:00.000Z';
  const header = JSON.parse(toEntry({ ...makeRecords(0)(), time }).header);
  return (n) => canonicalJson({ ...header, id: `bench-${n}`, body: sha256(String(n)) });
}
