import { setTimeout as sleep } from 'node:timers/promises';

import { Command } from 'commander';

import type { Fleet } from '../../fleet/fleet.ts';
import type { RepairAsk, RepairPlanView, RepairRunView } from '../../fleet/repair-views.ts';
import { compact } from '../../kit/compact.ts';
import { progressOn } from '../check/progress.ts';
import type { Progress } from '../check/progress.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from '../options.ts';
import { table } from '../table.ts';
import { deskOptions, examples, several, withFleet } from './desk.ts';
import type { DeskOptions } from './desk.ts';
import { leavingInOrder } from './interrupt.ts';
import { planText, runText } from './repair-text.ts';
import { outputOption, writeJson } from './sweep-command.ts';
import { count } from './sweep-text.ts';

interface Options extends DeskOptions {
  readonly output: 'text' | 'json';
}

/** `portcullis repair plan|plans|show|approve|apply|runs|status|undo|resume`. */
export function repairCommand(io: Io): Command {
  const command = new Command('repair')
    .description(
      'mends what a machine can mend: planned, shown, capped, recorded, verified, undoable',
    )
    .addHelpText(
      'after',
      `
Nothing is written before a plan was shown and applied, and never while the configuration says repairs.writes: off, which it does without a word.

Examples:
  portcullis repair plan --rule tagging.owner
  portcullis repair apply PLAN --dry-run
  portcullis repair undo RUN`,
    );
  const made = [
    planCommand(io),
    plansCommand(io),
    onPlan(io, 'show', 'show a plan', (fleet, id) => fleet.repairPlan(id)),
    onPlan(io, 'approve', 'approve a plan that somebody else asked for', (fleet, id, actor) =>
      fleet.approveRepair(id, actor),
    ),
    applyCommand(io),
    runsCommand(io),
    statusCommand(io),
    undoCommand(io),
    resumeCommand(io),
  ];
  return made.reduce((all, one) => all.addCommand(one), command);
}

function planCommand(io: Io): Command {
  const command = new Command('plan')
    .description('plan repairs of open findings; writes nothing')
    .option('--rule <ids>', 'by these rules', several)
    .option('--account <globs>', 'accounts, subscriptions, projects or clusters', several)
    .option('--region <globs>', 'regions', several)
    .option('--kind <globs>', 'kinds of resources', several)
    .option('--address <globs>', 'these resources', several);
  return examples(
    outputOption(deskOptions(command)),
    'repair plan --rule tagging.owner',
    "repair plan --account 111122223333 --kind 'aws.s3.*' --output json",
  ).action(
    async (
      options: Options &
        Partial<Record<'rule' | 'account' | 'region' | 'kind' | 'address', string[]>>,
    ) => {
      const { rule, account, region, kind, address } = options;
      const ask: RepairAsk = compact({
        rules: rule,
        accounts: account,
        regions: region,
        kinds: kind,
        addresses: address,
      });
      await withFleet(io, options, async (fleet, actor) =>
        printPlan(io, await fleet.planRepair(ask, actor), options),
      );
    },
  );
}

function plansCommand(io: Io): Command {
  const command = new Command('plans')
    .description('plans, the newest first')
    .option('--limit <count>', 'how many', wholeNumber(1, 500), 20);
  return examples(outputOption(deskOptions(command)), 'repair plans --limit 5').action(
    async (options: Options & { limit: number }) => {
      await withFleet(io, options, async (fleet) => {
        const plans = await fleet.repairPlans(options.limit);
        if (options.output === 'json') {
          writeJson(io, { plans });
          return;
        }
        const rows = plans.map(({ id, totals, state, createdAt, requestedBy, scope }) => [
          id,
          createdAt,
          state,
          count(totals.changes),
          requestedBy,
          scope,
        ]);
        const head = ['PLAN', 'MADE', 'STATE', 'CHANGES', 'BY', 'SCOPE'];
        io.stdout.write(rows.length === 0 ? 'no plans yet\n' : table(head, rows, io.columns));
      });
    },
  );
}

function runsCommand(io: Io): Command {
  const command = new Command('runs')
    .description('runs, the newest first')
    .option('--limit <count>', 'how many', wholeNumber(1, 500), 20);
  return examples(outputOption(deskOptions(command)), 'repair runs --limit 5').action(
    async (options: Options & { limit: number }) => {
      await withFleet(io, options, async (fleet) => {
        const runs = await fleet.repairRuns(options.limit);
        if (options.output === 'json') {
          writeJson(io, { runs });
          return;
        }
        const rows = runs.map(({ id, startedAt, purpose, state, dryRun, actor, reason }) => [
          id,
          startedAt,
          dryRun ? `${purpose}, dry` : purpose,
          state,
          actor,
          reason,
        ]);
        const head = ['RUN', 'STARTED', 'WHAT', 'STATE', 'BY', 'RESULT'];
        io.stdout.write(rows.length === 0 ? 'no runs yet\n' : table(head, rows, io.columns));
      });
    },
  );
}

