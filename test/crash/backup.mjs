// Backs a ledger up while a gate writes to it, restores it as docs/ledger.md says, by the very commands that stand there, and
// verifies what came back; on both stores.
//   node test/crash/backup.mjs
//   STORE=sqlite DECISIONS=5000 node test/crash/backup.mjs
// It needs the build (dist/), sqlite3 for the file, and PostgreSQL for the other one; it says which was not run.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { findPostgres, startPostgres } from '../postgres.mjs';
import {
  ask,
  auditLedger,
  environment,
  lookFor,
  makePlace,
  pause,
  requireBuild,
  startGate,
  stopGate,
} from './gate.mjs';

/** Before the backup begins; many more come while it is made. */
const DECISIONS = Number(process.env['DECISIONS'] ?? 300);
const CLIENTS = 8;
const STORES = { both: ['sqlite', 'postgresql'], sqlite: ['sqlite'], postgresql: ['postgresql'] };

const page = readFileSync(fileURLToPath(new URL('../../docs/ledger.md', import.meta.url)), 'utf8');

requireBuild();
let [passed, failed] = [0, 0];
for (const name of STORES[process.env['STORE'] ?? 'both']) await tryStore(name);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function tryStore(name) {
  const bin = name === 'postgresql' ? findPostgres() : undefined;
  if (name === 'postgresql' && bin === undefined) return;
  if (name === 'sqlite' && spawnSync('sqlite3', ['--version']).status !== 0) {
    console.error('NOT RUN: the backup of a file. It needs sqlite3: apt-get install sqlite3');
    return;
  }
  const postgres = bin === undefined ? undefined : await startPostgres(bin, { durable: true });
  const place = makePlace();
  try {
    const urls = { before: await postgres?.database(), after: await postgres?.database() };
    const { wrongs, told } = await backUpAndRestore(name, place, urls, bin);
    for (const wrong of wrongs.slice(0, 20)) console.error(wrong);
    console.log(`${name}: ${told}, ${wrongs.length} missing or wrong`);
    if (wrongs.length === 0) passed += 1;
    else failed += 1;
  } finally {
    rmSync(place, { recursive: true, force: true });
    await postgres?.stop();
  }
}

async function backUpAndRestore(name, place, urls, bin) {
  const env = environment(place, urls.before);
  const gate = await startGate(place, env);
  const load = startLoad(gate.url);
  while (load.decisions.size < DECISIONS) await pause(10);
  const before = new Map(load.decisions);
  const shell = (command, more) =>
    runShell(command, place, {
      ...env,
      PATH: `${bin ?? ''}:${process.env['PATH']}`,
      DATA: path.join(place, 'data'),
      BACKUP: path.join(place, 'backup'),
      ...more,
    });
  await shell(blockOf(`backup ${name}`));
  const meanwhile = load.decisions.size - before.size;
  // The head that is signed now covers what the backup has not.
  await load.more(50);
  await load.stop();
  await stopGate(gate);

  const begin = Date.now();
  const restored = urls.after === undefined ? env : { ...env, PORTCULLIS_STORE__URL: urls.after };
  await shell(blockOf(`restore ${name}`), restored);
  const wrongs = await refusesOlder(place, restored);
  copyFileSync(
    path.join(place, 'backup/ledger.checkpoint'),
    path.join(place, 'data/ledger.checkpoint'),
  );
  const again = await startGate(place, restored);
  const seconds = (Date.now() - begin) / 1000;
  wrongs.push(...(await lookFor(again.url, before)));
  const { status } = await ask(again.url, 'after the restore');
  if (status !== 200) wrongs.push(`the restored gate answered ${status}`);
  await stopGate(again);
  const { size, wrongs: ofLog } = auditLedger(place, restored, before.keys());
  const told = `${before.size} answered before the backup, ${meanwhile} while it was made, restored in ${seconds.toFixed(1)} s, log of ${size} records`;
  return { wrongs: [...wrongs, ...ofLog], told };
}

/** With the newest head beside it, a backup that is older is found out. */
async function refusesOlder(place, env) {
  try {
    const gate = await startGate(place, env);
    await stopGate(gate);
    return ['an older ledger was taken for the newest one'];
  } catch (error) {
    return /checkpoint over \d+ records was signed/.test(error.message) ? [] : [error.message];
  }
}

/** The block of the page that stands behind `<!-- run: name -->`. */
function blockOf(name) {
  const found = page.split(`<!-- run: ${name} -->`)[1]?.match(/^\s*```sh\n([\s\S]*?)```/);
  if (found === null || found === undefined) throw new Error(`docs/ledger.md has no block ${name}`);
  return found[1];
}

async function runShell(command, cwd, env) {
  const child = spawn('sh', ['-euc', command], {
    cwd,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`ended with ${code}: ${command}`);
}

function startLoad(url) {
  const decisions = new Map();
  let over = false;
  const client = async (name) => {
    for (let n = 0; !over; n++) {
      const { status, body } = await ask(url, `${name}-${n}`);
      if (status === 200) decisions.set(body.id, body);
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, name) => client(name));
  return {
    decisions,
    more: async (count) => {
      const enough = decisions.size + count;
      while (decisions.size < enough) await pause(10);
    },
    stop: async () => {
      over = true;
      await Promise.all(clients);
    },
  };
}
