import { canonicalJson } from '../../kit/canonical-json.ts';
import { sha256 } from '../../kit/digest.ts';
import type { Refusal, RefusalCode, RepairPlan } from './model.ts';

/** Gives a plan its totals, and its id: the same content is the same plan, however often and wherever it is made. */
export function sealPlan(content: Omit<RepairPlan, 'id' | 'totals'>): RepairPlan {
  const digest = sha256(canonicalJson(content)).slice('sha256:'.length);
  const totals = {
    changes: content.changes.length,
    suggestions: content.suggestions.length,
    refusals: countByCode(content.refusals),
  };
  return { id: `plan-${digest.slice(0, 24)}`, ...content, totals };
}

/** What a machine cannot mend may be most of an estate: so many are told one by one, the others are counted. */
const MOST_KEPT = 5_000;

/** A plan as it is kept. Its changes are whole; what nobody applies is cut. */
export function cutPlan(plan: RepairPlan, most = MOST_KEPT): RepairPlan {
  return {
    ...plan,
    suggestions: plan.suggestions.slice(0, most),
    refusals: plan.refusals.slice(0, most),
  };
}

function countByCode(refusals: readonly Refusal[]): Partial<Record<RefusalCode, number>> {
  const counts: Partial<Record<RefusalCode, number>> = {};
  for (const { code } of refusals) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
