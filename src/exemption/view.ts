import type { Exemption } from '../bindings/exemption.ts';
import { phaseOf } from '../bindings/exemption.ts';
import { approvalsFor, people, rulesFor } from '../bindings/parse-exemptions.ts';
import type { Rule } from '../bindings/rule.ts';
import { assertNever } from '../kit/assert-never.ts';
import { compact } from '../kit/compact.ts';
import { bindStored } from './bind.ts';
import type { ExemptionUse, StoredExemption } from './store.ts';
import { ExemptionView } from './views.ts';

/** An exemption of a file, as of a moment. */
export function fileView(
  exemption: Exemption,
  at: Date,
  use: ExemptionUse | undefined,
): ExemptionView {
  return viewOf(exemption, use, {
    state: stateByClock(exemption, at),
    approvalsMissing: 0,
    history: [],
  });
}

/** A stored exemption, as of a moment. */
export function storedView(
  stored: StoredExemption,
  rules: readonly Rule[],
  at: Date,
  use: ExemptionUse | undefined,
): ExemptionView {
  const { requestedBy, requestedAt, history, document } = stored;
  const bound = bindStored(stored, rules);
  const named = rulesFor(document, rules);
  const missing = Math.max(0, approvalsFor(named) - people(bound.approvedBy));
  return viewOf({ ...bound, rules: new Set(named.map(({ id }) => id)) }, use, {
    state: stateOf(stored, bound, at),
    approvalsMissing: missing,
    ...{ requestedBy, requestedAt, history },
  });
}

function viewOf(
  exemption: Exemption,
  use: ExemptionUse | undefined,
  more: Pick<ExemptionView, 'state' | 'approvalsMissing'> & Readonly<Record<string, unknown>>,
): ExemptionView {
  const { id, where, match, points, reason, owner, ticket, approvedBy } = exemption;
  // Through the schema, so that the answer is what the API promises, and nothing besides.
  return ExemptionView.parse({
    ...{ id, where, match, points, reason, owner, approvedBy },
    rules: [...exemption.rules].sort(),
    until: exemption.until.toISOString(),
    uses: use?.uses ?? 0,
    ...compact({ ticket, from: exemption.from?.toISOString(), lastUsed: use?.lastUsed }),
    ...more,
  });
}

function stateOf({ state }: StoredExemption, bound: Exemption, at: Date): ExemptionView['state'] {
  if (state === 'rejected' || state === 'revoked') return state;
  const byClock = stateByClock(bound, at);
  return byClock === 'expired' || state === 'approved' ? byClock : 'requested';
}

function stateByClock(exemption: Exemption, at: Date): 'approved' | 'active' | 'expired' {
  const phase = phaseOf(exemption, at);
  switch (phase) {
    case 'not yet':
      return 'approved';
    case 'in force':
      return 'active';
    case 'ended':
      return 'expired';
    default:
      return assertNever(phase, 'phase');
  }
}
