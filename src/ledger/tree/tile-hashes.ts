import { perfectRoot } from './hash.ts';
import type { ReadHash } from './proof.ts';
import { TILE_WIDTH } from './tree.ts';

/** Levels of the tree in one tile: its top is the root over 2 ** 8 hashes. */
const TILE_HEIGHT = 8;

/** Reads the hashes of a tile of this width. */
export type ReadTile = (
  level: number,
  index: number,
  width: number,
) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;

/** Hashes in a tile of the tree over `size` leaves (C2SP tlog-tiles, "Partial tiles"); 0 where it does not reach. */
export function tileWidth(size: number, level: number, index: number): number {
  const row = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, row - index * TILE_WIDTH));
}

/** The hashes of the tree over `size` leaves, from its tiles. A tile is read once, however many hashes are asked of it. */
export function tileHashes(size: number, read: ReadTile): ReadHash {
  const tiles = new Map<string, Promise<readonly Uint8Array[]>>();
  const tile = (level: number, index: number) => {
    const key = `${level}/${index}`;
    const known = tiles.get(key) ?? readWhole(level, index, tileWidth(size, level, index), read);
    tiles.set(key, known);
    return known;
  };
  return async (level, index) => {
    const count = 2 ** (level % TILE_HEIGHT);
    const first = index * count;
    const n = Math.floor(first / TILE_WIDTH);
    const hashes = await tile(Math.floor(level / TILE_HEIGHT), n);
    const at = first - n * TILE_WIDTH;
    if (at + count > hashes.length)
      throw new RangeError(`a tree of ${size} has no hash ${index} at level ${level}`);
    return perfectRoot(hashes.slice(at, at + count));
  };
}

async function readWhole(level: number, index: number, width: number, read: ReadTile) {
  const hashes = width === 0 ? [] : await read(level, index, width);
  if (hashes.length === width) return hashes;
  throw new RangeError(`tile ${level}/${index} has ${hashes.length} hashes instead of ${width}`);
}
