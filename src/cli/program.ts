import { Command, CommanderError, InvalidArgumentError } from 'commander';

import { formatPlace, isPortcullisError, messageOf } from '../kit/errors.ts';
import type { PortcullisError } from '../kit/errors.ts';
import { PLAIN } from '../redact/redactor.ts';
import type { Redactor } from '../redact/redactor.ts';
import { VERSION } from '../version.ts';
import { CliError } from './errors.ts';
import type { Io } from './io.ts';

const EXAMPLES = `
Examples:
  terraform show -json tfplan | portcullis check -
  portcullis sweep run nightly
  portcullis policy test
  portcullis help check`;

type MakeCommand = (io: Io, program: Command) => Command;

/** In the order of the help. Each has its modules loaded when it is wanted: they are most of what a start costs. */
const COMMANDS: ReadonlyMap<string, () => Promise<MakeCommand>> = new Map([
  ['check', async () => (await import('./check/command.ts')).checkCommand],
  ['sweep', async () => (await import('./fleet/sweep-command.ts')).sweepCommand],
  ['findings', async () => (await import('./fleet/findings-command.ts')).findingsCommand],
  ['repair', async () => (await import('./fleet/repair-command.ts')).repairCommand],
  ['inventory', async () => (await import('./fleet/inventory-command.ts')).inventoryCommand],
  ['policy', async () => (await import('./policy/command.ts')).policyCommand],
  ['rules', async () => (await import('./rules/command.ts')).rulesCommand],
  ['exempt', async () => (await import('./exempt/command.ts')).exemptCommand],
  ['audit', async () => (await import('./audit/command.ts')).auditCommand],
  ['report', async () => (await import('./report/command.ts')).reportCommand],
  ['replay', async () => (await import('./replay/command.ts')).replayCommand],
  ['token', async () => (await import('./token/command.ts')).tokenCommand],
  ['demo', async () => (await import('./demo/command.ts')).demoCommand],
  ['completion', async () => (await import('./completion/command.ts')).completionCommand],
]);

/** Completion writes down every command there is, so it wants them all. */
const WANTS_ALL = 'completion';

/**
 * The command line: the one command that `args` begin with, or all of them where they begin with none (help, a command
 * that does not exist).
 */
export async function createProgram(io: Io, args: readonly string[] = []): Promise<Command> {
  const program = new Command('portcullis')
    .description(
      'Judges what is about to be provisioned, and what exists, by the same Rego policies; mends missing tags.',
    )
    .version(VERSION)
    .showHelpAfterError('(--help says more)')
    .addHelpText('after', EXAMPLES);
  for (const load of wanted(args[0])) program.addCommand((await load())(io, program));
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
    const program = await createProgram(io, args);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // What an action finds wrong with its arguments nobody has said yet.
    if (error instanceof InvalidArgumentError)
      io.stderr.write(PLAIN.text(`error: ${error.message}\n`));
    if (error instanceof CommanderError) io.setExitCode(error.exitCode === 0 ? 0 : 3);
    else if (isPortcullisError(error)) report(error, io);
    else throw error;
  }
}

function wanted(name: string | undefined): readonly (() => Promise<MakeCommand>)[] {
  const one = name === undefined || name === WANTS_ALL ? undefined : COMMANDS.get(name);
  return one === undefined ? [...COMMANDS.values()] : [one];
}

function report(error: PortcullisError, io: Io): void {
  const place = formatPlace(error.place);
  const where = place === '' || error.message.includes(place) ? '' : `${place}: `;
  io.stderr.write(PLAIN.text(`${where}${error.message}  ${error.code}\n`));
  if (error.help !== undefined) io.stderr.write(PLAIN.text(`${error.help}\n`));
  io.setExitCode(error instanceof CliError && error.code === 'USAGE' ? 3 : 2);
}

/** What is said when something broke that nobody foresaw: never an answer, always exit code 2. */
export function describeCrash(error: unknown, text: Redactor['text'] = PLAIN.text): string {
  if (isFullOutput(error)) return text(`the output cannot be written: ${error.message}\n`);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return text(`portcullis broke: ${messageOf(error)}\n${stack}\n`);
}

/** A disk that is full under the file that the standard output goes to is nobody's bug. */
function isFullOutput(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && error.syscall === 'write';
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
