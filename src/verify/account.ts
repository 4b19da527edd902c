import { bounded } from './finding.ts';
import type { Bounded, Finding } from './finding.ts';
import type { LogSource } from './source.ts';
import { tileFile } from './tiles.ts';
import type { Bytes } from './tiles.ts';
import { createLevels, HASH, tileRoot, WIDTH } from './tree.ts';

/** One of the two accounts of the log: the entries themselves, or the tiles of level 0. */
export interface Account {
  /** False when a part of it is missing, so that it has no root. */
  readonly whole: boolean;
  readonly root: Buffer | undefined;
  /** The root that it has at the size of the older checkpoint. */
  readonly oldRoot: Buffer | undefined;
  /** Upper tiles that do not follow from it. */
  readonly tiles: Bounded<Finding>;
}

interface Log {
  readonly source: LogSource;
  readonly size: number;
  readonly oldSize: number | undefined;
}

/** The tree of one account while it is read, one tile of leaf hashes at a time. */
export function account({ source, size, oldSize }: Log) {
  const tiles = bounded<Finding>();
  let due: Upper[] = [];
  const levels = createLevels((row, n, right) => void due.push({ row, n, right }));
  const settle = async (): Promise<void> => {
    const now = due;
    due = [];
    for (const upper of now) {
      const finding = await compareTile(source, upper);
      if (finding !== undefined) tiles.add(finding);
    }
  };
  let [whole, count] = [true, 0];
  let rest: Buffer = Buffer.alloc(0);
  let oldRoot: Buffer | undefined;
  return {
    next: async (hashes: Buffer | undefined): Promise<void> => {
      whole &&= hashes !== undefined;
      if (!whole || hashes === undefined) return;
      const before = (oldSize ?? -1) - count;
      if (before >= 0 && before < WIDTH && before * HASH <= hashes.length)
        oldRoot = levels.root(hashes.subarray(0, before * HASH));
      count += hashes.length / HASH;
      if (hashes.length === WIDTH * HASH) levels.push(tileRoot(hashes));
      else rest = hashes;
      await settle();
    },
    finish: async (done: boolean): Promise<Account> => {
      if (!done || !whole || count !== size)
        return { whole: false, root: undefined, oldRoot, tiles };
      const root = levels.root(rest);
      levels.finish();
      await settle();
      return { whole, root, oldRoot: oldSize === size ? root : oldRoot, tiles };
    },
  };
}

/** A tile of level 1 or above, as it must be. */
interface Upper {
  readonly row: number;
  readonly n: number;
  readonly right: Buffer;
}

async function compareTile(
  source: LogSource,
  { row, n, right }: Upper,
): Promise<Finding | undefined> {
  const place = { row, n, width: right.length / HASH };
  const read = await source.tile(place);
  const index = n * WIDTH ** (row + 1);
  const file = tileFile(place);
  if (!Buffer.isBuffer(read)) return unread(read, file, index);
  if (read.length !== right.length) return tileLength(read, place.width, file, index);
  if (read.equals(right)) return undefined;
  const at = index + firstDifference(read, right) * WIDTH ** row;
  const message = 'the tile does not follow from the tiles below it';
  return { kind: 'changed-tile', file, index: at, message };
}

export function tileLength(read: Buffer, width: number, file: string, index: number): Finding {
  const short = read.length < width * HASH;
  const message = `the tile has ${read.length} bytes instead of ${width * HASH}`;
  return { kind: short ? 'truncated' : 'malformed', file, index, message };
}

export function unread(read: Exclude<Bytes, Buffer>, file: string, index: number): Finding {
  if (read === 'missing')
    return { kind: 'missing-file', file, index, message: 'the file is missing' };
  const message = read === 'too-large' ? 'the file is too large' : 'the file cannot be read';
  return { kind: 'malformed', file, index, message };
}

/** The place of the first hash in which two rows of hashes part. */
export function firstDifference(one: Buffer, other: Buffer): number {
  const most = Math.min(one.length, other.length);
  for (let at = 0; at < most; at += HASH)
    if (!one.subarray(at, at + HASH).equals(other.subarray(at, at + HASH))) return at / HASH;
  return most / HASH;
}
