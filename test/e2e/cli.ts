import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The default policies take seconds to compile; every test of the command line shares what was compiled. */
export const POLICY_CACHE = path.join(ROOT, '.cache/policies');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built command line as a user would, and waits for its end. */
export function portcullis(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return run(process.execPath, [path.join(ROOT, 'dist/bin.js'), ...args], options);
}

export function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? ROOT,
    env: {
      ...process.env,
      PORTCULLIS_POLICIES__CACHE: POLICY_CACHE,
      NO_COLOR: '1',
      ...options.env,
    },
  });
  child.stdin.on('error', () => undefined); // It may end without reading all of it.
  child.stdin.end(options.input ?? '');
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        code,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }),
    );
  });
}

/** A folder of the test's own. */
export function temporaryFolder(): { readonly folder: string; readonly dispose: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-cli-'));
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
