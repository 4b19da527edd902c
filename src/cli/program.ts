import { Command, CommanderError } from 'commander';

import { formatPlace, isPortcullisError, messageOf } from '../kit/errors.ts';
import type { PortcullisError } from '../kit/errors.ts';
import { VERSION } from '../version.ts';
import { auditCommand } from './audit/command.ts';
import { checkCommand } from './check/command.ts';
import { completionCommand } from './completion/command.ts';
import { CliError } from './errors.ts';
import type { Io } from './io.ts';
import { demoCommand } from './demo/command.ts';
import { findingsCommand } from './fleet/findings-command.ts';
import { inventoryCommand } from './fleet/inventory-command.ts';
import { repairCommand } from './fleet/repair-command.ts';
import { sweepCommand } from './fleet/sweep-command.ts';
import { policyCommand } from './policy/command.ts';
import { rulesCommand } from './rules/command.ts';
import { tokenCommand } from './token/command.ts';

const EXAMPLES = `
Examples:
  terraform show -json tfplan | portcullis check -
  portcullis sweep run nightly
  portcullis policy test
  portcullis help check`;

const COMMANDS = [
  checkCommand,
  sweepCommand,
  findingsCommand,
  repairCommand,
  inventoryCommand,
  policyCommand,
  rulesCommand,
  auditCommand,
  tokenCommand,
  demoCommand,
];

/** The whole command line. */
export function createProgram(io: Io): Command {
  const program = new Command('portcullis')
    .description(
      'Judges what is about to be provisioned, and what exists, by the same Rego policies; mends missing tags.',
    )
    .version(VERSION)
    .showHelpAfterError('(--help says more)')
    .addHelpText('after', EXAMPLES);
  for (const make of COMMANDS) {
    program.addCommand(make(io));
  }
  program.addCommand(completionCommand(io, program));
  for (const command of everyCommand(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
    });
  }
  return program;
}

/** Runs one command line; every way it can end has its exit code. */
export async function runProgram(args: readonly string[], io: Io): Promise<void> {
  try {
    await createProgram(io).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) io.setExitCode(error.exitCode === 0 ? 0 : 3);
    else if (isPortcullisError(error)) report(error, io);
    else throw error;
  }
}

function report(error: PortcullisError, io: Io): void {
  const place = formatPlace(error.place);
  const where = place === '' || error.message.includes(place) ? '' : `${place}: `;
  io.stderr.write(`${where}${error.message}  ${error.code}\n`);
  if (error.help !== undefined) io.stderr.write(`${error.help}\n`);
  io.setExitCode(error instanceof CliError && error.code === 'USAGE' ? 3 : 2);
}

/** What is said when something broke that nobody foresaw: never an answer, always exit code 2. */
export function describeCrash(error: unknown): string {
  return `portcullis broke: ${messageOf(error)}\n${error instanceof Error ? (error.stack ?? '') : ''}\n`;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
