import { counted } from '../../report/counted.ts';
import type { Tally } from '../journal.ts';
import { shutWindow } from '../plan/gates.ts';
import type { Brakes } from '../plan/gates.ts';
import type { RunContext } from './context.ts';

/** Why a run gives up, or undefined. What was skipped was not tried, and counts on neither side. */
export function tooManyErrors(tally: Tally, { errors, percent }: Brakes): string | undefined {
  const wrong = tally.failed + tally.unresolved;
  const tried = wrong + tally.verified + tally.rehearsed;
  if (wrong < errors || wrong * 100 <= percent * tried) return undefined;
  return `${wrong} of ${tried} resources went wrong; the rules stop at ${counted(errors, 'error')} and ${percent} %`;
}

/** A canary that dies has done its work. */
export function deadCanary(tally: Tally): string | undefined {
  const wrong = tally.failed + tally.unresolved;
  return wrong === 0
    ? undefined
    : `${wrong} of the first resources went wrong; the others were not tried`;
}

/** Whatever ends a run between two batches, and keeps a lost write from being tried again. A dry run tells of switches and windows, and goes on. */
export async function whyStop(
  { parts, run, gates, signal }: RunContext,
  brakes: Brakes,
): Promise<string | undefined> {
  if (signal.aborted) return 'somebody stopped it';
  if (!run.dryRun) {
    if (parts.writes() === 'off') return 'writes are switched off (repairs.writes)';
    const shut = shutWindow(gates, parts.outside.clock());
    if (shut !== undefined) return `its window is shut: ${shut}`;
  }
  return tooManyErrors(await parts.journal.tally(run.id), brakes);
}
