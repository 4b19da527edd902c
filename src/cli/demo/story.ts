import { setTimeout as sleep } from 'node:timers/promises';

import type { DemoPlace } from '../../demo/place.ts';
import type { RepairPlanView, RepairRunView } from '../../fleet/repair-views.ts';
import type { SweepView } from '../../fleet/views.ts';
import { counted } from '../../report/counted.ts';
import { progressOn } from '../check/progress.ts';
import { findingText } from '../fleet/finding-text.ts';
import { planText, runText } from '../fleet/repair-text.ts';
import { count, progressText, sweepText } from '../fleet/sweep-text.ts';
import type { Io } from '../io.ts';
import { table } from '../table.ts';

const ACTOR = 'demo';
const SHOWN_FINDINGS = 8;
const SHOWN_LINES = 28;
const LOOK_MS = 150;

/**
 * What the demo shows, step by step; all of it by the same calls that the other commands make.
 *
 * @returns stands still after each step, for whoever listens to pause or to leave.
 */
export async function* tellStory(io: Io, place: DemoPlace): AsyncGenerator<void> {
  const { fleet } = place;
  heading(io, 'A sweep: everything that exists in three clouds, judged by the rules of the gate');
  const before = await sweep(io, place);
  io.stdout.write(sweepText(before));
  yield;

  heading(io, 'What it found');
  await showFindings(io, place);
  yield;

  heading(io, 'A repair is planned first: nothing is written yet');
  io.stdout.write(
    'One account cannot be read, so it is left out: caps are a share of what was read.\n\n',
  );
  const accounts = [...place.clouds.readable];
  const plan = await fleet.planRepair({ rules: ['tagging.owner'], accounts }, ACTOR);
  io.stdout.write(shortened(planText(plan)));
  yield;

  heading(io, 'The plan is applied: journalled, written, read back');
  const run = await apply(place, plan);
  io.stdout.write(runText(run));
  const after = await sweep(io, place);
  io.stdout.write(`The next sweep resolved ${counted(after.findings.resolved, 'finding')}.\n`);
  yield;

  heading(io, 'And taken back: only what still has our value');
  const undo = await fleet.planUndo(run.run.id, ACTOR);
  io.stdout.write(runText(await apply(place, undo)));
  yield;

  heading(io, 'All of it is on record');
  await showRecords(io, place);
}

function heading(io: Io, text: string): void {
  io.stdout.write(`\n== ${text}\n\n`);
}

async function sweep(io: Io, { fleet }: DemoPlace): Promise<SweepView> {
  const progress = progressOn(io);
  let seen = await fleet.startSweep({ name: 'demo' }, ACTOR);
  while (seen.state === 'running') {
    progress.say(progressText(seen));
    await sleep(LOOK_MS);
    seen = await fleet.sweep(seen.id);
  }
  progress.done();
  return seen;
}

async function showFindings(io: Io, { fleet }: DemoPlace): Promise<void> {
  const { findings, totals } = await fleet.findings({ state: 'open' }, SHOWN_FINDINGS);
  const rows = findings.map(({ severity, rule, address, message }) => [
    severity,
    rule,
    address,
    message,
  ]);
  io.stdout.write(table(['SEVERITY', 'RULE', 'RESOURCE', 'MESSAGE'], rows, io.columns));
  io.stdout.write(`${counted(totals?.total ?? 0, 'finding')} in all. One of them:\n\n`);
  const [worst] = findings;
  if (worst !== undefined) io.stdout.write(findingText(worst));
}

async function apply({ fleet }: DemoPlace, { plan }: RepairPlanView): Promise<RepairRunView> {
  let seen = await fleet.applyRepair(plan.id, { actor: ACTOR, dryRun: false });
  while (seen.run.state === 'running') {
    await sleep(LOOK_MS);
    seen = await fleet.repairRun(seen.run.id);
  }
  return seen;
}

function shortened(text: string): string {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= SHOWN_LINES) return text;
  return `${[...lines.slice(0, SHOWN_LINES), `  … and ${count(lines.length - SHOWN_LINES)} more lines`].join('\n')}\n`;
}

async function showRecords(io: Io, { gateway }: DemoPlace): Promise<void> {
  const { events } = await gateway.events({ limit: 500 });
  const counts = new Map<string, number>();
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  const rows = [...counts].sort().map(([type, of]) => [type, count(of)]);
  io.stdout.write(table(['RECORD', 'COUNT'], rows, io.columns));
}
