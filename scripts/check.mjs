// The static gate: every check that reads the code, and the suite once more on the newer Node. Each step is run even when
// one before it failed, so that one run tells everything.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const CLI = ['node', 'dist/bin.js'];

/** @type {{ name: string, run: string[] }[]} */
const STEPS = [
  { name: 'format', run: ['npx', 'prettier', '--check', '.'] },
  { name: 'lint', run: ['npx', 'eslint', '.', '--max-warnings', '0'] },
  { name: 'types', run: ['npx', 'tsc', '-p', '.', '--noEmit'] },
  { name: 'dead code', run: ['npx', 'knip', '--treat-config-hints-as-errors'] },
  { name: 'one-way flow', run: ['npx', 'depcruise', 'src', '--config', '.dependency-cruiser.cjs'] },
  { name: 'Rego format', run: [...CLI, 'policy', 'fmt', '--check'] },
  { name: 'Rego and metadata', run: [...CLI, 'policy', 'check'] },
  { name: 'policy pages', run: [...CLI, 'policy', 'docs', '--check'] },
  { name: 'rules', run: [...CLI, 'rules', 'check'] },
  { name: 'generated files', run: ['node', 'scripts/generate.mjs', '--check'] },
  {
    name: 'Rego toolchain rebuilds to the same bytes',
    run: ['node', 'scripts/build-rego.mjs', '--check'],
  },
  { name: 'runtime dependencies import', run: ['node', 'scripts/import-dependencies.mjs'] },
  {
    name: 'the suite on Node 24',
    run: ['npx', '-y', '-p', 'node@24', 'node', 'scripts/test.mjs', '--no-setup'],
  },
];

const only = process.argv.slice(2);
const failed = [];
let passed = 0;
for (const { name, run } of STEPS.filter((step) => only.length === 0 || only.includes(step.name))) {
  const started = Date.now();
  const [command = '', ...args] = run;
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const output = `${result.stdout}${result.stderr}`;
  if (result.status === 0) {
    passed += 1;
    console.log(`ok      ${name} (${seconds} s)`);
    for (const line of output.split('\n').filter((text) => text.startsWith('SKIPPED')))
      console.log(`        ${line}`);
  } else {
    failed.push(name);
    console.log(`FAILED  ${name} (${seconds} s): ${run.join(' ')}`);
    console.log(output.trimEnd().replaceAll(/^/gm, '        '));
  }
}
const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
console.log(
  `static gate on Node ${process.version} (engines ${engines.node}): ${passed} passed, ${failed.length} failed`,
);
if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
