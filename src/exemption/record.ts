import type { EventRecord } from '../ledger/ledger.ts';
import type { ExemptionStore } from './store.ts';

/** The port to the ledger; it answers when the event is durable. After a crash an event may come once more. */
export type Recorder = (event: Omit<EventRecord, 'id' | 'time'>) => Promise<void>;

const AT_ONCE = 100;

/**
 * Tells the ledger of what was done and is not recorded yet, of one exemption or of all. Until then no approval counts, so
 * nothing is ever borne that the ledger does not know of; a revocation counts at once.
 */
export async function recordMoves(
  parts: { readonly store: ExemptionStore; readonly record: Recorder },
  id?: string,
): Promise<void> {
  const { store, record } = parts;
  for (;;) {
    const moves = await store.unrecorded(AT_ONCE, id);
    for (const { id: subject, position, move, document } of moves) {
      const { what, actor, at, note } = move;
      const body = { exemption: document, position, at, ...(note === undefined ? {} : { note }) };
      await record({ type: `exemption.${what}`, subject, actor, body });
      await store.setRecorded(subject, position);
    }
    if (moves.length < AT_ONCE) return;
  }
}
