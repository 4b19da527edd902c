// The programs that are compared, started as their users start them, on loopback, each on a port of its own.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const READY_MS = 180_000;
// Contention must not turn into verdicts: what is measured is time, not who gave up first.
const PATIENT = {
  PORTCULLIS_ENGINE__DEADLINE: '120s',
  PORTCULLIS_SERVER__DEADLINE: '150s',
  PORTCULLIS_LEDGER__DEADLINE: '30s',
};

/** Our environment without settings of ours, so that a run does not depend on the shell it was started from. */
export function environment(settings) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PORTCULLIS_'));
  return { ...Object.fromEntries(own), ...settings };
}

/** Settings of one gate: its rules, a ledger of its own, the compiled policies shared. */
export function gateSettings({ work, name, rules, policies, more = {} }) {
  return environment({
    PORTCULLIS_DATA: path.join(work, name),
    PORTCULLIS_POLICIES__FOLDERS: JSON.stringify([policies ?? path.join(ROOT, 'policies')]),
    PORTCULLIS_POLICIES__CACHE: path.join(work, 'policy-cache'),
    PORTCULLIS_RULES__FOLDERS: JSON.stringify([rules]),
    PORTCULLIS_SERVER__PORT: '0',
    PORTCULLIS_LOG__FORMAT: 'json',
    ...PATIENT,
    ...more,
  });
}

/** `dist/server.js`; everything at its default but the deadlines: durable records, logs of every request. */
export async function startGate(options) {
  const log = openSync(path.join(options.work, `${options.name}.log`), 'w');
  const child = spawn(process.execPath, [path.join(ROOT, 'dist/server.js')], {
    cwd: options.work,
    env: gateSettings(options),
    stdio: ['ignore', 'pipe', log],
  });
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`${options.name} was not ready in time`)),
      READY_MS,
    );
    child.stdout.once('data', (line) => {
      clearTimeout(late);
      resolve(JSON.parse(line.toString()).url);
    });
    child.once('exit', (code) =>
      reject(new Error(`${options.name} ended with ${code}; see its log`)),
    );
  });
  return { url, pid: child.pid, stop: () => stop(child) };
}

/** `opa run --server` with a folder of policies; with `decisionLog` it writes every decision to a file, as JSON. */
export async function startOpa({ opa, work, name, policies, decisionLog }) {
  const port = await freePort();
  const log = openSync(path.join(work, `${name}.log`), 'w');
  const child = spawn(
    opa,
    [
      'run',
      '--server',
      '--addr',
      `127.0.0.1:${port}`,
      '--disable-telemetry',
      '--log-level',
      'error',
      ...(decisionLog ? ['--set', 'decision_logs.console=true', '--log-level', 'info'] : []),
      policies,
    ],
    { cwd: work, env: environment({}), stdio: ['ignore', log, log] },
  );
  const url = `http://127.0.0.1:${port}`;
  await healthy(url, child, name);
  return { url, pid: child.pid, stop: () => stop(child) };
}

/**
 * Policies for OPA: a `main` package, and ours beside it without their tests.
 *
 * @returns the folder
 */
export function opaFolder(folder, main, policies) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'main.rego'), main);
  for (const from of policies) {
    const to = path.join(folder, path.relative(ROOT, from));
    cpSync(from, to, {
      recursive: true,
      filter: (file) => !path.basename(file).includes('.') || isPolicy(file),
    });
  }
  return folder;
}

function isPolicy(file) {
  return file.endsWith('.rego') && !file.endsWith('_test.rego');
}

async function healthy(url, child, name) {
  for (const until = Date.now() + READY_MS; Date.now() < until;) {
    if (child.exitCode !== null)
      throw new Error(`${name} ended with ${child.exitCode}; see its log`);
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} was not ready in time`);
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), 20_000);
  return ended.finally(() => clearTimeout(insist));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
