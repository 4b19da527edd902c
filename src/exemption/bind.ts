import type { Exemption } from '../bindings/exemption.ts';
import { approvalsFor, bindExemption, people, rulesFor } from '../bindings/parse-exemptions.ts';
import type { Rule } from '../bindings/rule.ts';
import type { StoredExemption } from './store.ts';

/** Where a stored exemption stands, for messages. */
export const IN_STORE = 'the store';

/** Who said yes, each once. */
export function approversOf({ history }: StoredExemption): readonly string[] {
  return [...new Set(history.filter(({ what }) => what === 'approved').map(({ actor }) => actor))];
}

/**
 * A stored exemption, bound to the rules that it is for. A rule that became protected after it was approved by one person is
 * not among them.
 */
export function bindStored(stored: StoredExemption, rules: readonly Rule[]): Exemption {
  const approvedBy = approversOf(stored);
  const bound = bindExemption(stored.document, IN_STORE, rules);
  const enough = rulesFor(stored.document, rules).filter(
    (rule) => people(approvedBy) >= approvalsFor([rule]),
  );
  return { ...bound, approvedBy, rules: new Set(enough.map(({ id }) => id)) };
}
