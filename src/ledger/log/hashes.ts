import { HASH_BYTES, splitHashes } from '../tree/hash.ts';
import type { ReadHash } from '../tree/proof.ts';
import { tileHashes } from '../tree/tile-hashes.ts';
import type { LogReads } from './store.ts';

/** Hashes of the tree of `size` records, from the stored tiles: each is read once, and each hash computed once. */
export function hashesOf(reads: Pick<LogReads, 'tile'>, size: number): ReadHash {
  const known = new Map<string, Promise<Uint8Array>>();
  const hash = tileHashes(size, async (level, index, width) =>
    // A tree that grew meanwhile has wider tiles, of which ours is a beginning.
    splitHashes((await reads.tile(level, index)).subarray(0, width * HASH_BYTES)),
  );
  return (level, index) => {
    const key = `${level}/${index}`;
    const found = known.get(key) ?? Promise.resolve(hash(level, index));
    known.set(key, found);
    return found;
  };
}
