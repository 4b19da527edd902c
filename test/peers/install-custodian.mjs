#!/usr/bin/env node
/**
 * Puts Cloud Custodian and moto, a stand-in for AWS, into the peers' cache, in a virtual environment of Python.
 *
 *   node test/peers/install-custodian.mjs            install what is missing (about a minute the first time, nothing afterwards)
 *   node test/peers/install-custodian.mjs --find     install nothing; print as JSON where each is, null for what is missing
 *
 * The cache is PORTCULLIS_PEERS_CACHE, else ~/.cache/portcullis-peers. Needs Python 3.10 or newer with venv.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = { custodian: '0.9.53', moto: '5.2.3' };
const PACKAGES = [`c7n==${VERSIONS.custodian}`, `moto[server]==${VERSIONS.moto}`];

const cache =
  process.env['PORTCULLIS_PEERS_CACHE'] ?? join(homedir(), '.cache', 'portcullis-peers');
/** The versions stand in its name, so that a new one never runs as the old one. */
const folder = join(cache, `custodian-${VERSIONS.custodian}-moto-${VERSIONS.moto}`);
/** Programs of a virtual environment name their own path, so it is made in place; this file says that it is whole. */
const whole = join(folder, 'whole');

main();

function main() {
  if (process.argv.includes('--find')) return say(JSON.stringify(found()));
  if (existsSync(whole)) return say(`custodian and moto: here, ${folder}`);
  requirePython();
  const started = Date.now();
  say(`custodian and moto: installing ${PACKAGES.join(' and ')} (this takes a minute)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  ran('python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  ran(program('python'), [...pip, ...PACKAGES]);
  writeFileSync(whole, '');
  say(`custodian and moto: installed in ${String(Math.round((Date.now() - started) / 1000))} s`);
}

function found() {
  const at = (name) => (existsSync(whole) ? program(name) : null);
  return {
    custodian: at('custodian'),
    moto: at('moto_server'),
    python: at('python'),
    versions: VERSIONS,
  };
}

function program(name) {
  return join(folder, 'bin', name);
}

function requirePython() {
  const check = 'import sys, venv; sys.exit(sys.version_info < (3, 10))';
  if (spawnSync('python3', ['-c', check]).status !== 0)
    fail('Cloud Custodian needs python3 on PATH, 3.10 or newer, with venv (https://python.org)');
}

function ran(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) fail(`${command} ${args.join(' ')} failed (see above)`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(line) {
  process.stderr.write(`install-custodian: ${line}\n`);
  process.exit(1);
}
