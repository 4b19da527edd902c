// Several processes append to one PostgreSQL at once; then the log must be one: no gap, nothing twice, each record where its
// writer was told.
//   node test/crash/replicas.mjs                          4 writers, 2,500 records each
//   COUNT=250000 REPLICAS=4 node test/crash/replicas.mjs
// It needs the build (dist/).
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { findPostgres, startPostgres } from '../postgres.mjs';
import { auditLedger, environment, makePlace, requireBuild } from './gate.mjs';

const REPLICAS = Number(process.env['REPLICAS'] ?? 4);
const COUNT = Number(process.env['COUNT'] ?? 2500);
const MOST_OUTPUT = 512 * 1024 * 1024;

const child = fileURLToPath(new URL('./replica-process.mjs', import.meta.url));
const run = promisify(execFile);

requireBuild();
const bin = findPostgres();
if (bin === undefined) console.log('0 passed, 0 failed');
else await tryReplicas(await startPostgres(bin, { durable: true }));

async function tryReplicas(postgres) {
  const place = makePlace();
  try {
    const url = await postgres.database();
    const { newSigner } = await import(new URL('../../dist/ledger/key.js', import.meta.url).href);
    const key = newSigner('replicas.test').secret;
    const begin = performance.now();
    const places = await Promise.all(
      Array.from({ length: REPLICAS }, (_, n) => replica(place, { url, key, name: `r${n}` })),
    );
    const seconds = (performance.now() - begin) / 1000;
    mkdirSync(path.join(place, 'data'));
    const env = environment(place, url, { PORTCULLIS_LEDGER__KEY: key });
    const { size, wrongs, entries } = auditLedger(place, env, []);
    const all = [...wrongs, ...misplaced(places.flat(), entries)];
    if (size !== REPLICAS * COUNT) all.push(`${size} records for ${REPLICAS * COUNT} appends`);
    for (const wrong of all.slice(0, 20)) console.error(wrong);
    console.log(
      `${REPLICAS} replicas, ${COUNT} records each, ${size} in one log, ${all.length} missing or wrong, ` +
        `${Math.round((REPLICAS * COUNT) / seconds)} a second`,
    );
    console.log(`${all.length === 0 ? 1 : 0} passed, ${all.length === 0 ? 0 : 1} failed`);
    process.exitCode = all.length === 0 ? 0 : 1;
  } finally {
    rmSync(place, { recursive: true, force: true });
    await postgres.stop();
  }
}

async function replica(place, given) {
  const folder = path.join(place, given.name);
  mkdirSync(folder);
  const parameters = JSON.stringify({ ...given, folder, count: COUNT });
  const { stdout } = await run(process.execPath, [child, parameters], { maxBuffer: MOST_OUTPUT });
  return JSON.parse(stdout);
}

function misplaced(places, entries) {
  return places.flatMap(([id, sequence]) =>
    entries[sequence] === id ? [] : [`${id} was told ${sequence}, where ${entries[sequence]} is`],
  );
}
