import { messageOf } from '../kit/errors.ts';
import { RepairError } from '../repair/errors.ts';
import type { RepairJournal } from '../repair/journal.ts';
import type { Repairs } from '../repair/repairs.ts';
import type { Warn } from './gate-feed.ts';

const LOOKED_AT = 100;

/** Goes on with repairs whose process died: what they did must be known, and what they intended is not left half done. */
export async function resumeLeftBehind(
  journal: Pick<RepairJournal, 'runs'>,
  repairs: Pick<Repairs, 'resume'>,
  { warn }: { readonly warn: Warn },
  signal: AbortSignal,
): Promise<void> {
  try {
    const runs = await journal.runs(LOOKED_AT);
    for (const { id, actor } of runs.filter(({ state }) => state === 'running'))
      await resume(repairs, id, actor, signal);
  } catch (error) {
    if (!signal.aborted)
      warn('a repair that was left behind could not be resumed', { error: messageOf(error) });
  }
}

async function resume(
  repairs: Pick<Repairs, 'resume'>,
  id: string,
  actor: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await repairs.resume(id, actor, signal);
  } catch (error) {
    // Somebody is at it, or ended it in between.
    const over = error instanceof RepairError && /^REPAIR_(HELD|STATE)$/.test(error.code);
    if (!over) throw error;
  }
}
