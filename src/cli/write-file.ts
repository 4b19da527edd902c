import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { messageOf } from '../kit/errors.ts';
import { CliError } from './errors.ts';
import type { Io } from './io.ts';

/** Writes what `--output FORMAT=FILE` asks for. @throws CliError OUTPUT_UNWRITABLE */
export function writeOutputFile({ cwd }: Io, file: string, text: string): void {
  try {
    writeFileSync(path.resolve(cwd, file), text);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** Why a file could not be written, for whoever named it. */
export function unwritable(file: string, cause: unknown): CliError {
  return new CliError('OUTPUT_UNWRITABLE', `${file} cannot be written: ${messageOf(cause)}`, {
    cause,
    help: 'Name a file in a folder that is there and may be written to.',
  });
}
