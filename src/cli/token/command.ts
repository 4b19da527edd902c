import { Command, Option } from 'commander';

import { ROLES } from '../../config/schema.ts';
import type { Role } from '../../config/schema.ts';
import { newToken } from '../../config/token.ts';
import type { Io } from '../io.ts';

/** `portcullis token new`: a bearer token for a caller, and the line of configuration that admits it. */
export function tokenCommand(io: Io): Command {
  return new Command('token').description('bearer tokens of callers').addCommand(newCommand(io));
}

function newCommand(io: Io): Command {
  return new Command('new')
    .description('make a token; it is shown once, the configuration keeps its hash')
    .requiredOption('--name <name>', 'who will hold it; written to logs')
    .addOption(
      new Option('--role <role>', 'gate: ask for decisions; read: read records; admin: all of it')
        .choices(ROLES)
        .makeOptionMandatory(),
    )
    .addHelpText('after', '\nExample:\n  portcullis token new --name ci --role gate')
    .action(({ name, role }: { name: string; role: Role }) => {
      const { token, entry } = newToken(name, role);
      io.stdout.write(`${token}\n`);
      io.stderr.write(
        [
          'The token stands above and is not kept anywhere. Into portcullis.yaml goes:',
          'auth:',
          '  tokens:',
          `    - {name: ${entry.name}, role: ${entry.role}, sha256: ${entry.sha256}}`,
          '',
        ].join('\n'),
      );
    });
}
