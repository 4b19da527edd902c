import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

const INSTALLED = '/usr/lib/postgresql';
const NOBODY = 65534;

/** A PostgreSQL of the test's own, on a free port of this machine, gone with everything in it when it is stopped. */
export interface Postgres {
  /** The address of a new, empty database. */
  readonly database: () => Promise<string>;
  /** As a power cut would: no transaction ends in peace. */
  readonly kill: () => void;
  readonly start: () => void;
  readonly stop: () => void;
}

/**
 * The folder of PostgreSQL's programs, or undefined after saying aloud that it is missing.
 *
 * @throws Error in place of that where PORTCULLIS_PEERS_REQUIRED is set: there a skipped test is a broken one.
 */
export function findPostgres(): string | undefined {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).sort() : [];
  const folder = versions
    .map((version) => path.join(INSTALLED, version, 'bin'))
    .findLast((bin) => existsSync(path.join(bin, 'initdb')));
  if (folder !== undefined) return folder;
  const message =
    'NOT RUN: the fleet store on PostgreSQL. Install it with: apt-get install postgresql';
  if (process.env['PORTCULLIS_PEERS_REQUIRED'] !== undefined) throw new Error(message);
  console.error(message);
  return undefined;
}

export async function startPostgres(bin: string): Promise<Postgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-postgres-'));
  const user = unprivileged();
  if (user !== undefined) chownSync(folder, user, user);
  const run = (program: string, ...parameters: string[]): void =>
    void execFileSync(path.join(bin, program), parameters, {
      cwd: folder,
      stdio: 'ignore',
      timeout: 60_000,
      ...(user === undefined ? {} : { uid: user, gid: user }),
    });
  const data = path.join(folder, 'data');
  run('initdb', '-D', data, '-A', 'trust', '-U', 'portcullis', '-E', 'UTF8', '--no-sync');
  const port = await freePort();
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`;
  const start = (): void =>
    run('pg_ctl', '-D', data, '-w', '-l', path.join(folder, 'log'), '-o', options, 'start');
  const stop = (mode: 'fast' | 'immediate'): void =>
    run('pg_ctl', '-D', data, '-w', '-m', mode, 'stop');
  start();
  let made = 0;
  return {
    database: async () => {
      const name = `test_${++made}`;
      const client = new pg.Client({
        connectionString: `postgresql://portcullis@127.0.0.1:${port}/postgres`,
      });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return `postgresql://portcullis@127.0.0.1:${port}/${name}`;
    },
    kill: () => stop('immediate'),
    start,
    stop: () => {
      stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): number | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  return found.status === 0 ? Number(found.stdout) : NOBODY;
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      );
    });
  });
}
