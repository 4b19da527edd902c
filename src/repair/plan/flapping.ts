import type { Manager } from '../../clouds/inventory.ts';
import type { PastRepair } from './input.ts';

/** Mending a tag this often, within this time, is a fight with somebody. */
const TIMES = 3;
const WITHIN_DAYS = 30;
const DAY_MS = 24 * 3600 * 1000;

/** Why a tag is left alone: it was mended again and again, and somebody takes it back. `undefined` where that is not so. */
export function flapping(
  past: readonly PastRepair[],
  managedBy: Manager | undefined,
  now: Date,
): string | undefined {
  const since = now.getTime() - WITHIN_DAYS * DAY_MS;
  const recent = past
    .filter(({ at }) => new Date(at).getTime() >= since)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const first = recent[0];
  const last = recent.at(-1);
  if (recent.length < TIMES || first === undefined || last === undefined) return undefined;
  return (
    `mended ${recent.length} times since ${first.at.slice(0, 10)} and wrong again each time, ` +
    `last undone by ${opponent(recent, managedBy)}; it is left alone until that is settled`
  );
}

/** Who fights: who took our value back through us, else the tool that the resource belongs to. */
function opponent(recent: readonly PastRepair[], managedBy: Manager | undefined): string {
  const undone = recent.findLast(({ undoneBy }) => undoneBy !== undefined)?.undoneBy;
  if (undone !== undefined) return undone;
  if (managedBy === undefined) return 'somebody outside (see the history of the resource)';
  return `${managedBy.tool} ${managedBy.name}`.trim();
}
