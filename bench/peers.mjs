// The peers at their pinned versions, built from their Go modules into a folder that is kept between runs.
//   node bench/peers.mjs    installs what is missing, and says what is there
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = {
  opa: { module: 'github.com/open-policy-agent/opa', version: 'v1.22.2' },
  conftest: { module: 'github.com/open-policy-agent/conftest', version: 'v0.71.0' },
};

/**
 * Paths of both programs; builds what is missing or of another version.
 *
 * @returns {{ opa: string, conftest: string }}
 */
export function installPeers() {
  const folder = path.join(
    process.env['PORTCULLIS_PEERS_CACHE'] ?? path.join(homedir(), '.cache', 'portcullis-peers'),
    'bin',
  );
  mkdirSync(folder, { recursive: true });
  return { opa: install(folder, 'opa'), conftest: install(folder, 'conftest') };
}

/** @param {string} folder @param {'opa' | 'conftest'} name */
function install(folder, name) {
  const file = path.join(folder, name);
  const { module, version } = MODULES[name];
  if (isBuiltFrom(file, module, version)) return file;
  console.log(`Building ${name} ${version}; that takes some minutes, once …`);
  const { status } = spawnSync('go', ['install', `${module}@${version}`], {
    env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
    stdio: 'inherit',
  });
  if (status !== 0 || !isBuiltFrom(file, module, version))
    throw new Error(`${name} ${version} could not be built: Go 1.24 or newer must be on the path`);
  return file;
}

/** Go writes the module and its version into every program; a build of a checkout says neither. */
function isBuiltFrom(file, module, version) {
  return existsSync(file) && readFileSync(file).includes(`mod\t${module}\t${version}\t`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(installPeers());
