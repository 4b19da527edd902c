import { assertNever } from '../../kit/assert-never.ts';
import type { Tagger } from '../../clouds/tagger.ts';
import type { RepairStep, StepOutcome } from '../journal.ts';
import { standing } from '../plan/compare.ts';
import { beginAgain } from './again.ts';
import { settle, writeOpen } from './batch.ts';
import { byInventory } from './by-inventory.ts';
import type { RunContext } from './context.ts';
import { outcome } from './outcome.ts';
import { readNow } from './verify.ts';

/** A write that fails to arrive so often is not tried again by itself. */
const MOST_ATTEMPTS = 3;

/**
 * Finds out what became of the steps that a dead process left open: by reading, after a time in which nothing of it can still be
 * under way. What was not written is begun again as a new attempt of the same journal entry; nothing is written blindly.
 */
export async function resolveOpen(context: RunContext): Promise<void> {
  const { parts, run, timing } = context;
  const steps = await parts.journal.steps(run.id);
  const open = steps.filter(({ state }) => state === 'intended' || state === 'written');
  if (open.length === 0) return;
  const youngest = Math.max(...open.map(({ intendedAt }) => new Date(intendedAt).getTime()));
  const wait = youngest + timing.settleMs - parts.outside.clock().getTime();
  if (wait > 0) await parts.outside.sleep(wait, context.signal);
  for (const [inventory, list] of byInventory(open)) {
    await parts.leases.renew(context.lease, timing.leaseMs);
    const tagger = parts.tagger(inventory);
    await (tagger === undefined
      ? giveUp(context, list, inventory)
      : resolve(context, list, tagger));
  }
}

async function giveUp(
  context: RunContext,
  steps: readonly RepairStep[],
  inventory: string,
): Promise<void> {
  const reason = `nothing that is configured can read tags of ${inventory}: look whether it was written`;
  await settle(
    context,
    steps,
    steps.map((step) => outcome(step, 'unresolved', reason)),
  );
}

async function resolve(
  context: RunContext,
  steps: readonly RepairStep[],
  tagger: Tagger,
): Promise<void> {
  const readings = await readNow(tagger, steps, context.signal);
  const found: StepOutcome[] = [];
  const again: RepairStep[] = [];
  for (const [index, step] of steps.entries()) {
    const closed = whatBecame(context, step, readings[index]);
    if (closed === undefined) again.push(step);
    else found.push(closed);
  }
  await settle(context, steps, found);
  await writeOpen(context, await beginAgain(context, again), tagger);
}

/** What a reading says of an open step; undefined where it is to be written (again). */
function whatBecame(
  { run, parts }: RunContext,
  step: RepairStep,
  reading: Awaited<ReturnType<typeof readNow>>[number] | undefined,
): StepOutcome | undefined {
  const stands = standing(step.change, reading?.tags ?? { state: 'unknown', reason: 'no answer' });
  switch (stands.at) {
    case 'after':
      return run.dryRun
        ? outcome(step, 'skipped', 'changed since: it is as planned already')
        : outcome(step, 'verified', 'found written when the run was resumed');
    case 'before':
    case 'between':
      return run.dryRun ? undefined : unwritten(step, stands.at, parts.writes());
    case 'else':
      return outcome(step, stands.ours ? 'unresolved' : 'skipped', stands.why);
    case 'unread':
      return outcome(step, 'unresolved', stands.why);
    default:
      return assertNever(stands, 'standing of a resource');
  }
}

/** Why a step that is not, or not wholly, written is not begun again; undefined where it is. */
function unwritten(
  step: RepairStep,
  at: 'before' | 'between',
  writes: 'on' | 'off',
): StepOutcome | undefined {
  const [state, what] =
    at === 'before'
      ? (['failed', 'nothing was written'] as const)
      : (['unresolved', 'only a part of the tags was written'] as const);
  if (step.attempt >= MOST_ATTEMPTS)
    return outcome(step, state, `${what}, after ${step.attempt} attempts`);
  return writes === 'off' ? outcome(step, state, `${what}; writes are switched off`) : undefined;
}
