import type { Tally } from '../journal.ts';
import type { Brakes } from '../plan/gates.ts';

/** Why a run gives up, or undefined. What was skipped was not tried, and counts on neither side. */
export function tooManyErrors(tally: Tally, { errors, percent }: Brakes): string | undefined {
  const wrong = tally.failed + tally.unresolved;
  const tried = wrong + tally.verified + tally.rehearsed;
  if (wrong < errors || wrong * 100 <= percent * tried) return undefined;
  return `${wrong} of ${tried} resources went wrong; the rules stop at ${errors} errors and ${percent} %`;
}

/** A canary that dies has done its work. */
export function deadCanary(tally: Tally): string | undefined {
  const wrong = tally.failed + tally.unresolved;
  return wrong === 0
    ? undefined
    : `${wrong} of the first resources went wrong; the others were not tried`;
}
