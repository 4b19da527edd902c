import type { Rule } from '../bindings/rule.ts';
import { messageOf } from '../kit/errors.ts';
import type { Repairs } from '../repair/repairs.ts';
import type { Warn } from './gate-feed.ts';

/** Who applies what nobody has to look at first. */
export const SCHEDULE = 'schedule';

export interface AutomaticParts {
  readonly rules: () => readonly Rule[];
  readonly repairs: Pick<Repairs, 'plan' | 'apply'>;
  readonly writes: () => 'on' | 'off';
  readonly warn: Warn;
}

/**
 * After a sweep: plans and applies what rules of the mode `automatic` mend. All other brakes stay on: caps, windows, canaries,
 * the kill switch; a plan that breaks one is kept, and nothing of it is written.
 */
export async function repairAutomatically(
  { rules, repairs, writes, warn }: AutomaticParts,
  signal: AbortSignal,
): Promise<void> {
  const mending = rules().filter(({ repair }) => repair?.mode === 'automatic');
  if (mending.length === 0 || writes() === 'off') return;
  try {
    const { plan } = await repairs.plan({ rules: mending.map(({ id }) => id) }, SCHEDULE, signal);
    if (plan.changes.length === 0) return;
    if (plan.breaches.length > 0) {
      warn('an automatic repair is over its caps; nothing was written', { plan: plan.id });
      return;
    }
    await repairs.apply(plan.id, { actor: SCHEDULE, automatic: true }, signal);
  } catch (error) {
    if (!signal.aborted)
      warn('an automatic repair did not come to its end', { error: messageOf(error) });
  }
}