function onPlan(
  io: Io,
  name: string,
  description: string,
  ask: (fleet: Fleet, id: string, actor: string) => Promise<RepairPlanView>,
): Command {
  const command = new Command(name).description(description).argument('<plan>', 'its id');
  return examples(
    outputOption(deskOptions(command)),
    `repair ${name} plan-b2a9bca106a95e361fe59cc9`,
  ).action(async (id: string, options: Options) => {
    await withFleet(io, options, async (fleet, actor) =>
      printPlan(io, await ask(fleet, id, actor), options),
    );
  });
}

function statusCommand(io: Io): Command {
  const command = new Command('status')
    .description('what a run did, resource by resource')
    .argument('<run>', 'its id');
  return examples(
    outputOption(deskOptions(command)),
    'repair status 01JDGZ8N3V5X7Q2K4M6P8R0T1W',
  ).action(async (id: string, options: Options) => {
    await withFleet(io, options, async (fleet) => printRun(io, await fleet.repairRun(id), options));
  });
}

function resumeCommand(io: Io): Command {
  const command = new Command('resume')
    .description('go on with a run whose process died, and wait for the end')
    .argument('<run>', 'its id');
  return examples(
    outputOption(deskOptions(command)),
    'repair resume 01JDGZ8N3V5X7Q2K4M6P8R0T1W',
  ).action(async (id: string, options: Options) => {
    await withFleet(io, options, async (fleet, actor) => {
      await followAndPrint(io, fleet, options, (signal) =>
        fleet.resumeRepair(id, { actor, signal }),
      );
    });
  });
}

function applyCommand(io: Io): Command {
  const command = new Command('apply')
    .description('apply a plan, and wait for the end')
    .argument('<plan>', 'its id')
    .option('--dry-run', 'everything but the write, with the same artefacts');
  return outputOption(deskOptions(command))
    .addHelpText(
      'after',
      `
Exit codes: 0 every change was verified, 1 some were not made, 2 the run did not come to its end.

Examples:
  portcullis repair apply plan-b2a9bca106a95e361fe59cc9 --dry-run
  portcullis repair apply plan-b2a9bca106a95e361fe59cc9`,
    )
    .action(async (id: string, options: Options & { dryRun?: boolean }) => {
      await withFleet(io, options, async (fleet, actor) => {
        await applyAndFollow(io, fleet, id, { ...options, actor });
      });
    });
}

function undoCommand(io: Io): Command {
  const command = new Command('undo')
    .description('take a run back: restores only what still has our value')
    .argument('<run>', 'its id')
    .option('--plan', 'show what would be restored, and do nothing')
    .option('--dry-run', 'everything but the write');
  return examples(
    outputOption(deskOptions(command)),
    'repair undo 01JDGZ8N3V5X7Q2K4M6P8R0T1W --plan',
    'repair undo 01JDGZ8N3V5X7Q2K4M6P8R0T1W',
  ).action(async (id: string, options: Options & { plan?: boolean; dryRun?: boolean }) => {
    await withFleet(io, options, async (fleet, actor) => {
      const undo = await fleet.planUndo(id, actor);
      if (options.plan === true || undo.plan.changes.length === 0) {
        printPlan(io, undo, options);
        return;
      }
      if (options.output === 'text') printPlan(io, undo, options);
      await applyAndFollow(io, fleet, undo.plan.id, { ...options, actor });
    });
  });
}

const LOOK_MS = 500;

async function applyAndFollow(
  io: Io,
  fleet: Fleet,
  plan: string,
  options: Options & { readonly dryRun?: boolean },
): Promise<void> {
  const { actor, dryRun = false } = options;
  await followAndPrint(io, fleet, options, (signal) =>
    fleet.applyRepair(plan, { actor, dryRun, signal }),
  );
}

/** To the end of a run, and what it did. A run of this process that is interrupted ends before its next write, and says so. */
async function followAndPrint(
  io: Io,
  fleet: Fleet,
  options: Options,
  begin: (signal: AbortSignal | undefined) => Promise<RepairRunView>,
): Promise<void> {
  const progress = progressOn(io);
  progress.say('applying …');
  const status =
    options.server === undefined
      ? await leavingInOrder(io, async ({ signal }) => {
          signal.addEventListener('abort', () => io.stderr.write(STOPPING), { once: true });
          return await follow(progress, fleet, await begin(signal));
        })
      : await follow(progress, fleet, await begin(undefined));
  progress.done();
  printRun(io, status, options);
}

const STOPPING = 'It stops before its next write; Ctrl-C once more ends it at once.\n';

async function follow(
  progress: Progress,
  fleet: Fleet,
  begun: RepairRunView,
): Promise<RepairRunView> {
  let status = begun;
  while (status.run.state === 'running') {
    const over = status.steps.filter(({ state }) => state !== 'intended').length;
    progress.say(`${count(over)} of ${count(status.steps.length)} resources`);
    await sleep(LOOK_MS);
    status = await fleet.repairRun(status.run.id);
  }
  return status;
}

function printPlan(io: Io, plan: RepairPlanView, { output }: Options): void {
  if (output === 'json') writeJson(io, plan);
  else io.stdout.write(planText(plan));
}

function printRun(io: Io, status: RepairRunView, { output }: Options): void {
  if (output === 'json') writeJson(io, status);
  else io.stdout.write(runText(status));
  const good = status.steps.every(({ state }) => state === 'verified' || state === 'rehearsed');
  io.setExitCode(status.run.state === 'stopped' ? 2 : good ? 0 : 1);
}
