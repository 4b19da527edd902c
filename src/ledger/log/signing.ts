import { formatCheckpoint, parseCheckpoint } from '../checkpoint.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { LogError } from '../errors.ts';
import { parseVerifier } from '../note/key.ts';
import type { Signer, Verifier } from '../note/key.ts';
import { openNote, signNote } from '../note/note.ts';
import { consistencyProof, treeRoot, verifyConsistency } from '../tree/proof.ts';
import { hashesOf } from './hashes.ts';
import type { SigningDesk } from './store.ts';

/** The last head that was signed, kept outside the database, so that a database that was set back is found out. */
export interface Anchor {
  readonly read: () => Promise<string | undefined>;
  readonly write: (note: string) => Promise<void>;
}

export interface Signing {
  readonly signer: Signer;
  readonly anchor: Anchor;
  readonly clock: () => Date;
}

/**
 * Signs the head of what is durable, unless that is signed already. Every head that was signed before must be a
 * beginning of it, which is proved from the stored tiles and checked as an outsider would.
 *
 * @throws LogError LEDGER_HISTORY when one is not, LEDGER_KEY when another key signs for this ledger.
 */
export async function signHead(desk: SigningDesk, signing: Signing): Promise<string> {
  const { signer, anchor, clock } = signing;
  const verifiers = await admit(desk, signing);
  const size = await desk.size();
  const hash = hashesOf(desk, size);
  const head = { origin: signer.verifier.name, size, root: await treeRoot(size, hash) };
  const newest = await desk.newestHead();
  for (const note of [newest?.note, await anchor.read()]) {
    if (note === undefined) continue;
    const last = openHead(note, verifiers);
    if (last.size > size) throw otherHistory(last, `the ledger has ${size} records now`);
    const proof = await consistencyProof(last.size, size, hash);
    const claim = { size: last.size, root: last.root, newSize: size, newRoot: head.root, proof };
    if (!verifyConsistency(claim)) throw otherHistory(last, 'the first records are others now');
  }
  // The same key gives the same head the same signature (RFC 8032): there is nothing to renew.
  if (newest?.size === size && openNote(newest.note, signer.verifier) !== undefined)
    return newest.note;
  const note = signNote(formatCheckpoint(head), signer);
  // First remembered, then shown: a head that somebody may have seen is never forgotten.
  await desk.keepHead({ size, note, time: clock().toISOString() });
  await anchor.write(note);
  return note;
}

/** The first key of a ledger is its key; another one takes over by a rotation alone, which leaves a record. */
async function admit(desk: SigningDesk, { signer, clock }: Signing): Promise<readonly Verifier[]> {
  const { verifier } = signer;
  const keys = await desk.keys();
  if (keys.length === 0) await desk.addKey(verifier.text, clock().toISOString());
  return knownVerifiers(verifier, keys);
}

/** All keys that ever signed for a ledger, when this is the one that does now. @throws LogError LEDGER_KEY */
export function knownVerifiers(verifier: Verifier, keys: readonly string[]): readonly Verifier[] {
  if (keys.length === 0) return [verifier];
  if (keys[0] === verifier.text) return verifiersOf(keys);
  throw foreignKey(verifier, keys);
}

/** Verifier keys as the store has them. @throws LogError LEDGER_KEY for one that is none. */
export function verifiersOf(keys: readonly string[]): Verifier[] {
  return keys.map((text) => {
    const verifier = parseVerifier(text);
    if (verifier !== undefined) return verifier;
    throw new LogError('LEDGER_KEY', 'The ledger holds a verifier key that is none.', {
      help: 'Restore the ledger from a backup.',
    });
  });
}

function foreignKey({ text }: Verifier, keys: readonly string[]): LogError {
  const retired = keys.includes(text);
  return new LogError(
    'LEDGER_KEY',
    retired
      ? `This key signed for the ledger once (${text}); by now another one does: ${keys[0]}`
      : `Another key signs for this ledger: ${keys[0]}, not ${text}`,
    {
      help: retired
        ? 'Give this gate the new key (ledger.key, or ledger.key in the data folder), and start it again.'
        : 'All who share a ledger have one key: set PORTCULLIS_LEDGER__KEY, or restore ledger.key from a backup. If the key is lost: portcullis audit rotate-key.',
    },
  );
}

/** @throws LogError LEDGER_HISTORY when none of the keys vouches for it. */
export function openHead(note: string, verifiers: readonly Verifier[]): Checkpoint {
  for (const verifier of verifiers) {
    const head = parseCheckpoint(openNote(note, verifier) ?? '');
    if (head?.origin === verifier.name) return head;
  }
  throw new LogError('LEDGER_HISTORY', 'The last head is not signed by a key of this ledger.', {
    help: 'It was changed, or is of another ledger: ledger.checkpoint in the data folder, or the table of checkpoints. Nothing was signed.',
  });
}

function otherHistory({ size }: Checkpoint, what: string): LogError {
  return new LogError(
    'LEDGER_HISTORY',
    `A checkpoint over ${size} records was signed, but ${what}: this is another history.`,
    {
      help: 'Records were changed or lost, or an older ledger was restored. Nothing was signed. Restore the newest backup; whoever verified the old checkpoint would find a forged log.',
    },
  );
}
