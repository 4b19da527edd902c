#!/usr/bin/env node
/**
 * Puts what reads reports into the peers' cache: SARIF's JSON schema as Microsoft ships it, and OSCAL's models (compliance-trestle) and a reader of workbooks
 * (openpyxl), each in a virtual environment of Python. Chromium is the machine's own; on Debian it is installed by apt-get where this runs as root.
 *
 *   node test/peers/install-readers.mjs            install what is missing (about a minute the first time, nothing afterwards)
 *   node test/peers/install-readers.mjs --find     install nothing; print as JSON where each is, null for what is missing
 *
 * The cache is PORTCULLIS_PEERS_CACHE, else ~/.cache/portcullis-peers; PORTCULLIS_CHROMIUM names another browser.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const SCHEMA_PACKAGE = '@microsoft/jest-sarif@1.0.0-beta.0';
const TRESTLE = '5.2.0';
const OPENPYXL = '3.1.5';

const cache =
  process.env['PORTCULLIS_PEERS_CACHE'] ?? join(homedir(), '.cache', 'portcullis-peers');
const schemas = join(cache, 'sarif-schema-2.1.0-rtm.5');
const schema = join(schemas, 'package', 'lib', 'schemas', 'sarif-2.1.0-rtm.5.json');
const trestle = join(cache, `trestle-${TRESTLE}`);
const openpyxl = join(cache, `openpyxl-${OPENPYXL}`);

main();

function main() {
  if (process.argv.includes('--find')) return say(JSON.stringify(found()));
  mkdirSync(cache, { recursive: true });
  if (!existsSync(schema)) fetchSchema();
  if (python(trestle) === null) installPython(trestle, `compliance-trestle==${TRESTLE}`);
  if (python(openpyxl) === null) installPython(openpyxl, `openpyxl==${OPENPYXL}`);
  if (browser() === null) installBrowser();
  const missing = Object.entries(found()).filter(([, place]) => place === null);
  for (const [name] of missing) process.stderr.write(`install-readers: no ${name}\n`);
  process.exitCode = missing.length === 0 ? 0 : 1;
}

function found() {
  return {
    sarifSchema: existsSync(schema) ? schema : null,
    oscalPython: python(trestle),
    workbookPython: python(openpyxl),
    chromium: browser(),
  };
}

function browser() {
  const named = process.env['PORTCULLIS_CHROMIUM'];
  if (named !== undefined) return existsSync(named) ? named : null;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return places.find((place) => existsSync(place)) ?? null;
}

function fetchSchema() {
  say(`sarif schema: fetching ${SCHEMA_PACKAGE}`);
  const half = `${schemas}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half);
  const packed = ran('npm', ['pack', '--silent', SCHEMA_PACKAGE], half);
  if (packed && ran('tar', ['-xzf', 'microsoft-jest-sarif-1.0.0-beta.0.tgz'], half))
    renameSync(half, schemas);
}

/** Programs of a virtual environment name their own path, so it is made in place; the file `whole` says that it is. */
function installPython(place, wanted) {
  say(`${wanted}: installing (this takes a minute)`);
  rmSync(place, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const made =
    ran('python3', ['-m', 'venv', place]) && ran(join(place, 'bin', 'python'), [...pip, wanted]);
  if (made) writeFileSync(join(place, 'whole'), '');
}

function python(place) {
  return existsSync(join(place, 'whole')) ? join(place, 'bin', 'python') : null;
}

function installBrowser() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  say('chromium: installing the package of this system');
  // A fresh machine has no lists of packages yet.
  ran('apt-get', ['update', '--quiet']);
  ran('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', 'chromium']);
}

function ran(command, args, cwd = cache) {
  return spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
