import type { TagReading, Tagger } from '../../clouds/tagger.ts';
import { messageOf } from '../../kit/errors.ts';
import type { RepairStep, StepOutcome } from '../journal.ts';
import { standing } from '../plan/compare.ts';
import type { RunContext } from './context.ts';
import { outcome } from './outcome.ts';

/**
 * Tags as they are now. What cannot be read is unknown, never empty: also where nothing at all could be read.
 */
export async function readNow(
  tagger: Tagger,
  steps: readonly RepairStep[],
  signal: AbortSignal,
): Promise<readonly TagReading[]> {
  const targets = steps.map(({ change }) => change.target);
  if (targets.length === 0) return [];
  try {
    return await tagger.read(targets, signal);
  } catch (thrown) {
    const tags = { state: 'unknown', reason: messageOf(thrown) } as const;
    return targets.map((target) => ({ target, tags }));
  }
}

/** Said of a write that nobody sees. */
export const AS_BEFORE = 'it reads as before: the write did not arrive, or is not shown yet';

/** What reading back found: how steps ended, and which to the last read exactly as before. */
export interface ReadBack {
  readonly outcomes: readonly StepOutcome[];
  readonly asBefore: readonly RepairStep[];
}

/** Reads back what was written, or may have been, until it is there or patience ends. */
export async function verify(
  { parts, timing }: RunContext,
  steps: readonly RepairStep[],
  tagger: Tagger,
): Promise<ReadBack> {
  // Whoever stops the run still wants to know what was written: adapters have deadlines of their own.
  const { signal } = new AbortController();
  const outcomes: StepOutcome[] = [];
  let open = steps;
  for (const [round, pause] of timing.verifyPausesMs.entries()) {
    if (open.length === 0) break;
    if (pause > 0) await parts.outside.sleep(pause, signal);
    const readings = await readNow(tagger, open, signal);
    const last = round === timing.verifyPausesMs.length - 1;
    const left: RepairStep[] = [];
    for (const [index, step] of open.entries()) {
      const found = whatStands(step, readings[index]);
      if (found === 'before' || (!last && found.state !== 'verified')) left.push(step);
      else outcomes.push(found);
    }
    open = left;
  }
  return { outcomes, asBefore: open };
}

function whatStands(step: RepairStep, reading: TagReading | undefined): StepOutcome | 'before' {
  const stands = standing(step.change, reading?.tags ?? { state: 'unknown', reason: 'no answer' });
  switch (stands.at) {
    case 'after':
      return outcome(step, 'verified', '');
    case 'before':
      return 'before';
    case 'between':
      return outcome(step, 'unresolved', 'only a part of the tags was written');
    case 'unread':
    case 'else':
      return outcome(step, 'unresolved', stands.why);
  }
}
