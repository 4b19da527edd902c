// The ledger alone: durable appends on both stores beside Tessera's POSIX driver, proofs, and the verification of a long log.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

import { findPostgres, startPostgres } from '../../test/postgres.mjs';
import { medians, pairedRatio } from '../load.mjs';
import { load, measure } from '../process.mjs';
import { environment, ROOT } from '../targets.mjs';

const SCRIPT = path.join(ROOT, 'bench/ledger-process.mjs');
const TESSERA = path.join(ROOT, 'bench/tessera');
const CALLERS = 32;
const WARM_SECONDS = 1;

/** @param schedule `{ rounds, seconds, proved, verified }`: of appends; records that are proved, and those that are verified. */
export async function ledger({ work }, { rounds, seconds, proved, verified }) {
  const bin = findPostgres();
  const postgres = bin === undefined ? undefined : await startPostgres(bin, { durable: true });
  try {
    const url = () => postgres?.database();
    const appends = await inTurns(contenders(work, seconds, postgres && url), rounds);
    const proofs = {
      SQLite: run(['prove', path.join(work, 'ledger-prove'), proved, seconds]),
      ...(postgres && {
        PostgreSQL: run([
          'prove',
          path.join(work, 'ledger-prove-pg'),
          proved,
          seconds,
          await url(),
        ]),
      }),
    };
    return {
      callers: CALLERS,
      appends,
      ratios: ratiosOf(appends),
      proofs,
      verified: await verify(work, verified),
    };
  } finally {
    await postgres?.stop();
  }
}

/** Each starts with nothing, every round. */
function contenders(work, seconds, url) {
  let made = 0;
  const place = () => path.join(work, `ledger-append-${made++}`);
  const times = [CALLERS, WARM_SECONDS, seconds];
  const tessera = installTessera();
  return {
    SQLite: () => run(['append', place(), ...times]),
    ...(url && { PostgreSQL: async () => run(['append', place(), ...times, await url()]) }),
    ...(tessera && { Tessera: () => runTessera(tessera, place(), seconds) }),
  };
}

async function inTurns(programs, rounds) {
  const names = Object.keys(programs);
  const results = Object.fromEntries(names.map((name) => [name, { rounds: [] }]));
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed())
      results[name].rounds.push({ ...(await programs[name]()), load: load() });
  for (const result of Object.values(results)) result.median = medians(result.rounds);
  return results;
}

function ratiosOf({ Tessera, ...stores }) {
  if (Tessera === undefined) return {};
  return Object.fromEntries(
    Object.entries(stores).map(([name, store]) => [
      name,
      {
        throughput: pairedRatio(store, Tessera, 'perSecond'),
        cpu: pairedRatio(store, Tessera, 'cpuMsEach'),
      },
    ]),
  );
}

/** A log as an export leaves it, then the command that an auditor runs. */
async function verify(work, records) {
  const folder = path.join(work, 'ledger-log');
  const { leafBytes } = run(['log', folder, records]);
  const command = [
    process.execPath,
    path.join(ROOT, 'dist/bin.js'),
    ...['audit', 'verify', path.join(folder, 'log'), '--key', path.join(folder, 'key')],
  ];
  const options = { cwd: work, env: environment({}), expected: [0] };
  return { records, leafBytes, ...(await measure(command, options)), load: load() };
}

function run(parameters) {
  return answerOf(process.execPath, [SCRIPT, ...parameters.map(String)]);
}

/** Leaves as large as our headers; what a batch waits for is set to what serves it best with so many callers. */
function runTessera(program, folder, seconds) {
  const times = ['-warm', `${WARM_SECONDS}s`, '-time', `${seconds}s`];
  const given = ['-log', folder, '-callers', String(CALLERS), '-bytes', '480'];
  return answerOf(program, [...given, ...times]);
}

function answerOf(program, parameters) {
  const { status, stdout, stderr } = spawnSync(program, parameters, {
    env: environment({}),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`${path.basename(program)} ${parameters[0]} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Built once, under the digest of what it is built from. @returns undefined, after saying so, where there is no Go. */
function installTessera() {
  const cache =
    process.env['PORTCULLIS_PEERS_CACHE'] ?? path.join(homedir(), '.cache', 'portcullis-peers');
  const digest = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go'])
    digest.update(readFileSync(path.join(TESSERA, file)));
  const folder = path.join(cache, `tessera-${digest.digest('hex').slice(0, 12)}`);
  const file = path.join(folder, 'append');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}.draft`;
  const { status, error } = spawnSync('go', ['build', '-mod=readonly', '-o', draft, '.'], {
    cwd: TESSERA,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', GOWORK: 'off' },
    stdio: 'inherit',
  });
  if (error !== undefined || status !== 0) {
    console.error('NOT RUN: Tessera. Building it needs Go 1.25 or newer on the path.');
    return undefined;
  }
  renameSync(draft, file);
  return file;
}
