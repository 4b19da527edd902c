import { Argument, Command } from 'commander';

import type { Io } from '../io.ts';
import { oneOf } from '../options.ts';
import { bash, fish, zsh } from './shells.ts';
import type { Tree } from './shells.ts';

const SHELLS = { bash, zsh, fish } as const;
const NAMES = ['bash', 'zsh', 'fish'] as const;

const HELP = `
Examples:
  source <(portcullis completion bash)                                       this shell
  portcullis completion zsh > "\${fpath[1]}/_portcullis"                      every zsh
  portcullis completion fish > ~/.config/fish/completions/portcullis.fish    every fish`;

/** `portcullis completion bash|zsh|fish`, made from the commands themselves. */
export function completionCommand(io: Io, program: Command): Command {
  return new Command('completion')
    .description('print a completion script')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(NAMES))
    .addHelpText('after', HELP)
    .action(
      (shell: string) =>
        void io.stdout.write(SHELLS[oneOf(NAMES, shell, 'the shell')](treeOf(program))),
    );
}

function treeOf(command: Command): Tree {
  return {
    name: command.name(),
    description: command.description(),
    options: command.options.map(({ long, short, description, argChoices }) => ({
      names: [long, short].filter((name) => typeof name === 'string'),
      description,
      choices: argChoices ?? [],
    })),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    files: command.registeredArguments.length > 0,
    commands: command.commands.map(treeOf),
  };
}
