import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';

import type { PolicyFile } from '../../engine/policy-set/read.ts';
import { regoSources } from '../../engine/policy-set/sources.ts';
import type { Toolchain } from '../../engine/toolchain/toolchain.ts';
import type { Io } from '../io.ts';
import { openWorkspace, withPolicyOptions, withToolchain } from './workspace.ts';
import type { PolicyOptions } from './workspace.ts';

interface FmtOptions extends PolicyOptions {
  readonly write?: true;
  readonly check?: true;
}

/** A file whose text is not as the formatter writes it. */
export interface LooseFile {
  readonly file: string;
  readonly formatted: string;
}

/** `portcullis policy fmt`: as `opa fmt` writes Rego. */
export function fmtCommand(io: Io): Command {
  return withPolicyOptions(new Command('fmt'))
    .description('name the Rego files that are not formatted, or format them')
    .option('-w, --write', 'write the formatted text')
    .option('--check', 'end with exit code 1 when a file is not formatted')
    .addHelpText(
      'after',
      '\nExamples:\n  portcullis policy fmt --write\n  portcullis policy fmt --check',
    )
    .action(async (options: FmtOptions) => {
      const workspace = openWorkspace(io, options);
      const loose = await withToolchain(workspace, (toolchain) =>
        unformatted(workspace.files, toolchain),
      );
      for (const { file, formatted } of loose) {
        io.stdout.write(`${file}\n`);
        if (options.write) writeFileSync(path.resolve(io.cwd, file), formatted);
      }
      io.setExitCode(options.check === true && options.write !== true && loose.length > 0 ? 1 : 0);
    });
}

/** The Rego files that the formatter would change. */
export async function unformatted(
  files: readonly PolicyFile[],
  toolchain: Toolchain,
): Promise<readonly LooseFile[]> {
  const formatted = await toolchain.format(regoSources(files));
  return files.flatMap(({ path: place, file, text }) => {
    const better = formatted[place];
    return better === undefined || better === text ? [] : [{ file, formatted: better }];
  });
}
