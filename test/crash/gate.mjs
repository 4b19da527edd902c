// What the crash rounds share: a gate of their own to kill, plans to ask it about, and the look at its ledger afterwards.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';

const READY_MS = 120_000;
const READERS = 8;
const TILE_WIDTH = 256;

const root = fileURLToPath(new URL('../..', import.meta.url));

export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A folder with one policy and one rule: the ledger is what is tried here, and starts should not take long. */
export function makePlace() {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-crash-'));
  for (const part of ['tagging/required', 'lib/tags.rego', 'lib/tags_test.rego'])
    cpSync(path.join(root, 'policies', part), path.join(folder, 'policies', part), {
      recursive: true,
    });
  mkdirSync(path.join(folder, 'rules'));
  const rule = '{id: owner, policy: PC-TAG-001, parameters: {keys: [owner]}, enforce: deny}';
  writeFileSync(path.join(folder, 'rules/owner.yaml'), `rules:\n  - ${rule}\n`);
  return folder;
}

/** @param store the address of a database; without one the ledger is a file in the folder. */
export function environment(folder, store, more = {}) {
  return {
    ...process.env,
    PORTCULLIS_DATA: path.join(folder, 'data'),
    PORTCULLIS_POLICIES__FOLDERS: JSON.stringify([path.join(folder, 'policies')]),
    PORTCULLIS_RULES__FOLDERS: JSON.stringify([path.join(folder, 'rules')]),
    PORTCULLIS_SERVER__PORT: '0',
    PORTCULLIS_LOG__LEVEL: 'error',
    PORTCULLIS_LOG__FORMAT: 'json',
    PORTCULLIS_LEDGER__DEADLINE: '20s',
    ...(store === undefined ? {} : { PORTCULLIS_STORE__URL: store }),
    ...more,
  };
}

/** A gate that is ready. `log` is what it said on stderr. */
export async function startGate(folder, env) {
  const begin = Date.now();
  const child = spawn(process.execPath, [path.join(root, 'dist/server.js')], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [];
  child.stderr.on('data', (chunk) => said.push(chunk.toString()));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the gate was not ready in time')), READY_MS);
    child.stdout.once('data', (chunk) => {
      clearTimeout(late);
      resolve(JSON.parse(chunk.toString()).url);
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the gate ended with ${code} before it was ready: ${said.join('')}`));
    });
  });
  return { child, ended, url, said, readyMs: Date.now() - begin };
}

export async function stopGate(gate) {
  gate.child.kill('SIGTERM');
  return await gate.ended;
}

/** Asks about a plan. @throws when the gate is gone before it answered. */
export async function ask(url, name, headers = {}) {
  const response = await fetch(`${url}/v1/decisions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: plan(name),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** Looks for every decision that was answered. @returns a sentence for each that is not there, or reads otherwise. */
export async function lookFor(url, decisions) {
  const left = [...decisions.values()];
  const wrongs = [];
  const reader = async () => {
    for (let decision = left.pop(); decision !== undefined; decision = left.pop()) {
      const response = await fetch(`${url}/v1/decisions/${decision.id}`);
      const found = await response.json();
      if (response.status !== 200)
        wrongs.push(
          `decision ${decision.id} was answered and is missing: ${response.status} ${found.code}`,
        );
      else if (!isDeepStrictEqual(found, decision))
        wrongs.push(`decision ${decision.id} reads otherwise than it was answered`);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return wrongs;
}

/**
 * Exports the ledger and verifies it as an auditor would, by the program that shares no code with what wrote it.
 *
 * @param ids of records that must be entries of it.
 * @returns its size, the ids of its entries in their order, and a sentence for each thing that is wrong.
 */
export function auditLedger(folder, env, ids) {
  const evidence = mkdtempSync(path.join(tmpdir(), 'portcullis-evidence-'));
  const exported = audit(folder, env, ['export', evidence, '--output', 'json']);
  if (exported.status !== 0)
    return { size: 0, wrongs: [`export: ${exported.stderr}`], entries: [] };
  const { size, verifierKey } = JSON.parse(exported.stdout);
  const key = path.join(folder, 'verifier.key');
  writeFileSync(key, verifierKey);
  const verified = audit(folder, env, ['verify', evidence, '--key', key]);
  const wrongs = verified.status === 0 ? [] : [`verify: ${verified.stdout}${verified.stderr}`];
  const entries = entryIds(evidence, size);
  const there = new Set(entries);
  if (there.size !== size) wrongs.push(`${size} entries have ${there.size} different ids`);
  for (const id of ids) if (!there.has(id)) wrongs.push(`record ${id} is no entry of the log`);
  rmSync(evidence, { recursive: true });
  return { size, wrongs, entries };
}

function audit(folder, env, parameters) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'dist/bin.js'), 'audit', ...parameters],
    { cwd: folder, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return { status, stdout, stderr };
}

/** Reads the entry bundles of a log (C2SP tlog-tiles): each entry behind its length, in two bytes. */
function entryIds(evidence, size) {
  const ids = [];
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
    const bytes = readFileSync(path.join(evidence, 'tile/entries', bundlePath(index, width)));
    for (let at = 0; at < bytes.length;) {
      const end = at + 2 + bytes.readUInt16BE(at);
      ids.push(JSON.parse(bytes.subarray(at + 2, end).toString()).id);
      at = end;
    }
  }
  return ids;
}

function bundlePath(index, width) {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g);
  const name = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === TILE_WIDTH ? name : `${name}.p/${width}`;
}

/** It needs the build, as what was installed does. */
export function requireBuild() {
  if (existsSync(path.join(root, 'dist/server.js'))) return;
  throw new Error('There is no build. Make it first: npm test, or npx tsc -p tsconfig.build.json');
}

/** A small plan, another one each time. */
export function plan(name) {
  const after = { name, tags: { owner: 'ada' }, tags_all: { owner: 'ada' } };
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: { root_module: {} },
    resource_changes: [
      {
        address: 'aws_sqs_queue.q',
        mode: 'managed',
        type: 'aws_sqs_queue',
        name: 'q',
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: { actions: ['create'], before: null, after, after_unknown: { id: true } },
      },
    ],
    configuration: { root_module: {} },
  });
}
