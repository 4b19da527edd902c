#!/usr/bin/env node
/**
 * Builds the tools of others that verify an exported log, from their public Go modules as test/conformance pins them, into the peers' cache:
 * Tessera's fsck, and a reader over golang.org/x/mod/sumdb.
 *
 *   node test/peers/install-ledger.mjs            build what is missing (seconds), or what test/conformance has changed
 *   node test/peers/install-ledger.mjs --find     build nothing; print as JSON where each is, null for what is missing
 *
 * The cache is PORTCULLIS_PEERS_CACHE, else ~/.cache/portcullis-peers.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../conformance', import.meta.url));
const cache =
  process.env['PORTCULLIS_PEERS_CACHE'] ?? join(homedir(), '.cache', 'portcullis-peers');

const TOOLS = {
  fsck: 'github.com/transparency-dev/tessera/cmd/fsck',
  sumdb: '.',
};

main();

function main() {
  if (process.argv.includes('--find')) return say(JSON.stringify(found()));
  for (const [name, target] of Object.entries(TOOLS)) {
    if (existsSync(pathOf(name))) say(`${name}: here, ${pathOf(name)}`);
    else build(name, target);
  }
}

function found() {
  return Object.fromEntries(
    Object.keys(TOOLS).map((name) => [name, existsSync(pathOf(name)) ? pathOf(name) : null]),
  );
}

/** A binary stands under the digest of what it is built from, so that an old one is never taken for it. */
function pathOf(name) {
  const digest = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go'])
    digest.update(readFileSync(join(source, file)));
  return join(cache, `ledger-${digest.digest('hex').slice(0, 12)}`, name);
}

function build(name, target) {
  const started = Date.now();
  const draft = `${pathOf(name)}.${process.pid}.draft`;
  mkdirSync(join(draft, '..'), { recursive: true });
  const ran = spawnSync('go', ['build', '-mod=readonly', '-trimpath', '-o', draft, target], {
    cwd: source,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false', GOWORK: 'off' },
  });
  if (ran.error !== undefined) fail('building needs Go 1.25 or newer on PATH (https://go.dev/dl/)');
  if (ran.status !== 0) fail(`go build ${target} failed (see above)`);
  renameSync(draft, pathOf(name));
  say(`${name}: built in ${String(Math.round((Date.now() - started) / 1000))} s`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(line) {
  process.stderr.write(`install-ledger: ${line}\n`);
  process.exit(1);
}
