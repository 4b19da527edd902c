import { Command, InvalidArgumentError, Option } from 'commander';

import type { Fleet } from '../../fleet/fleet.ts';
import type { SweepAsk, SweepView } from '../../fleet/views.ts';
import { compact } from '../../kit/compact.ts';
import { SEVERITIES } from '../../model/point.ts';
import type { Severity } from '../../model/point.ts';
import { progressOn } from '../check/progress.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from '../options.ts';
import { table } from '../table.ts';
import { deskOptions, examples, several, withFleet } from './desk.ts';
import type { DeskOptions } from './desk.ts';
import { leavingInOrder } from './interrupt.ts';
import type { Leaving } from './interrupt.ts';
import { sweepExitCode } from './sweep-exit-code.ts';
import { count, progressText, sweepText } from './sweep-text.ts';

interface Output {
  readonly output: 'text' | 'json';
}

interface RunOptions extends DeskOptions, Output {
  readonly inventory?: readonly string[];
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly kind?: readonly string[];
  readonly coverage?: number;
  readonly failOn?: Severity;
  readonly detach?: boolean;
}

/** `portcullis sweep run|list|status|cancel|resume`. */
export function sweepCommand(io: Io): Command {
  return new Command('sweep')
    .description('reads what exists and judges it by the same rules')
    .addCommand(runCommand(io))
    .addCommand(listCommand(io))
    .addCommand(
      oneCommand(io, 'status', 'how far a sweep is, and what it saw', (fleet, id) =>
        fleet.sweep(id),
      ),
    )
    .addCommand(
      oneCommand(io, 'cancel', 'end a sweep after the page that it is at', (fleet, id, actor) =>
        fleet.cancelSweep(id, actor),
      ),
    )
    .addCommand(resumeCommand(io));
}

function runCommand(io: Io): Command {
  const command = new Command('run')
    .description('sweep now, and wait for the end')
    .argument('[name]', 'a sweep of the configuration; without it, what the options say')
    .option('--inventory <names>', 'inventories to read; without a word, all of them', several)
    .option('--account <globs>', 'accounts, subscriptions, projects or clusters', several)
    .option('--region <globs>', 'regions', several)
    .option('--kind <globs>', 'kinds of resources: aws.s3.*', several)
    .option('--coverage <percent>', 'accounts that must be read for it not to fail', percent)
    .addOption(
      new Option(
        '--fail-on <severity>',
        'exit code 1 when findings as bad as this are open in what it sweeps',
      ).choices(SEVERITIES),
    )
    .option('--detach', 'with --server: do not wait');
  return outputOption(deskOptions(command))
    .addHelpText(
      'after',
      `
Exit codes: 0 it was read and judged, 1 findings by --fail-on, 2 not enough could be read, or it did not come to its end.

Examples:
  portcullis sweep run nightly
  portcullis sweep run --inventory aws-production --kind 'aws.s3.*' --fail-on high
  portcullis sweep run --server http://127.0.0.1:8181 --detach`,
    )
    .action(async (name: string | undefined, options: RunOptions) => {
      await withFleet(io, options, async (fleet, actor) => {
        const started = await fleet.startSweep(askOf(name, options), actor);
        if (options.detach === true && options.server !== undefined) {
          print(io, started, options);
          return;
        }
        await followAndPrint(io, fleet, started, options);
      });
    });
}

function askOf(name: string | undefined, options: RunOptions): SweepAsk {
  const { inventory, account, region, kind, coverage } = options;
  const list = (given: readonly string[] | undefined) => given && [...given];
  return compact({
    name,
    inventories: list(inventory),
    accounts: list(account),
    regions: list(region),
    kinds: list(kind),
    coverage,
  });
}

/** Often enough to look alive, seldom enough to cost nothing. */
const LOOK_MS = 400;

/** To the end of a sweep, and what it came to; or until somebody leaves, with the way back to it. */
async function followAndPrint(
  io: Io,
  fleet: Fleet,
  started: SweepView,
  options: DeskOptions & Output & Pick<RunOptions, 'failOn'>,
): Promise<void> {
  const { sweep, left } = await leavingInOrder(io, (leaving) =>
    follow(io, fleet, started, leaving),
  );
  if (left) {
    io.stderr.write(wayBack(sweep.id, options.server));
    io.setExitCode(2);
    return;
  }
  print(io, sweep, options);
  io.setExitCode(await sweepExitCode(fleet, sweep, options.failOn));
}

