#!/usr/bin/env node
/**
 * Puts moto, a mock of AWS that other people write, into the peers' cache: a virtual environment of Python, from PyPI.
 *
 *   node test/peers/install-moto.mjs            install it when it is missing (a minute the first time, nothing afterwards)
 *   node test/peers/install-moto.mjs --find     install nothing; print as JSON where its server is, null where it is missing
 *
 * The cache is PORTCULLIS_PEERS_CACHE, else ~/.cache/portcullis-peers.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSION = '5.2.3';

const cache =
  process.env['PORTCULLIS_PEERS_CACHE'] ?? join(homedir(), '.cache', 'portcullis-peers');
const place = join(cache, `moto-${VERSION}`);
const server = join(place, 'bin', 'moto_server');
/** Written when everything is there: an environment that is half installed has its scripts too. */
const whole = join(place, 'whole');

main();

function main() {
  if (process.argv.includes('--find'))
    return say(JSON.stringify({ server: existsSync(whole) ? server : null }));
  if (existsSync(whole)) return say(`moto: here, ${server}`);
  say(`moto: installing ${VERSION} (this takes a minute)`);
  mkdirSync(cache, { recursive: true });
  // Scripts of an environment name its folder, so it is made where it stays.
  rmSync(place, { recursive: true, force: true });
  run('python3', ['-m', 'venv', place], 'moto needs Python 3 with venv (Debian: python3-venv)');
  const pip = join(place, 'bin', 'pip');
  run(pip, ['install', '--quiet', `moto[server]==${VERSION}`], 'pip could not install moto');
  writeFileSync(whole, VERSION);
  return say(`moto: installed, ${server}`);
}

function run(command, parameters, otherwise) {
  const { status, error } = spawnSync(command, parameters, {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) fail(`${otherwise}${error === undefined ? '' : ` (${error.message})`}`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(line) {
  process.stderr.write(`install-moto: ${line}\n`);
  process.exit(1);
}
