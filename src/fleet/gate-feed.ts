import { messageOf } from '../kit/errors.ts';
import type { Decision } from '../model/decision.ts';
import type { Action, Resource } from '../model/resource.ts';
import type { Redactor } from '../redact/redactor.ts';
import { identitiesOf } from '../sweep/gate-index.ts';
import type { GateEntry, GateIndex } from '../sweep/gate-index.ts';

/** Decisions that may wait to be noted. The index helps to tell drift; it is no evidence, and must not slow the gate down. */
const MOST_WAITING = 100;

/** After these a resource stands as the document said. */
const STANDS: readonly Action[] = ['create', 'update', 'replace', 'none'];

export type Warn = (message: string, facts: Readonly<Record<string, unknown>>) => void;

/** Notes what the gate says of each resource, so that a sweep can tell what was changed since. */
export function gateFeed(
  index: Pick<GateIndex, 'note'>,
  warn: Warn,
): (decision: Decision, resources: readonly Resource[], redactor: Redactor) => void {
  let waiting = 0;
  let last = Promise.resolve();
  return (decision, resources, redactor) => {
    const entries = entriesOf(decision, resources, redactor);
    if (entries.length === 0) return;
    if (waiting >= MOST_WAITING) {
      warn('what the gate said was not noted for later sweeps: too much waits', {
        decision: decision.id,
      });
      return;
    }
    waiting += 1;
    last = last
      .then(async () => await index.note(entries))
      .catch((error: unknown) => {
        warn('what the gate said could not be noted for later sweeps', {
          decision: decision.id,
          error: messageOf(error),
        });
      })
      .finally(() => {
        waiting -= 1;
      });
  };
}

/**
 * What is asked as a rehearsal, or of what exists, is no word of the gate. A name with a secret in it is not kept: such a
 * resource is found again by its other names, or not at all.
 */
function entriesOf(
  decision: Decision,
  resources: readonly Resource[],
  { text }: Redactor,
): GateEntry[] {
  if (decision.dryRun || decision.point === 'sweep') return [];
  const { id, time } = decision;
  return resources
    .filter(({ action }) => STANDS.includes(action))
    .map((resource) => ({
      decision: id,
      time,
      verdict: decision.decision,
      address: text(resource.address),
      identities: identitiesOf(resource, text),
    }))
    .filter(({ identities }) => identities.length > 0);
}
