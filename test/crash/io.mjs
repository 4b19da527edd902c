// Makes each call of the operating system on the path of a record and of the fleet store fail, one after the other, once and for good; then fills a
// disk to the last byte under a gate, and makes room again.
//   node test/crash/io.mjs
// It needs the build (dist/), a C compiler for the first half, and the right to mount a tmpfs for the second; it says which
// half was not run. Fails when a record is missing, twice or elsewhere than was told, the file is damaged, or nothing is
// written within 5 s after all is well again.
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'libsql';

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

const BACK_MS = 5000;
const LONGEST_OUTPUT = 64 * 1024 * 1024;
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

requireBuild();
let [passed, failed] = [0, 0];
await tryCalls();
await tryFullDisk();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function close(wrongs, of) {
  for (const wrong of wrongs.slice(0, 20)) console.error(wrong);
  const lost = Math.min(of, wrongs.length);
  passed += of - lost;
  failed += lost;
}

async function tryCalls() {
  const place = makePlace();
  try {
    const library = path.join(place, 'faulty-io.so');
    const made = spawnSync('cc', [
      '-shared',
      '-fPIC',
      '-o',
      library,
      here('./faulty-io.c'),
      '-ldl',
    ]);
    if (made.status !== 0) {
      console.error(
        'NOT RUN: failing calls of the operating system. They need a C compiler: apt-get install gcc libc6-dev',
      );
      return;
    }
    await tryLedger(place, library);
    await tryStore(place, library);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function tryLedger(place, library) {
  const { folder, told } = await underFaults(place, library, './io-process.mjs', 'data');
  const { size, wrongs, entries } = auditLedger(place, environment(place), []);
  const all = [...told.wrongs, ...wrongs, ...damage(folder, 'ledger.db')];
  for (const [id, at] of told.places)
    if (entries[at] !== id) all.push(`${id} was told ${at}, where ${entries[at]} is`);
  console.log(
    `sqlite: ${told.faults} calls failed, ${told.places.length} answered, ${told.refused} refused, ${all.length} missing or wrong, ` +
      `written again after ${told.slowestBack} ms at the latest, log of ${size} records`,
  );
  close(all, told.faults);
}

async function tryStore(place, library) {
  const { folder, told } = await underFaults(place, library, './io-store-process.mjs', 'store');
  const all = [...told.wrongs, ...damage(folder, 'fleet.db')];
  console.log(
    `fleet store: ${told.faults} calls failed, ${told.answered} answered, ${told.refused} refused, ${all.length} missing or wrong`,
  );
  close(all, told.faults);
}

async function underFaults(place, library, script, name) {
  const control = path.join(place, 'control');
  writeFileSync(control, Buffer.alloc(16));
  const folder = path.join(place, name);
  mkdirSync(folder);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [here(script), JSON.stringify({ folder, control })],
    {
      env: { ...process.env, LD_PRELOAD: library, FAULT_CONTROL: control },
      maxBuffer: LONGEST_OUTPUT,
    },
  );
  return { folder, told: JSON.parse(stdout) };
}

function damage(folder, file) {
  const database = new Database(path.join(folder, file));
  try {
    const rows = database.prepare('PRAGMA integrity_check').all();
    return rows.flatMap(({ integrity_check: said }) => (said === 'ok' ? [] : [said]));
  } finally {
    database.close();
  }
}

async function tryFullDisk() {
  const place = makePlace();
  const data = path.join(place, 'data');
  mkdirSync(data);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', data]);
  if (mounted.status !== 0) {
    console.error('NOT RUN: a full disk under a gate. It needs the right to mount a tmpfs.');
    rmSync(place, { recursive: true, force: true });
    return;
  }
  try {
    const env = environment(place, undefined, {
      PORTCULLIS_POLICIES__CACHE: path.join(place, 'cache'),
    });
    close(await fillAndFree(place, data, env), 1);
  } finally {
    spawnSync('umount', ['-l', data]);
    rmSync(place, { recursive: true, force: true });
  }
}

async function fillAndFree(place, data, env) {
  const gate = await startGate(place, env);
  const wrongs = [];
  const decisions = new Map();
  const askOnce = async (name) => {
    const { status, headers, body } = await ask(gate.url, name);
    if (status === 200) decisions.set(body.id, body);
    else if (status !== 503 || headers.get('retry-after') === null)
      wrongs.push(`answered ${status} ${body.code}`);
    return status;
  };
  for (let n = 0; n < 20; n++) await askOnce(`before-${n}`);
  const filler = path.join(data, 'filler');
  fill(data, filler);
  let refused = 0;
  for (let n = 0; refused < 10 && n < 5000; n++)
    if ((await askOnce(`full-${n}`)) === 503) refused += 1;
  if (refused === 0) wrongs.push('the disk was full, and nothing was refused');
  rmSync(filler);
  const begin = Date.now();
  while ((await askOnce(`free-${Date.now()}`)) !== 200 && Date.now() - begin < BACK_MS)
    await pause(50);
  const took = Date.now() - begin;
  if (took >= BACK_MS) wrongs.push(`no decision within ${took} ms after there was room again`);
  for (let n = 0; n < 20; n++) await askOnce(`after-${n}`);
  wrongs.push(...(await lookFor(gate.url, decisions)));
  await stopGate(gate);
  wrongs.push(...damage(data, 'ledger.db'));
  const { size, wrongs: ofLog } = auditLedger(place, env, decisions.keys());
  wrongs.push(...ofLog);
  console.log(
    `a full disk: ${decisions.size} answered, ${refused} refused, ${wrongs.length} missing or wrong, first decision ${took} ms after there was room, log of ${size} records`,
  );
  return wrongs;
}

/** To the last byte that this file system gives. */
function fill(folder, file) {
  for (let left = statfsSync(folder).bavail * statfsSync(folder).bsize; left > 0;) {
    try {
      writeFileSync(file, Buffer.alloc(left), { flag: 'a' });
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
    }
    left = statfsSync(folder).bavail * statfsSync(folder).bsize;
    if (left > 0 && left < 4096) return;
  }
}
