import type { Note } from '../../model/decision.ts';
import type { TerraformPlan } from './schema.ts';

const SHOWN = 5;

/** What a reader of the decision has to know about the plan besides its resources. */
export function notesOf(plan: TerraformPlan): Note[] {
  const notes = [
    incomplete(plan),
    notApplyable(plan),
    deferred(plan),
    drift(plan),
    actions(plan),
    checks(plan),
  ];
  return notes.filter((note) => note !== undefined);
}

function incomplete({ complete }: TerraformPlan): Note | undefined {
  if (complete !== false) return undefined;
  return {
    code: 'plan-incomplete',
    message:
      'The plan does not cover the whole configuration (it was limited by -target, or some changes were put off). The decision is about what it lists, and nothing else.',
  };
}

function notApplyable({ applyable, resource_changes }: TerraformPlan): Note | undefined {
  if (applyable !== false) return undefined;
  const changes = resource_changes.some(
    ({ change }) => !change.actions.every((action) => action === 'no-op'),
  );
  return {
    code: 'plan-not-applyable',
    message: changes
      ? 'Terraform says that this plan cannot be applied.'
      : 'The plan changes nothing.',
  };
}

function deferred({ deferred_changes: changes }: TerraformPlan): Note | undefined {
  if (changes.length === 0) return undefined;
  const reasons = [...new Set(changes.map(({ reason }) => reason))].join(', ');
  return {
    code: 'changes-deferred',
    message: `${counted(changes.length, 'change')} put off to a later plan (${reasons}); most of their values are not known, so judge that plan as well.`,
  };
}

function drift({
  resource_drift: drifted,
  relevant_attributes: relevant,
}: TerraformPlan): Note | undefined {
  const addresses = drifted
    .filter(({ change }) => change.actions.some((action) => action !== 'no-op'))
    .map(({ address }) => address);
  if (addresses.length === 0) return undefined;
  const used = new Set(relevant.map(({ resource }) => resource));
  const mattered = addresses.filter((address) => used.has(address));
  const matter =
    mattered.length === 0
      ? ''
      : ` This plan builds on ${mattered.length} of them: ${listed(mattered)}.`;
  return {
    code: 'drift',
    message: `${counted(addresses.length, 'resource')} changed outside of Terraform: ${listed(addresses)}.${matter} Drift is reported, not judged.`,
  };
}

function actions({
  action_invocations: now,
  deferred_action_invocations: later,
}: TerraformPlan): Note | undefined {
  const total = now.length + later.length;
  if (total === 0) return undefined;
  return {
    code: 'action-invocations',
    message: `The plan runs ${counted(total, 'provider action')}, which no rule looks at: ${listed(now.map(({ address }) => address))}.`,
  };
}

function checks({ checks: all }: TerraformPlan): Note | undefined {
  const failing = all.filter(({ status }) => status === 'fail' || status === 'error');
  if (failing.length === 0) return undefined;
  return {
    code: 'checks-failing',
    message: `${counted(failing.length, 'check')} of the configuration failed: ${listed(failing.map(({ address }) => address.to_display))}.`,
  };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`;
}
