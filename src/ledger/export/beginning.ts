import { parseCheckpoint } from '../checkpoint.ts';
import type { Checkpoint } from '../checkpoint.ts';
import { LogError } from '../errors.ts';
import { hashesOf } from '../log/hashes.ts';
import type { LogReads } from '../log/store.ts';
import type { Verifier } from '../note/key.ts';
import { openNote } from '../note/note.ts';
import { HASH_BYTES, leafHash, splitHashes } from '../tree/hash.ts';
import { consistencyProof, verifyConsistency } from '../tree/proof.ts';
import { tileWidth } from '../tree/tile-hashes.ts';
import { createTree, resumeTree, TILE_WIDTH } from '../tree/tree.ts';
import type { GrowingTree, Tile } from '../tree/tree.ts';
import { entriesOf } from './entries.ts';
import type { EntryReader } from './entries.ts';
import type { ExportTarget } from './target.ts';

/** Where an export begins to read: everything before it lies in the target, in full tiles under a signed checkpoint. */
export interface Start {
  readonly size: number;
  readonly tree: () => GrowingTree;
}

export const FROM_THE_FIRST: Start = { size: 0, tree: createTree };

/** The checkpoint of this name, when one of these keys signed it. @throws LogError LEDGER_HISTORY when none did */
export async function signedIn(
  target: ExportTarget,
  name: string,
  keys: readonly Verifier[],
): Promise<Checkpoint | undefined> {
  const note = await target.readNote(name);
  if (note === undefined) return undefined;
  for (const key of keys) {
    const checkpoint = parseCheckpoint(openNote(note, key) ?? '');
    if (checkpoint?.origin === key.name) return checkpoint;
  }
  const place = target.place.replace(/\/$/, '');
  throw new LogError('LEDGER_HISTORY', `${place}/${name} is not signed by this ledger's key.`, {
    help: `The log in ${place} is another one, or was changed. Export into another folder.`,
  });
}

/**
 * The last border of tiles that the checkpoint covers, and the tree up to there from the tiles that are stored. Whether that
 * is the tree that was signed, {@link assertBeginning} finds out.
 *
 * @throws LogError LEDGER_HISTORY when the stored tree is shorter.
 */
export async function startBefore(
  { size }: Checkpoint,
  signed: Pick<LogReads, 'tile'>,
): Promise<Start> {
  const start = size - (size % TILE_WIDTH);
  const edge: Tile[] = [];
  for (let level = 0; TILE_WIDTH ** level <= start; level++) {
    const index = Math.floor(start / TILE_WIDTH ** (level + 1));
    const width = tileWidth(start, level, index);
    if (width === 0) continue;
    const hashes = splitHashes((await signed.tile(level, index)).subarray(0, width * HASH_BYTES));
    if (hashes.length < width) throw otherHistory(size, 'its hash tree is shorter now');
    edge.push({ level, index, hashes });
  }
  return { size: start, tree: () => resumeTree(start, edge) };
}

export interface Claims {
  readonly ledger: EntryReader;
  readonly size: number;
  /** Everything that was signed for this ledger, wherever it lies. */
  readonly heads: readonly Checkpoint[];
  readonly start: Start;
}

/**
 * Recomputes the root at every size that was signed, in one pass and before anything is written.
 *
 * @throws LogError LEDGER_HISTORY when one is another.
 */
export async function assertBeginning({ ledger, size, heads, start }: Claims): Promise<void> {
  const longest = Math.max(0, ...heads.map((head) => head.size));
  if (longest > size) throw otherHistory(longest, `the ledger has ${size} records now`);
  const tree = start.tree();
  const check = () => {
    for (const head of heads)
      if (head.size === tree.size() && !Buffer.from(head.root).equals(tree.root()))
        throw otherHistory(head.size, 'the first records are others now');
  };
  check();
  for await (const entry of entriesOf(ledger, start.size, longest)) {
    tree.append(leafHash(entry));
    check();
  }
}

/** Proves a head that lies before the start of reading to be a beginning of one that does not. @throws LogError LEDGER_HISTORY */
export async function assertProved(
  head: Checkpoint,
  { size: newSize, root: newRoot }: Checkpoint,
  signed: Pick<LogReads, 'tile'>,
): Promise<void> {
  const proof = await consistencyProof(head.size, newSize, hashesOf(signed, newSize));
  const { size, root } = head;
  if (verifyConsistency({ size, root, newSize, newRoot, proof })) return;
  throw otherHistory(size, 'the first records are others now');
}

function otherHistory(size: number, what: string): LogError {
  return new LogError(
    'LEDGER_HISTORY',
    `A checkpoint over ${size} records was signed, but ${what}: this is another history.`,
    {
      help: 'Records were changed or lost, or an older ledger was restored. Nothing was written; keep the exported folder, it is the evidence.',
    },
  );
}
