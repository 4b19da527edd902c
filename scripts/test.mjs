// npm test: the whole suite, or what the arguments name (npm test -- test/unit/config). The last line counts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { setUp } from './setup.mjs';

// --no-setup: on another Node than the one that installed and built.
const parameters = process.argv.slice(2);
if (!parameters.includes('--no-setup')) setUp();

const root = fileURLToPath(new URL('..', import.meta.url));
const results = path.join(root, '.cache', 'test-results.json');
mkdirSync(path.dirname(results), { recursive: true });
rmSync(results, { force: true });

const { status } = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...parameters.filter((parameter) => parameter !== '--no-setup'),
  ],
  { cwd: root, stdio: 'inherit' },
);

const { passed, failed, skipped } = count();
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || status !== 0 ? 1 : 0;

/** A file that does not load, and a run that ends without results, count as failures too. */
function count() {
  if (!existsSync(results)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  );
  const broken = testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = numFailedTests + broken.length;
  return {
    passed: numPassedTests,
    failed: status === 0 ? failed : Math.max(failed, 1),
    skipped: numPendingTests + numTodoTests,
  };
}