async function follow(
  io: Io,
  fleet: Fleet,
  started: SweepView,
  { wait }: Leaving,
): Promise<{ readonly sweep: SweepView; readonly left: boolean }> {
  const progress = progressOn(io);
  let sweep = started;
  let left = false;
  while (sweep.state === 'running' && !left) {
    progress.say(progressText(sweep));
    left = await wait(LOOK_MS);
    if (!left) sweep = await fleet.sweep(sweep.id);
  }
  progress.done();
  return { sweep, left };
}

/** A sweep of this process ends with it, after the page that it is at; one of a gate does not. */
function wayBack(id: string, server: string | undefined): string {
  return server === undefined
    ? `The sweep ${id} stops after the page that it is at.\nGo on with it: portcullis sweep resume ${id}\n`
    : `The sweep ${id} goes on in the gate.\nLook at it: portcullis sweep status ${id} --server ${server}\n`;
}

function listCommand(io: Io): Command {
  const command = new Command('list')
    .description('sweeps, the newest first')
    .option('--limit <count>', 'how many', wholeNumber(1, 500), 20);
  return examples(
    outputOption(deskOptions(command)),
    'sweep list --limit 5',
    'sweep list --server http://127.0.0.1:8181 --output json',
  ).action(async (options: DeskOptions & Output & { readonly limit: number }) => {
    await withFleet(io, options, async (fleet) => {
      const sweeps = await fleet.sweeps(options.limit);
      if (options.output === 'json') {
        writeJson(io, { sweeps });
        return;
      }
      io.stdout.write(sweeps.length === 0 ? 'no sweeps yet\n' : sweepTable(sweeps, io.columns));
    });
  });
}

function sweepTable(sweeps: readonly SweepView[], columns: number): string {
  const rows = sweeps.map(({ id, name, state, startedAt, coverage, findings, reason }) => [
    id,
    startedAt,
    name,
    state,
    count(coverage.resources.read),
    `+${findings.opened + findings.reopened} -${findings.resolved}`,
    reason,
  ]);
  return table(['ID', 'STARTED', 'NAME', 'STATE', 'READ', 'FINDINGS', 'COVERAGE'], rows, columns);
}

function oneCommand(
  io: Io,
  name: string,
  description: string,
  ask: (fleet: Fleet, id: string, actor: string) => Promise<SweepView>,
): Command {
  const command = new Command(name)
    .description(description)
    .argument('<id>', 'the id of the sweep');
  return examples(
    outputOption(deskOptions(command)),
    `sweep ${name} 01JDGZ8N3V5X7Q2K4M6P8R0T1W`,
  ).action(async (id: string, options: DeskOptions & Output) => {
    await withFleet(io, options, async (fleet, actor) =>
      print(io, await ask(fleet, id, actor), options),
    );
  });
}

function resumeCommand(io: Io): Command {
  const command = new Command('resume')
    .description('go on with a sweep whose process died, where it stopped')
    .argument('<id>', 'the id of the sweep');
  return examples(
    outputOption(deskOptions(command)),
    'sweep resume 01JDGZ8N3V5X7Q2K4M6P8R0T1W',
  ).action(async (id: string, options: DeskOptions & Output) => {
    await withFleet(io, options, async (fleet, actor) => {
      await followAndPrint(io, fleet, await fleet.resumeSweep(id, actor), options);
    });
  });
}

function print(io: Io, sweep: SweepView, { output }: Output): void {
  if (output === 'json') writeJson(io, sweep);
  else io.stdout.write(sweepText(sweep));
}

export function outputOption(command: Command): Command {
  return command.addOption(
    new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'),
  );
}

export function writeJson(io: Io, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

function percent(value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && number >= 0 && number <= 100) return number;
  throw new InvalidArgumentError('It is a number from 0 to 100.');
}
