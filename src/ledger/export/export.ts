import { formatCheckpoint } from '../checkpoint.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { LedgerReader } from '../ledger.ts';
import { knownVerifiers, openHead } from '../log/signing.ts';
import type { LogReads } from '../log/store.ts';
import type { Signer, Verifier } from '../note/key.ts';
import { signNote } from '../note/note.ts';
import { encodeBundle } from '../tiles/bundle.ts';
import { bundlePath, tilePath } from '../tiles/path.ts';
import { leafHash } from '../tree/hash.ts';
import { TILE_WIDTH } from '../tree/tree.ts';
import type { Tile } from '../tree/tree.ts';
import {
  assertBeginning,
  assertProved,
  FROM_THE_FIRST,
  signedIn,
  startBefore,
} from './beginning.ts';
import type { Start } from './beginning.ts';
import { entriesOf } from './entries.ts';
import { whileLocked } from './lock.ts';
import { folderTarget } from './target.ts';
import type { ExportTarget } from './target.ts';

const CHECKPOINT = 'checkpoint';
const KEYS = 'verifier-key';
const LAST_SIGNED = 'ledger.checkpoint';

export interface ExportRequest {
  readonly ledger: Pick<LedgerReader, 'size' | 'headers'>;
  /** What gates signed for this ledger: their heads and their key are to be the same. */
  readonly signed: Pick<LogReads, 'newestHead' | 'keys' | 'tile'>;
  readonly signer: Signer;
  readonly target: ExportTarget;
  /** Keeps the last checkpoint that was signed, wherever it went. */
  readonly data: string;
  /**
   * True to go on where the checkpoint of the target ends, and to take what lies before it as it is: what a schedule does,
   * whose work must not grow with the log. Otherwise every record is read, and everything that is there compared.
   */
  readonly resume: boolean;
  readonly onProgress: (done: number, size: number) => void;
  /** Ends it between two tiles; the next export goes on from there. */
  readonly signal?: AbortSignal;
}

export interface Exported {
  readonly checkpoint: Checkpoint;
  /** The size that the target held before; absent where there was no export. */
  readonly before?: number;
}

/**
 * Writes the ledger as a log that others can verify (C2SP tlog-tiles), its checkpoint last: what a checkpoint covers is
 * there. Nothing is signed or written unless everything that was signed before is a beginning of this ledger, and while
 * another export of it, or to this folder, is under way.
 *
 * @throws LogError LEDGER_HISTORY when it is not, LEDGER_EXPORT. LedgerError LEDGER_CORRUPT, LEDGER_UNAVAILABLE.
 */
export async function exportLog(request: ExportRequest): Promise<Exported> {
  const { data, target } = request;
  const folders = target.folder === undefined ? [data] : [data, target.folder];
  return await whileLocked(folders, () => exportAlone(request));
}

async function exportAlone(request: ExportRequest): Promise<Exported> {
  const { ledger, signer, signed, target } = request;
  const memory = folderTarget(request.data);
  const size = await ledger.size();
  const keys = knownVerifiers(signer.verifier, await signed.keys());
  const before = await signedIn(target, CHECKPOINT, keys);
  const last = await signedIn(memory, LAST_SIGNED, keys);
  const newest = await signed.newestHead();
  const stored = newest === undefined ? undefined : openHead(newest.note, keys);
  const heads = [before, last, stored].filter((head) => head !== undefined);
  const start = await startOf(request, before, size);
  for (const head of heads)
    if (before !== undefined && head.size < start.size) await assertProved(head, before, signed);
  await assertBeginning({ ledger, size, heads, start });
  const root = await writeTree(request, start, size);
  const checkpoint = { origin: signer.verifier.name, size, root };
  const note = signNote(formatCheckpoint(checkpoint), signer);
  await writeKeys(target, keys);
  // First remembered, then shown: a head that somebody may have seen is never forgotten.
  await showHead(memory, LAST_SIGNED, { note, size, keys });
  await showHead(target, CHECKPOINT, { note, size, keys });
  return before === undefined ? { checkpoint } : { checkpoint, before: before.size };
}

async function startOf(
  { resume, signed }: ExportRequest,
  before: Checkpoint | undefined,
  size: number,
): Promise<Start> {
  const goesOn = resume && before !== undefined && before.size <= size;
  return goesOn ? await startBefore(before, signed) : FROM_THE_FIRST;
}

/** A gate beside this one may have signed a longer head meanwhile: that one stays. */
async function showHead(
  target: ExportTarget,
  name: string,
  { note, size, keys }: { note: string; size: number; keys: readonly Verifier[] },
): Promise<void> {
  const there = await signedIn(target, name, keys);
  if (there !== undefined && there.size > size) return;
  if ((await target.readNote(name)) !== note) await target.replace(name, Buffer.from(note));
}

/** A key a line, the one that signs now first; after a rotation the older ones stay. */
async function writeKeys(target: ExportTarget, keys: readonly Verifier[]): Promise<void> {
  const text = keys.map((key) => `${key.text}\n`);
  const there = await target.readNote(KEYS);
  if (there === text.join('')) return;
  const earlier = text.some((_, from) => there === text.slice(from).join(''));
  const bytes = Buffer.from(text.join(''));
  await (earlier ? target.replace(KEYS, bytes) : target.writeOnce(KEYS, bytes));
}

/** @returns the root over `size` entries, when all their tiles and bundles are written. */
async function writeTree(request: ExportRequest, start: Start, size: number): Promise<Uint8Array> {
  const { ledger, target, signal, onProgress } = request;
  const tree = start.tree();
  let entries: Uint8Array[] = [];
  for await (const entry of entriesOf(ledger, start.size, size)) {
    entries.push(entry);
    const filled = tree.append(leafHash(entry));
    if (entries.length < TILE_WIDTH) continue;
    signal?.throwIfAborted();
    await Promise.all([writeTiles(target, filled), writeBundle(target, tree.size(), entries)]);
    entries = [];
    onProgress(tree.size(), size);
  }
  await writeTiles(target, tree.partialTiles());
  if (entries.length > 0) await writeBundle(target, size, entries);
  return tree.root();
}

async function writeTiles(target: ExportTarget, tiles: readonly Tile[]): Promise<void> {
  for (const { level, index, hashes } of tiles)
    await target.writeOnce(tilePath(level, index, hashes.length), Buffer.concat(hashes));
}

async function writeBundle(
  target: ExportTarget,
  end: number,
  entries: readonly Uint8Array[],
): Promise<void> {
  const index = Math.floor((end - 1) / TILE_WIDTH);
  await target.writeOnce(bundlePath(index, entries.length), encodeBundle(entries));
}
