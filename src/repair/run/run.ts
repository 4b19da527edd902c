import type { Tagger } from '../../clouds/tagger.ts';
import type { Brakes } from '../plan/gates.ts';
import type { PlannedChange } from '../plan/model.ts';
import type { RepairRun, RunState } from '../journal.ts';
import { runBatch, toStep } from './batch.ts';
import { byInventory } from './by-inventory.ts';
import { deadCanary, tooManyErrors, whyStop } from './brakes.ts';
import { nowOf, record } from './context.ts';
import type { RunContext } from './context.ts';

/** Resources of one batch: the journal, the reading and the writing of so many stand close together. */
const MOST_IN_BATCH = 20;
const LEAST_IN_BATCH = 4;

/** A change with its place in the plan. */
interface Placed {
  readonly change: PlannedChange;
  readonly position: number;
}

/** How a run ended. */
export interface Ending {
  readonly state: Exclude<RunState, 'running'>;
  readonly reason: string;
}

/**
 * Makes the changes of a plan that have no step yet: the canaries, then, if they live, the others, batch by batch. Before each
 * batch everything that may stop a run is asked again.
 */
export async function runChanges(
  context: RunContext,
  changes: readonly PlannedChange[],
  brakes: Brakes,
): Promise<Ending> {
  const tried = new Set(
    (await context.parts.journal.steps(context.run.id)).map((step) => step.position),
  );
  const placed = changes.map((change, position) => ({ change, position }));
  const waves = [placed.slice(0, brakes.canary), placed.slice(brakes.canary)];
  for (const [wave, all] of waves.entries()) {
    for (const batch of batchesOf(
      context,
      all.filter(({ position }) => !tried.has(position)),
    )) {
      const stop = await whyStop(context, brakes);
      if (stop !== undefined) return { state: 'stopped', reason: stop };
      await tryBatch(context, batch);
    }
    const stop = await afterWave(context, brakes, wave === 0);
    if (stop !== undefined) return { state: 'stopped', reason: stop };
  }
  return { state: 'done', reason: '' };
}

async function tryBatch(context: RunContext, batch: readonly Placed[]): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  const { parts, lease, timing } = context;
  await parts.leases.renew(lease, timing.leaseMs);
  const tagger = parts.tagger(first.change.inventory);
  const steps = batch.map(({ change, position }) => toStep(context, change, position));
  if (tagger !== undefined) {
    await runBatch(context, steps, tagger);
    return;
  }
  const { open } = await parts.journal.intend(steps, lease);
  const reason = `nothing that is configured can write tags of ${first.change.inventory}`;
  const outcomes = open.map(({ position }) => ({ position, state: 'skipped', reason }) as const);
  await parts.journal.settle(context.run.id, outcomes, nowOf(parts), lease);
}

/** Each of one inventory, for its tagger. */
function batchesOf({ parts }: RunContext, placed: readonly Placed[]): Placed[][] {
  return [...byInventory(placed)].flatMap(([inventory, list]) => {
    const size = sizeOf(parts.tagger(inventory));
    return Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
      list.slice(n * size, (n + 1) * size),
    );
  });
}

/** As many as one call takes, within bounds: a tagger whose calls take one alone has several under way. */
function sizeOf(tagger: Tagger | undefined): number {
  return Math.max(LEAST_IN_BATCH, Math.min(MOST_IN_BATCH, tagger?.limits.batch ?? MOST_IN_BATCH));
}

async function afterWave(
  { parts, run }: RunContext,
  brakes: Brakes,
  canary: boolean,
): Promise<string | undefined> {
  const tally = await parts.journal.tally(run.id);
  return (
    (canary && brakes.canary > 0 ? deadCanary(tally) : undefined) ?? tooManyErrors(tally, brakes)
  );
}

/** Recorded, then closed. */
export async function finishRun(
  { parts, run, lease }: RunContext,
  ending: Ending,
): Promise<RepairRun> {
  const tally = await parts.journal.tally(run.id);
  const finished: RepairRun = { ...run, ...ending, finishedAt: nowOf(parts) };
  await record(parts, 'repair.finished', run.id, {
    ...ending,
    dryRun: run.dryRun,
    plan: run.plan,
    tally,
  });
  await parts.journal.finish(finished, lease);
  return finished;
}
