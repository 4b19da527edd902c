// Makes a fresh clone ready to run: installs what the lockfile says and builds what changed. Uses Node alone, and does
// nothing when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LEAST_NODE = [20, 19];

// Pipelines run this file by itself.
if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) setUp();

/** Installs and builds when needed. Ends the process with a clear word when it cannot. */
export function setUp() {
  requireNode();
  install();
  build();
  compilePolicies();
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  give(
    `Portcullis needs Node ${LEAST_NODE.join('.')} or newer; this is ${process.version}. https://nodejs.org has it.`,
  );
}

function install() {
  if (!existsSync(inRoot('package-lock.json')) || installed()) return;
  say('Installing what package-lock.json says …');
  // Types and the compiler are development dependencies, and the build needs them whatever NODE_ENV says.
  const npm = process.env['npm_execpath'];
  const command = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  run(
    [...command, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    'npm ci failed; see above.',
  );
}

/** npm notes what it put into node_modules in a hidden lockfile; packages for other platforms are not there. */
function installed() {
  const hidden = inRoot('node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const there = packagesOf(hidden);
  return Object.entries(packagesOf(inRoot('package-lock.json'))).every(
    ([place, { version, optional }]) =>
      place === '' ||
      (there[place] === undefined ? optional === true : there[place].version === version),
  );
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
  } catch {
    // An install that was cut short; it is done again.
    return {};
  }
}

function build() {
  const sources = inRoot('src');
  if (!existsSync(sources)) return;
  const stamp = inRoot('dist/.built');
  const files = filesIn(sources).filter((file) => file.endsWith('.ts'));
  const wanted = digest([
    ...files,
    inRoot('tsconfig.json'),
    inRoot('tsconfig.build.json'),
    inRoot('scripts/bundle.mjs'),
    inRoot('package-lock.json'),
  ]);
  if (read(stamp) === wanted && existsSync(inRoot('dist/server.js'))) return;
  say('Building …');
  run(
    [process.execPath, inRoot('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
    'The build failed; see above.',
  );
  prune();
  run([process.execPath, inRoot('scripts/bundle.mjs')], 'The build failed; see above.');
  mkdirSync(inRoot('dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

/**
 * Our own policies, so that nobody's first start has to compile them. One that does not compile stops nothing here: whoever uses
 * it is told, and others may be at work on it.
 */
function compilePolicies() {
  const policies = inRoot('policies');
  if (!existsSync(inRoot('src')) || !existsSync(policies)) return;
  const stamp = inRoot('dist/.compiled');
  const sources = filesIn(policies).filter((file) => file.endsWith('.rego'));
  const wanted = digest([...sources, inRoot('dist/.built')]);
  if (read(stamp) === wanted) return;
  say('Compiling the policies …');
  if (spawn([process.execPath, inRoot('scripts/compile-policies.mjs')]).status === 0)
    writeFileSync(stamp, wanted);
}

/** What was compiled from a file that is gone would otherwise be found, and run. */
function prune() {
  for (const file of filesIn(inRoot('dist'))) {
    const source = path.relative(inRoot('dist'), file).replace(/\.js(\.map)?$/, '.ts');
    if (/\.js(\.map)?$/.test(file) && !existsSync(path.join(ROOT, 'src', source))) rmSync(file);
  }
}

function run(command, failure) {
  const { status, error } = spawn(command);
  if (status !== 0) give(error === undefined ? failure : `${failure} (${error.message})`);
}

function spawn([command, ...parameters]) {
  const shell = process.platform === 'win32' && command === 'npm';
  // Output of a build is no output of the program: a caller may read that.
  return spawnSync(command, parameters, { cwd: ROOT, stdio: ['ignore', 2, 2], shell });
}

/** Paths relative to the root and contents, so that a clone elsewhere or a touched file changes nothing. */
function digest(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(`\0${path.relative(ROOT, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function inRoot(name) {
  return path.join(ROOT, name);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function give(text) {
  say(text);
  process.exit(1);
}
