// npm run test:crash: what kills, starves and stops the gate and its databases, part by part; or the parts that are named
// (npm run test:crash -- kill database). The last line counts.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** A part that takes longer stands still. */
const LONGEST_MS = 10 * 60_000;
const PARTS = ['kill', 'database', 'replicas', 'migrate', 'io', 'backup'];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !PARTS.includes(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; there are: ${PARTS.join(', ')}`);
  process.exit(2);
}
let [passed, failed] = [0, 0];
for (const name of asked.length > 0 ? asked : PARTS) {
  const file = fileURLToPath(new URL(`../test/crash/${name}.mjs`, import.meta.url));
  const begin = Date.now();
  const { status, stdout } = spawnSync(process.execPath, [file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: LONGEST_MS,
  });
  process.stdout.write(stdout);
  const counted = /(\d+) passed, (\d+) failed\s*$/.exec(stdout);
  passed += Number(counted?.[1] ?? 0);
  // A part that cannot say what it did has not passed.
  failed += Math.max(Number(counted?.[2] ?? 1), status === 0 ? 0 : 1);
  console.log(`-- ${name}: ${Math.round((Date.now() - begin) / 1000)} s`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
