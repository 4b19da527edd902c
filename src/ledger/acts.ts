import { toEntry } from './entry.ts';
import { LogError } from './errors.ts';
import { newSigner, nextSigner, takeOver } from './key.ts';
import type { EventType } from './ledger.ts';
import { verifiersOf } from './log/signing.ts';
import type { Signer } from './note/key.ts';
import type { LedgerAccess } from './open.ts';
import type { LedgerPlace } from './place.ts';
import { addVerifierKey, verifierKeys } from './store/heads.ts';
import { eraseBody } from './store/retention.ts';
import type { LegalHold } from './store/retention.ts';
import { writeEntries } from './store/write.ts';

/** Who does it, and why; both are written down. */
export interface Act {
  readonly actor: string;
  readonly reason: string;
  readonly clock: () => Date;
  readonly newId: (time: Date) => string;
}

export interface Rotation {
  readonly verifier: string;
  readonly retired: string;
  /** Only where the key is a setting: nobody else has it, so whoever rotated must put it there. */
  readonly secret?: string;
}

/**
 * Gives the ledger a new key of the same name. The old one stays published, for what it signed; the record of it and the new
 * key come to be together. It needs no old key: this is the way out when that is lost, too.
 *
 * @throws LogError LEDGER_KEY, LedgerError.
 */
export async function rotateKey(
  access: LedgerAccess,
  place: LedgerPlace,
  act: Act,
): Promise<Rotation> {
  const [current] = verifiersOf(await verifierKeys(access.door.database));
  if (current === undefined)
    throw new LogError('LEDGER_KEY', 'This ledger has no key yet.', {
      help: 'It gets one when the gate first starts.',
    });
  const isSetting = place.key !== undefined;
  const next = isSetting ? newSigner(current.name) : nextSigner(place.folder, current.name);
  await register(access, next, act);
  if (!isSetting) takeOver(place.folder);
  const rotation = { verifier: next.verifier.text, retired: current.text };
  return isSetting ? { ...rotation, secret: next.secret } : rotation;
}

/** A rotation that was interrupted finds its key registered, and only puts it in its place. */
async function register(access: LedgerAccess, next: Signer, act: Act): Promise<void> {
  const { text } = next.verifier;
  const time = act.clock().toISOString();
  await access.door.appending(async (transaction) => {
    const [retired] = await verifierKeys(transaction);
    if (retired === text) return;
    await addVerifierKey(transaction, text, time);
    const body = { verifier: text, retired };
    await writeEntries(transaction, [entryOf(act, 'ledger.key-rotated', text, body)]);
  });
}

/**
 * Erases the body of one record, a decision or something else that happened; that it was made, and every proof of it, stays.
 *
 * @throws LedgerError LEDGER_CONFLICT when there is none, it is under a legal hold, or it tells of the ledger itself.
 */
export async function eraseRecord(
  access: LedgerAccess,
  id: string,
  holds: readonly LegalHold[],
  act: Act,
): Promise<void> {
  const entry = (type: string) =>
    entryOf(
      act,
      'ledger.body-erased',
      id,
      type === 'decision' ? { decision: id } : { record: id, type },
    );
  await access.door.appending((transaction) => eraseBody(transaction, { id, entry, holds }));
}

function entryOf(
  { actor, reason, clock, newId }: Act,
  type: EventType,
  subject: string,
  body: Readonly<Record<string, unknown>>,
) {
  const time = clock();
  return toEntry({
    id: newId(time),
    time: time.toISOString(),
    type,
    subject,
    actor,
    body: { ...body, reason },
  });
}
