import { people } from '../bindings/parse-exemptions.ts';
import { approversOf } from './bind.ts';
import { ExemptionError } from './errors.ts';
import type { Moved, StoredExemption } from './store.ts';

/** What may be done to an exemption, and what becomes of it. Pure; done already is no mistake. */
export type Move = (stored: StoredExemption, now: Date) => Moved;

/** @param needed how many different people must say yes. */
export function approval(by: string, needed: number): Move {
  return (stored, now) => {
    const { state, requestedBy, document } = stored;
    const approvers = approversOf(stored);
    if (state === 'rejected' || state === 'revoked') throw wrongState(stored, 'approved');
    if (isOneOf(by, approvers)) return { state, move: undefined };
    if (state === 'approved' && people(approvers) >= needed) return { state, move: undefined };
    if (isOneOf(by, [requestedBy]))
      throw new ExemptionError(
        'EXEMPTION_APPROVAL',
        `${by} asked for ${document.id}: somebody else must approve it.`,
      );
    if (new Date(document.until) <= now)
      throw new ExemptionError(
        'EXEMPTION_STATE',
        `${document.id} ended at ${document.until}: there is nothing to approve.`,
        { help: 'Ask for another one.' },
      );
    const enough = people([...approvers, by]) >= needed;
    return { state: enough ? 'approved' : state, move: { what: 'approved', actor: by } };
  };
}

/** Whoever asked may take it back this way. */
export function rejection(by: string, note: string): Move {
  return (stored) => {
    if (stored.state === 'rejected') return { state: 'rejected', move: undefined };
    if (stored.state !== 'requested') throw wrongState(stored, 'rejected');
    return { state: 'rejected', move: { what: 'rejected', actor: by, note } };
  };
}

export function revocation(by: string, note: string): Move {
  return (stored) => {
    if (stored.state === 'revoked') return { state: 'revoked', move: undefined };
    if (stored.state !== 'approved') throw wrongState(stored, 'revoked');
    return { state: 'revoked', move: { what: 'revoked', actor: by, note } };
  };
}

function isOneOf(name: string, names: readonly string[]): boolean {
  return names.some((other) => people([name, other]) === 1);
}

function wrongState({ document, state }: StoredExemption, wanted: string): ExemptionError {
  const help =
    state === 'requested'
      ? 'What was only asked for is rejected.'
      : state === 'approved'
        ? 'What is approved is revoked.'
        : 'It is over for good: ask for another one, with another id.';
  return new ExemptionError(
    'EXEMPTION_STATE',
    `${document.id} is ${state}: it cannot be ${wanted}.`,
    { help },
  );
}
