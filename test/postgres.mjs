import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

const INSTALLED = '/usr/lib/postgresql';
const NOBODY = 65534;
const PROGRAM_MS = 60_000;
/** Processes of a server that was killed hold its memory until they notice. */
const START_TRIES = 50;
const START_PAUSE_MS = 100;

export function findPostgres() {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).sort() : [];
  const folder = versions
    .map((version) => path.join(INSTALLED, version, 'bin'))
    .findLast((bin) => existsSync(path.join(bin, 'initdb')));
  if (folder !== undefined) return folder;
  const message =
    'NOT RUN: what needs a real PostgreSQL. Install it with: apt-get install postgresql';
  if (process.env['PORTCULLIS_PEERS_REQUIRED'] !== undefined) throw new Error(message);
  console.error(message);
  return undefined;
}

export async function startPostgres(bin, { durable = false } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-postgres-'));
  const user = unprivileged();
  if (user !== undefined) chownSync(folder, user, user);
  const run = (program, ...parameters) =>
    runProgram(path.join(bin, program), parameters, {
      cwd: folder,
      ...(user === undefined ? {} : { uid: user, gid: user }),
    });
  const data = path.join(folder, 'data');
  await run('initdb', '-D', data, '-A', 'trust', '-U', 'portcullis', '-E', 'UTF8', '--no-sync');
  const port = await freePort();
  const options = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    `-c unix_socket_directories=${folder}`,
    ...(durable ? [] : ['-c fsync=off']),
  ].join(' ');
  const start = async () => {
    for (let tries = 1; ; tries++) {
      try {
        await run(
          'pg_ctl',
          '-D',
          data,
          '-w',
          '-l',
          path.join(folder, 'log'),
          '-o',
          options,
          'start',
        );
        return;
      } catch (error) {
        if (tries === START_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, START_PAUSE_MS));
      }
    }
  };
  const stop = () => run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
  const postmaster = () =>
    Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  await start();
  let made = 0;
  const url = (name) => `postgresql://portcullis@127.0.0.1:${port}/${name}`;
  return {
    port,
    database: async () => {
      const name = `test_${++made}`;
      const client = new pg.Client({ connectionString: url('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return url(name);
    },
    kill: stop,
    crash: () => process.kill(postmaster(), 'SIGKILL'),
    start,
    freeze: () => signal(postmaster(), 'SIGSTOP'),
    thaw: () => signal(postmaster(), 'SIGCONT'),
    stop: async () => {
      signal(postmaster(), 'SIGCONT');
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function runProgram(file, parameters, options) {
  const child = spawn(file, parameters, { ...options, stdio: 'ignore', timeout: PROGRAM_MS });
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${path.basename(file)} ended with ${code}`)),
    );
  });
}

/** The parent first: it can start no other meanwhile. */
function signal(parent, name) {
  process.kill(parent, name);
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  for (const line of stdout.split('\n')) {
    const [pid, ppid] = line.trim().split(/\s+/).map(Number);
    if (ppid === parent) tryKill(pid, name);
  }
}

/** It may have ended since it was listed. */
function tryKill(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged() {
  if (process.getuid?.() !== 0) return undefined;
  const found = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  return found.status === 0 ? Number(found.stdout) : NOBODY;
}

async function freePort() {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
