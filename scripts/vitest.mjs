// Runs vitest and counts, for npm test and npm run test:peers.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Runs the tests that the parameters name. Ends with what was counted, and with each file of tests by itself. */
export function runTests(parameters) {
  const results = path.join(ROOT, '.cache', 'test-results.json');
  mkdirSync(path.dirname(results), { recursive: true });
  rmSync(results, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      path.join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
      ...parameters,
    ],
    { cwd: ROOT, stdio: 'inherit' },
  );
  return count(results, status);
}

/** Prints what failed, in a line each, then the closing line, and sets the exit code by it. */
export function close({ passed, failed, skipped, status, failures }) {
  for (const { where, why } of failures) console.log(`FAILED  ${where}: ${why}`);
  if (skipped > 0) console.log(`${skipped} skipped`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || status !== 0 ? 1 : 0;
}

/** A file that does not load, and a run that ends without results, count as failures too. */
function count(results, status) {
  if (!existsSync(results))
    return { passed: 0, failed: 1, skipped: 0, status, files: [], failures: [] };
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
    status,
    files: testResults.map((file) => ({ status: file.status, tests: file.assertionResults })),
    failures: [
      ...broken.map(({ name, message }) => failure(name, [], message)),
      ...testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter((test) => test.status === 'failed')
          .map((test) => failure(name, [test.fullName], test.failureMessages.join(' '))),
      ),
    ],
  };
}

/** One line: long outputs are cut at their beginning, and the names must still be there at the end. */
function failure(file, names, message) {
  const why = stripVTControlCharacters(message).replaceAll(/\s+/g, ' ').trim();
  return { where: [path.relative(ROOT, file), ...names].join(' > '), why: why.slice(0, 300) };
}
