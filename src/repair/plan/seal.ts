import { canonicalJson } from '../../kit/canonical-json.ts';
import { sha256 } from '../../kit/digest.ts';
import type { RepairPlan } from './model.ts';

/** Gives a plan its id: the same content is the same plan, however often and wherever it is made. */
export function sealPlan(content: Omit<RepairPlan, 'id'>): RepairPlan {
  const digest = sha256(canonicalJson(content)).slice('sha256:'.length);
  return { id: `plan-${digest.slice(0, 24)}`, ...content };
}
