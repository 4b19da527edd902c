import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';

import { PolicyError } from '../../engine/policy-set/errors.ts';
import { fileOf } from '../../engine/policy-set/layout.ts';
import type { PolicyFolder } from '../../engine/policy-set/layout.ts';
import type { Policy } from '../../model/policy.ts';
import type { Io } from '../io.ts';
import { parseExamples } from './examples/schema.ts';
import { page } from './page.ts';
import { openWorkspace, withPolicyOptions } from './workspace.ts';
import type { PolicyOptions } from './workspace.ts';

interface DocsOptions extends PolicyOptions {
  readonly check?: true;
}

/** `portcullis policy docs`: the readme.md of every policy, from its metadata and examples. */
export function docsCommand(io: Io): Command {
  return withPolicyOptions(new Command('docs'))
    .description('write the readme.md of every policy from its metadata and examples')
    .option('--check', 'write nothing; end with exit code 1 when a page is not up to date')
    .addHelpText('after', '\nExamples:\n  portcullis policy docs\n  portcullis policy docs --check')
    .action(async (options: DocsOptions) => {
      const { folders, load } = openWorkspace(io, options);
      const { policies } = await load();
      const stale = folders.flatMap((folder) => stalePage(io, folder, policies));
      for (const { file, text } of stale) {
        io.stdout.write(`${file}\n`);
        if (options.check !== true) writeFileSync(path.resolve(io.cwd, file), text);
      }
      io.setExitCode(options.check === true && stale.length > 0 ? 1 : 0);
    });
}

function stalePage(
  io: Io,
  folder: PolicyFolder,
  policies: readonly Policy[],
): { file: string; text: string }[] {
  const policy = policies.find((candidate) => candidate.folder === folder.folder);
  const main = fileOf(folder, `${folder.name}.rego`);
  if (policy === undefined || main === undefined) return [];
  const file = path.join(path.dirname(main.file), 'readme.md');
  const text = page(policy, readExamples(folder));
  const place = path.resolve(io.cwd, file);
  return existsSync(place) && readFileSync(place, 'utf8') === text ? [] : [{ file, text }];
}

function readExamples(folder: PolicyFolder) {
  const file = fileOf(folder, 'examples.yaml');
  if (file === undefined) return undefined;
  const parsed = parseExamples(file.text, file.file);
  if (!parsed.ok) throw new PolicyError('POLICY_INVALID', parsed.problems);
  return parsed.value;
}
