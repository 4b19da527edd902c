import type { Tagger } from '../../clouds/tagger.ts';
import type { RepairStep, StepOutcome } from '../journal.ts';
import { brakesOf } from '../plan/gates.ts';
import { whyStop } from './brakes.ts';
import { nowOf, record } from './context.ts';
import type { RunContext } from './context.ts';
import { outcome } from './outcome.ts';
import { AS_BEFORE, verify } from './verify.ts';

/** What became of writes that got lost: those that are to be written once more, and the others. */
export interface SecondTry {
  readonly again: readonly RepairStep[];
  readonly outcomes: readonly StepOutcome[];
}

/**
 * Prepares one more write of steps whose write was not answered and which read as before. A write that got lost may still arrive
 * for a while; it is waited for, then read once more: only what is exactly as before is begun again, as an attempt of its own.
 * Until then the journal has the steps open, as after any write, so that a crash here is like a crash there.
 */
export async function secondTry(
  context: RunContext,
  lost: readonly RepairStep[],
  tagger: Tagger,
): Promise<SecondTry> {
  const stop = await waitOrStop(context);
  const once = { ...context, timing: { ...context.timing, verifyPausesMs: [0] } };
  const { outcomes, asBefore } = await verify(once, lost, tagger);
  if (stop === undefined) return { again: await beginAgain(context, asBefore), outcomes };
  const reason = `${AS_BEFORE}; not tried again: ${stop}`;
  const given = asBefore.map((step) => outcome(step, 'unresolved', reason));
  return { again: [], outcomes: [...outcomes, ...given] };
}

/** Everything that may stop a run is asked before the wait, and again after it. */
async function waitOrStop(context: RunContext): Promise<string | undefined> {
  const { parts, timing, lease, signal } = context;
  const brakes = brakesOf(context.gates);
  const stop = await whyStop(context, brakes);
  if (stop !== undefined) return stop;
  await parts.leases.renew(lease, timing.leaseMs);
  try {
    await parts.outside.sleep(timing.settleMs, signal);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
  await parts.leases.renew(lease, timing.leaseMs);
  return whyStop(context, brakes);
}

/** One more attempt of open steps: in the journal, then in the record; whoever asked may write when both have it. */
export async function beginAgain(
  { parts, run, lease }: RunContext,
  steps: readonly RepairStep[],
): Promise<readonly RepairStep[]> {
  if (steps.length === 0) return [];
  const at = nowOf(parts);
  const positions = steps.map(({ position }) => position);
  await parts.journal.intendAgain(run.id, positions, at, lease);
  const attempts = steps.map((step) => ({ ...step, attempt: step.attempt + 1, intendedAt: at }));
  await record(parts, 'repair.intended', run.id, {
    dryRun: run.dryRun,
    again: true,
    resources: attempts.map(({ position, attempt, change: { address, set, remove } }) => ({
      position,
      attempt,
      address,
      set,
      remove,
    })),
  });
  return attempts;
}
