import { mergePeaks, perfectRoot } from './hash.ts';

/** Hashes in a full tile (C2SP tlog-tiles: tiles are eight levels of the tree high). */
export const TILE_WIDTH = 256;

/** One tile: at level 0 hashes of leaves, above that the roots of the full tiles below. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
}

/** A tree that only grows. It holds the hashes of the tiles that are not full yet: at most 255 a level, however long the log. */
export interface GrowingTree {
  /** Appends the hash of a leaf. @returns the tiles that became full by it, the lowest first. */
  readonly append: (leaf: Uint8Array) => readonly Tile[];
  readonly size: () => number;
  /** The root of the tree as it is now (RFC 6962 §2.1). */
  readonly root: () => Uint8Array;
  /** The tiles of this size that are not full; a tile of width 0 does not exist. */
  readonly partialTiles: () => readonly Tile[];
}

interface Level {
  /** Full tiles so far: the index of the one that is being filled. */
  full: number;
  hashes: Uint8Array[];
}

/** An empty tree. */
export function createTree(): GrowingTree {
  return growing(0, []);
}

/**
 * A tree that goes on from where it was kept.
 *
 * @param edge its tiles that are not full.
 */
export function resumeTree(size: number, edge: readonly Tile[]): GrowingTree {
  const levels: Level[] = [];
  for (let level = 0; TILE_WIDTH ** level <= size; level++) {
    const kept = edge.find((tile) => tile.level === level);
    levels.push({
      full: Math.floor(size / TILE_WIDTH ** (level + 1)),
      hashes: [...(kept?.hashes ?? [])],
    });
  }
  return growing(size, levels);
}

function growing(begin: number, levels: Level[]): GrowingTree {
  let size = begin;
  return {
    append: (leaf) => {
      size++;
      return push(levels, leaf);
    },
    size: () => size,
    root: () => mergePeaks(levels.toReversed().flatMap(({ hashes }) => peaks(hashes))),
    partialTiles: () =>
      levels.flatMap(({ full, hashes }, level) =>
        hashes.length === 0 ? [] : [{ level, index: full, hashes: [...hashes] }],
      ),
  };
}

function push(levels: Level[], leaf: Uint8Array): readonly Tile[] {
  const filled: Tile[] = [];
  let hash = leaf;
  for (let level = 0; ; level++) {
    const at = (levels[level] ??= { full: 0, hashes: [] });
    at.hashes.push(hash);
    if (at.hashes.length < TILE_WIDTH) return filled;
    filled.push({ level, index: at.full, hashes: at.hashes });
    hash = perfectRoot(at.hashes);
    levels[level] = { full: at.full + 1, hashes: [] };
  }
}

/** The roots of the largest perfect trees that the hashes make, from the left: 7 hashes make trees of 4, 2 and 1. */
function peaks(hashes: readonly Uint8Array[]): Uint8Array[] {
  const roots: Uint8Array[] = [];
  let from = 0;
  for (let width = TILE_WIDTH; width > 0; width /= 2) {
    if (hashes.length - from < width) continue;
    roots.push(perfectRoot(hashes.slice(from, from + width)));
    from += width;
    if (from === hashes.length) break;
  }
  return roots;
}
