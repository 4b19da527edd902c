import { isRecord } from '../../kit/record.ts';
import type { ParsedDocument, Source } from '../source.ts';
import { normalisePlan } from './normalise.ts';

const TELLING = ['resource_changes', 'planned_values', 'action_invocations'];

/** The JSON of a saved Terraform or OpenTofu plan, format versions 0.x and 1.x. */
export const terraformPlan = {
  id: 'terraform-plan',
  title: 'Terraform or OpenTofu plan (JSON)',
  hint: 'terraform plan -out=tfplan && terraform show -json tfplan > plan.json',
  recognises,
  normalise: normalisePlan,
} satisfies Source;

function recognises({ syntax, values: [value] }: ParsedDocument): boolean {
  return syntax === 'json' && isRecord(value) && TELLING.some((key) => key in value);
}
