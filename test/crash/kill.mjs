// Kills the gate under load, again and again, and looks for every decision that was answered.
//   npm run test:crash               50 rounds
//   ROUNDS=200 npm run test:crash    as many as it says
// It needs the build (dist/server.js). Exits 1 when an answered decision is missing or
// reads otherwise than it was answered.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';

const ROUNDS = Number(process.env['ROUNDS'] ?? 50);
const CLIENTS = 32;
/** A round ends at a random moment after so many answers, so that every round has something to lose. */
const LEAST_ANSWERS = 32;
const LONGEST_WAIT_MS = 500;
const READY_MS = 120_000;

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-crash-'));
const totals = { answered: 0, missing: 0, different: 0, slowestRestart: 0 };

try {
  writePolicies();
  let gate = await start();
  for (let round = 1; round <= ROUNDS; round++) gate = await runRound(gate, round);
  gate.child.kill('SIGTERM');
  await gate.ended;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const { answered, missing, different, slowestRestart } = totals;
console.log(
  `${ROUNDS} rounds, ${answered} answered, ${missing} missing, ${different} different, slowest restart ${slowestRestart} ms`,
);
const lost = Math.min(ROUNDS, missing + different);
console.log(`${ROUNDS - lost} passed, ${lost} failed`);
process.exitCode = missing + different > 0 || answered === 0 ? 1 : 0;

/** One policy and one rule: the ledger is what is tried here, and starts should not take long. */
function writePolicies() {
  for (const part of ['tagging/required', 'lib/tags.rego', 'lib/tags_test.rego'])
    cpSync(path.join(root, 'policies', part), path.join(folder, 'policies', part), {
      recursive: true,
    });
  mkdirSync(path.join(folder, 'rules'));
  const rule = '{id: owner, policy: PC-TAG-001, parameters: {keys: [owner]}, enforce: deny}';
  writeFileSync(path.join(folder, 'rules/owner.yaml'), `rules:\n  - ${rule}\n`);
}

/** Load, kill at a random moment, start again, and look for what the clients got. The new gate takes the next round. */
async function runRound(gate, round) {
  const decisions = new Map();
  const clients = Array.from({ length: CLIENTS }, (_, client) =>
    post(gate.url, `${round}-${client}`, decisions),
  );
  while (decisions.size < LEAST_ANSWERS) await pause(2);
  await pause(Math.random() * LONGEST_WAIT_MS);
  gate.child.kill('SIGKILL');
  await gate.ended;
  await Promise.all(clients);

  const again = await start();
  totals.slowestRestart = Math.max(totals.slowestRestart, again.readyMs);
  totals.answered += decisions.size;
  for (const [id, decision] of decisions) await verify(again.url, id, decision);
  if (round % 10 === 0)
    console.log(`round ${round}: ${totals.answered} answered, ${totals.missing} missing`);
  return again;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function verify(url, id, decision) {
  const response = await fetch(`${url}/v1/decisions/${id}`);
  const found = await response.json();
  if (response.status === 200 && isDeepStrictEqual(found, decision)) return;
  totals[response.status === 404 ? 'missing' : 'different'] += 1;
  console.error(
    `decision ${id}: ${response.status} ${response.status === 200 ? 'reads otherwise than it was answered' : found.code}`,
  );
}

/** One client: the next request as soon as the last was answered, until the gate is gone. */
async function post(url, name, decisions) {
  for (let n = 0; ; n++) {
    try {
      const response = await fetch(`${url}/v1/decisions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: plan(`${name}-${n}`),
      });
      const body = await response.json();
      if (response.status === 200) decisions.set(body.id, body);
    } catch {
      // It was killed: this request was not answered.
      return;
    }
  }
}

async function start() {
  const begin = Date.now();
  const child = spawn(process.execPath, [path.join(root, 'dist/server.js')], {
    cwd: folder,
    env: {
      ...process.env,
      PORTCULLIS_DATA: path.join(folder, 'data'),
      PORTCULLIS_POLICIES__FOLDERS: JSON.stringify([path.join(folder, 'policies')]),
      PORTCULLIS_RULES__FOLDERS: JSON.stringify([path.join(folder, 'rules')]),
      PORTCULLIS_SERVER__PORT: '0',
      PORTCULLIS_LOG__LEVEL: 'error',
      PORTCULLIS_LOG__FORMAT: 'json',
      PORTCULLIS_LEDGER__DEADLINE: '20s',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the gate was not ready in time')), READY_MS);
    child.stdout.once('data', (chunk) => {
      clearTimeout(late);
      resolve(JSON.parse(chunk.toString()).url);
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the gate ended with ${code} before it was ready`));
    });
  });
  return { child, ended, url, readyMs: Date.now() - begin };
}

/** A small plan, another one each time. */
function plan(name) {
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
