// npm run test:peers: the gate against real third-party systems. Each is found, or built into a cache outside the repository; one that cannot be
// had on this machine is skipped, aloud (PORTCULLIS_PEERS_REQUIRED=1 makes that a failure). The last line counts.
//
//   node scripts/test-peers.mjs [--no-install] [vitest's own arguments]
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { setUp } from './setup.mjs';
import { close, runTests } from './vitest.mjs';

const PEERS = fileURLToPath(new URL('../test/peers/', import.meta.url));
const INSTALL_TIMEOUT_MS = 30 * 60 * 1000;

const parameters = process.argv.slice(2);
setUp();
const notInstalled = parameters.includes('--no-install') ? [] : install();
const counted = runTests([
  '--config',
  'vitest.peers.config.ts',
  ...parameters.filter((parameter) => parameter !== '--no-install'),
]);
console.log('');
for (const line of [...notInstalled, ...counted.files.flatMap(summary)]) console.log(line);
close(counted);

/** Every `install-<peer>.mjs`. @returns a line for each that did not come to its end. */
function install() {
  const scripts = readdirSync(PEERS).filter((name) => /^install-.+\.mjs$/.test(name));
  return scripts.sort().flatMap((script) => {
    const peer = script.slice('install-'.length, -'.mjs'.length);
    const { status } = spawnSync(process.execPath, [path.join(PEERS, script)], {
      stdio: 'inherit',
      timeout: INSTALL_TIMEOUT_MS,
    });
    if (status === 0) return [];
    return [`SKIPPED peer: ${peer}: it could not be installed whole, see above`];
  });
}

/** What was run with each peer, by the outermost `describe` of its tests. */
function summary({ status, tests }) {
  return [...new Set(tests.map(storyOf))].map((story) => {
    const of = tests.filter((test) => storyOf(test) === story);
    const ran = of.filter((test) => test.status === 'passed' || test.status === 'failed');
    if (ran.length > 0) return `ran with its peer: ${story} (${ran.length} of ${of.length} tests)`;
    return status === 'failed'
      ? `FAILED before its tests: ${story}`
      : `SKIPPED peer: ${story} (${of.length} tests)`;
  });
}

function storyOf({ ancestorTitles, title }) {
  return ancestorTitles[0] ?? title;
}
