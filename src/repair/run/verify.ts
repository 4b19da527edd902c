import type { TagReading, Tagger } from '../../clouds/tagger.ts';
import { messageOf } from '../../kit/errors.ts';
import type { RepairStep, StepOutcome } from '../journal.ts';
import { standing } from '../plan/compare.ts';
import type { RunContext } from './context.ts';

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

/** Reads back what was written, or may have been, until it is there or patience ends. */
export async function verify(
  { parts, timing }: RunContext,
  steps: readonly RepairStep[],
  tagger: Tagger,
): Promise<StepOutcome[]> {
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
      const found = whatStands(step, readings[index], last);
      if (found === undefined) left.push(step);
      else outcomes.push(found);
    }
    open = left;
  }
  return outcomes;
}

function whatStands(
  { position, change }: RepairStep,
  reading: TagReading | undefined,
  last: boolean,
): StepOutcome | undefined {
  const stands = standing(change, reading?.tags ?? { state: 'unknown', reason: 'no answer' });
  if (stands.at === 'after') return { position, state: 'verified', reason: '' };
  if (!last) return undefined;
  switch (stands.at) {
    case 'before':
      return {
        position,
        state: 'unresolved',
        reason: 'it reads as before: the write did not arrive, or is not shown yet',
      };
    case 'between':
      return { position, state: 'unresolved', reason: 'only a part of the tags was written' };
    case 'unread':
    case 'else':
      return { position, state: 'unresolved', reason: stands.why };
  }
}
