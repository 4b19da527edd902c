// The static gate: every check that reads the code, two at a time, and then the suite once more on the newer Node. Each
// step is run even when one before it failed, so that one run tells everything.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const CLI = ['node', 'dist/bin.js'];

/** @type {{ name: string, run: string[] }[]} */
const STEPS = [
  // The longest first.
  { name: 'lint', run: ['npx', 'eslint', '.', '--max-warnings', '0'] },
  { name: 'format', run: ['npx', 'prettier', '--check', '.'] },
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
];

/** By itself: it fills the machine. */
const LAST = [
  {
    name: 'the suite on Node 24',
    run: ['npx', '-y', '-p', 'node@24', 'node', 'scripts/test.mjs', '--no-setup'],
  },
];

const only = process.argv.slice(2);
const wanted = ({ name }) => only.length === 0 || only.includes(name);
const failed = [];
let passed = 0;
const waiting = STEPS.filter(wanted);
await Promise.all([inTurn(waiting), inTurn(waiting)]);
await inTurn(LAST.filter(wanted));

/** Takes one step after the other, until none is left. */
async function inTurn(steps) {
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) await take(step);
}

async function take({ name, run }) {
  const started = Date.now();
  const { status, output } = await outcome(run);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (status === 0) {
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

/** A command that cannot be started has failed like one that says so. */
async function outcome([command, ...args]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ status: 1, output: String(error) }));
    child.on('close', (status) => resolve({ status, output }));
  });
}

const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
console.log(
  `static gate on Node ${process.version} (engines ${engines.node}): ${passed} passed, ${failed.length} failed`,
);
if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
