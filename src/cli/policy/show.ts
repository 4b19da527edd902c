import { Command, Option } from 'commander';

import { fileOf } from '../../engine/policy-set/layout.ts';
import type { Policy } from '../../model/policy.ts';
import { printable } from '../../report/printable.ts';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { parseExamples } from './examples/schema.ts';
import type { Examples } from './examples/schema.ts';
import { page } from './page.ts';
import { openWorkspace, withPolicyOptions } from './workspace.ts';
import type { PolicyOptions, Workspace } from './workspace.ts';

interface ShowOptions extends PolicyOptions {
  readonly output: 'text' | 'json';
}

/** `portcullis policy show ID`. */
export function showCommand(io: Io): Command {
  return withPolicyOptions(new Command('show'))
    .description(
      'show one policy: what it wants, its parameters, how to mend a violation, examples',
    )
    .argument('<id>', 'the id of the policy, or its folder')
    .addOption(
      new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  portcullis policy show PC-TAG-001\n  portcullis policy show tagging/required',
    )
    .action(async (id: string, options: ShowOptions) => {
      const workspace = openWorkspace(io, options);
      const policy = find((await workspace.load()).policies, id);
      const { source, examples } = besides(workspace, policy);
      if (options.output === 'json') {
        io.stdout.write(`${JSON.stringify({ ...policy, source, examples }, null, 2)}\n`);
        return;
      }
      const lines = page(policy, examples).trimEnd().split('\n');
      io.stdout.write(`${[...lines, '', `Source: ${source}`].map(printable).join('\n')}\n`);
    });
}

function find(policies: readonly Policy[], id: string): Policy {
  const found = policies.find(
    (policy) => policy.id === id || policy.folder === `policies/${id}` || policy.folder === id,
  );
  if (found !== undefined) return found;
  throw new CliError('USAGE', `there is no policy ${JSON.stringify(id)}`, {
    help: '`portcullis policy list` names them.',
  });
}

function besides(
  { folders }: Workspace,
  policy: Policy,
): { source: string; examples: Examples | undefined } {
  const folder = folders.find((candidate) => candidate.folder === policy.folder);
  const source = folder && fileOf(folder, `${folder.name}.rego`);
  const file = folder && fileOf(folder, 'examples.yaml');
  const parsed = file && parseExamples(file.text, file.file);
  return { source: source?.file ?? policy.folder, examples: parsed?.ok ? parsed.value : undefined };
}
