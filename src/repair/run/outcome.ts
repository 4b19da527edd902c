import type { RepairStep, StepOutcome } from '../journal.ts';

export function outcome(
  { position }: RepairStep,
  state: StepOutcome['state'],
  reason: string,
): StepOutcome {
  return { position, state, reason };
}

/** A step that is not written now. Where an earlier attempt may have been, "nothing was tried" is more than anybody knows. */
export function leftAlone(step: RepairStep, reason: string): StepOutcome {
  return outcome(step, step.attempt > 1 ? 'unresolved' : 'skipped', reason);
}
