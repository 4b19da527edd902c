import type { RuleSet } from '../bindings/rule.ts';
import { RepairError } from './errors.ts';
import type { PlanState, StoredPlan } from './journal.ts';
import { modeOf, shutWindow } from './plan/gates.ts';
import { record } from './run/context.ts';
import type { RunParts } from './run/context.ts';
import type { RepairSettings } from './settings.ts';

/** Everything that must hold before the first write of a plan. What is refused is recorded too. */
export async function requireMayWrite(
  parts: RunParts & { readonly settings: () => RepairSettings; readonly rules: () => RuleSet },
  stored: StoredPlan,
  request: { readonly actor: string; readonly automatic?: boolean },
): Promise<void> {
  const refusal = whyNot(parts, stored, request);
  if (refusal === undefined) return;
  const { code, message } = refusal;
  await record(parts, 'repair.refused', stored.plan.id, { code, message }, request.actor);
  throw refusal;
}

function whyNot(
  parts: Pick<RunParts, 'outside' | 'writes'> & {
    readonly settings: () => RepairSettings;
    readonly rules: () => RuleSet;
  },
  stored: StoredPlan,
  request: { readonly automatic?: boolean },
): RepairError | undefined {
  const { plan } = stored;
  const now = parts.outside.clock();
  if (parts.writes() === 'off')
    return new RepairError('REPAIR_WRITES_OFF', 'Writes are switched off.', {
      help: 'Set repairs.writes: on in the configuration, or try a dry run.',
    });
  const state = unmetState(stored, ['proposed', 'approved'], 'applied');
  if (state !== undefined) return state;
  return (
    stale(stored, now, parts) ??
    unapproved(stored, request) ??
    overCaps(stored) ??
    shut(plan.gates, now)
  );
}

function stale(
  { plan, createdAt, rulesDigest }: StoredPlan,
  now: Date,
  { settings, rules }: { readonly settings: () => RepairSettings; readonly rules: () => RuleSet },
): RepairError | undefined {
  const hours = (now.getTime() - new Date(createdAt).getTime()) / 3_600_000;
  const help = 'Plan again, and look at the new plan.';
  if (hours > settings().planHours)
    return new RepairError('REPAIR_STALE', `Plan ${plan.id} is ${Math.round(hours)} hours old.`, {
      help,
    });
  // A way back must stay open whatever the rules say by now.
  if (plan.purpose === 'repair' && rulesDigest !== rules().digest)
    return new RepairError(
      'REPAIR_STALE',
      `Plan ${plan.id} was made by other rules than those in force.`,
      { help },
    );
  return undefined;
}

function unapproved(
  { plan, state }: StoredPlan,
  { automatic }: { readonly automatic?: boolean },
): RepairError | undefined {
  const mode = plan.purpose === 'undo' ? 'suggest' : modeOf(plan.gates);
  if (mode === 'approve' && state !== 'approved')
    return new RepairError('REPAIR_APPROVAL', `Plan ${plan.id} must be approved first.`, {
      help: 'By somebody else than the person who asked for it.',
    });
  if (automatic === true && mode === 'suggest')
    return new RepairError(
      'REPAIR_APPROVAL',
      `Plan ${plan.id} is a suggestion: no schedule applies it.`,
      {
        help: 'A person applies it, or its rules say mode: automatic.',
      },
    );
  return undefined;
}

function overCaps({ plan }: StoredPlan): RepairError | undefined {
  if (plan.breaches.length === 0) return undefined;
  const why = plan.breaches.map(({ rule, message }) => `${rule}: ${message}`).join('; ');
  return new RepairError('REPAIR_CAPS', `Nothing is written: ${why}.`, {
    help: 'Plan a smaller scope, read the estate again, or raise the caps of the rule.',
  });
}

function shut(gates: StoredPlan['plan']['gates'], now: Date): RepairError | undefined {
  const why = shutWindow(gates, now);
  return why === undefined
    ? undefined
    : new RepairError('REPAIR_WINDOW', `Not at this time: ${why}.`);
}

/** @throws RepairError REPAIR_STATE */
export function requireState(stored: StoredPlan, states: readonly PlanState[], wish: string): void {
  const unmet = unmetState(stored, states, wish);
  if (unmet !== undefined) throw unmet;
}

function unmetState(
  { plan, state }: StoredPlan,
  states: readonly PlanState[],
  wish: string,
): RepairError | undefined {
  if (states.includes(state)) return undefined;
  return new RepairError('REPAIR_STATE', `Plan ${plan.id} is ${state}: it cannot be ${wish}.`, {
    help: state === 'approved' ? 'Apply it.' : 'Plan again.',
  });
}
