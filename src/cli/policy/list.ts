import { Command, Option } from 'commander';

import type { Policy } from '../../model/policy.ts';
import type { Io } from '../io.ts';
import { table } from '../table.ts';
import { openWorkspace, withPolicyOptions } from './workspace.ts';
import type { PolicyOptions } from './workspace.ts';

interface ListOptions extends PolicyOptions {
  readonly output: 'text' | 'json';
}

/** `portcullis policy list`. */
export function listCommand(io: Io): Command {
  return withPolicyOptions(new Command('list'))
    .description('list the policies')
    .addOption(
      new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', '\nExample:\n  portcullis policy list --output json')
    .action(async (options: ListOptions) => {
      const { policies, digest } = await openWorkspace(io, options).load();
      const sorted = [...policies].sort((a, b) => (a.id < b.id ? -1 : 1));
      const text =
        options.output === 'json'
          ? JSON.stringify({ digest, policies: sorted }, null, 2)
          : listText(sorted, io);
      io.stdout.write(`${text.trimEnd()}\n`);
    });
}

function listText(policies: readonly Policy[], io: Io): string {
  const rows = policies.map(({ id, severity, folder, title, deprecated }) => [
    id,
    severity,
    folder.replace('policies/', ''),
    deprecated === undefined ? title : `(deprecated) ${title}`,
  ]);
  return table(['POLICY', 'SEVERITY', 'FOLDER', 'TITLE'], rows, io.columns);
}
