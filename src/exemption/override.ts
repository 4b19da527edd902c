import type { EventRecord } from '../ledger/ledger.ts';
import type { Decision } from '../model/decision.ts';

/** What the ledger is told of an override: that it was used, or that it was asked for and bore nothing. */
export function overrideEvent(decision: Decision): Omit<EventRecord, 'id' | 'time'> | undefined {
  const { id, override, exempt } = decision;
  if (override === undefined) return undefined;
  const subject = `override-${id}`;
  const borne = exempt.filter(({ exemption }) => exemption === subject);
  const rules = [...new Set(borne.map(({ rule }) => rule))];
  return {
    type: rules.length === 0 ? 'exemption.asked' : 'exemption.used',
    subject,
    actor: override.by,
    body: { decision: id, reason: override.reason, rules, violations: borne.length },
  };
}
