#!/usr/bin/env node
import path from 'node:path';

import picocolors from 'picocolors';

import type { Io } from './cli/io.ts';
import { describeCrash, runProgram } from './cli/program.ts';
import { silenceNodeVersionWarning } from './clouds/sdk-warning.ts';
import { loadConfig } from './config/load.ts';
import { secretsUnderWay } from './redact/under-way.ts';

silenceNodeVersionWarning(process.env);

/** Before anything else: last words may come at any time. */
const underWay = secretsUnderWay();

/** Not an answer, whatever was judged until then: Node's own way would quote what it choked on, and end with the code of a denial. */
function crash(error: unknown): void {
  process.stderr.write(describeCrash(error, underWay.lastWords));
  process.exit(2);
}
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  cwd: process.cwd(),
  colour: process.stdout.isTTY && picocolors.isColorSupported,
  interactive: process.stderr.isTTY,
  columns: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
  searchPath: (process.env['PATH'] ?? '').split(path.delimiter),
  env: process.env,
  token: process.env['PORTCULLIS_TOKEN'],
  underWay,
  loadConfig: (file) =>
    loadConfig({ env: process.env, cwd: process.cwd(), ...(file === undefined ? {} : { file }) }),
  watchInterrupt: () => {
    let told = (): void => undefined;
    const came = new Promise<void>((resolve) => {
      told = resolve;
    });
    process.on('SIGINT', told).on('SIGTERM', told);
    return { came, release: () => void process.off('SIGINT', told).off('SIGTERM', told) };
  },
  setExitCode: (code) => {
    process.exitCode = code;
  },
};

// A reader that has seen enough (head, less) closes the pipe: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await runProgram(process.argv.slice(2), io);
} catch (error) {
  process.stderr.write(describeCrash(error, underWay.lastWords));
  process.exitCode = 2;
}
