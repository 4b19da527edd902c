import { execFile } from 'node:child_process';
import type { ExecFileException } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';

import { SourceError } from '../sources/errors.ts';

export interface ShowPlanOptions {
  readonly cwd: string;
  /** The folders that commands are looked up in, as in PATH. */
  readonly searchPath: readonly string[];
  /** The folder of the configuration; without it the one that was initialised for the plan is looked for. */
  readonly chdir: string | undefined;
  /** The most bytes of JSON that are taken. */
  readonly bytes: number;
  /** Milliseconds until the command is ended; two minutes unless told. */
  readonly timeoutMs?: number;
}

const TOOLS = ['terraform', 'tofu', 'terraform.exe', 'tofu.exe'];

const TIMEOUT_MS = 120_000;

const SHOWN = 500;

/**
 * Turns a binary plan into its JSON by `terraform show -json` or `tofu show -json`, whichever can read it. The command
 * runs where the plan was made, because it needs the providers of that folder, and with the environment of this process.
 *
 * @param file the plan, relative to `cwd`.
 * @throws SourceError SOURCE_UNUSABLE when no tool is on the path, or none can read the plan (with what it said);
 *   SOURCE_TOO_LARGE when the JSON is larger than `bytes`.
 */
export async function showBinaryPlan(file: string, options: ShowPlanOptions): Promise<Uint8Array> {
  const path = resolve(options.cwd, file);
  if (!existsSync(path)) throw noFile();
  const tools = findTools(options.searchPath);
  if (tools.length === 0) throw noTool(file);
  const folder = folderOf(path, options);
  const failures: string[] = [];
  for (const tool of tools) {
    const shown = await show(tool, path, folder, options);
    if (shown instanceof Uint8Array) return shown;
    failures.push(`${basename(tool)}: ${shown.said}`);
  }
  throw new SourceError(
    'SOURCE_UNUSABLE',
    `the binary plan cannot be shown: ${failures.join('; ')}`,
    {
      place: { file },
      help: `It was run in ${folder}. Run terraform init there, or name the folder of the configuration with --chdir.`,
    },
  );
}

/** Relative folders of a path are left out: they may belong to whoever wrote the repository that is checked. */
function findTools(searchPath: readonly string[]): string[] {
  const found = TOOLS.map((name) =>
    searchPath
      .filter(isAbsolute)
      .map((folder) => join(folder, name))
      .find(isExecutable),
  );
  return found.filter((tool) => tool !== undefined);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function folderOf(path: string, { chdir, cwd }: ShowPlanOptions): string {
  if (chdir !== undefined) return resolve(cwd, chdir);
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.terraform'))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}

interface Failure {
  readonly said: string;
}

function show(
  tool: string,
  path: string,
  cwd: string,
  options: ShowPlanOptions,
): Promise<Uint8Array | Failure> {
  const { bytes, timeoutMs = TIMEOUT_MS } = options;
  const limits = { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: bytes } as const;
  return new Promise((settle, fail) => {
    execFile(
      tool,
      ['show', '-json', '-no-color', path],
      { cwd, encoding: 'buffer', ...limits },
      (error, stdout, stderr) => {
        if (error === null) settle(stdout);
        else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') fail(tooLarge(bytes));
        else settle({ said: whatItSaid(error, stderr, timeoutMs) });
      },
    );
  });
}

function whatItSaid(error: ExecFileException, stderr: Buffer, timeoutMs: number): string {
  if (error.killed === true) return `no answer within ${timeoutMs} ms`;
  const said = oneLine(stderr.toString()).slice(0, SHOWN);
  return said === '' ? `ended with ${String(error.code ?? error.signal)}` : said;
}

/** From the first error on, without frames, and without what would move the cursor of somebody's terminal. */
function oneLine(stderr: string): string {
  const text = stderr.replace(/[\p{Cc}\s│╷╵]+/gu, ' ').trim();
  return text.slice(Math.max(0, text.indexOf('Error: ')));
}

function noFile(): SourceError {
  return new SourceError('SOURCE_UNUSABLE', 'a binary plan can only be shown from a file', {
    help: 'Name the plan file instead of piping it, or pipe the output of terraform show -json PLANFILE.',
  });
}

function noTool(file: string): SourceError {
  return new SourceError(
    'SOURCE_UNUSABLE',
    'this is a binary plan, and neither terraform nor tofu is on the PATH to show it',
    {
      place: { file },
      help: `Where the plan was made, run: terraform show -json ${file} > plan.json`,
    },
  );
}

function tooLarge(bytes: number): SourceError {
  return new SourceError('SOURCE_TOO_LARGE', `the JSON of the plan is larger than ${bytes} bytes`, {
    help: 'Split the configuration, or raise the limit of the gate.',
  });
}
