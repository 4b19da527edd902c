import { hash } from 'node:crypto';

/** Bytes of one hash of the tree. */
export const HASH = 32;
/** Hashes in a full tile, and entries in a full bundle. */
export const WIDTH = 256;

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** RFC 6962 §2.1: a leaf is hashed behind a zero byte, so that no entry can pass for a node. */
export function leafHash(entry: Buffer): Buffer {
  return sha256(Buffer.concat([LEAF, entry]));
}

/** The root over hashes of subtrees of one size, the last of which may stand for a smaller one. */
function fold(hashes: readonly Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const pair = row.slice(at, at + 2);
      // A last one without a partner goes up as it is: that is RFC 6962's split at a power of two.
      above.push(pair.length === 2 ? sha256(Buffer.concat([NODE, ...pair])) : Buffer.concat(pair));
    }
    row = above;
  }
  return row[0] ?? sha256(Buffer.alloc(0));
}

export function split(tile: Buffer): Buffer[] {
  const hashes: Buffer[] = [];
  for (let at = 0; at < tile.length; at += HASH) hashes.push(tile.subarray(at, at + HASH));
  return hashes;
}

/** The root over a full tile. */
export function tileRoot(tile: Buffer): Buffer {
  return fold(split(tile));
}

export type OnTile = (level: number, n: number, tile: Buffer) => void;

/** The upper levels of one tree while it grows tile by tile: never more than one open tile a level is held. */
export interface Levels {
  /** The root of the next full tile of level 0. */
  readonly push: (root: Buffer) => void;
  /** The root of the tree that has these leaf hashes (fewer than a tile) behind the full tiles so far. */
  readonly root: (rest: Buffer) => Buffer;
  /** Hands over the tiles that are still open. */
  readonly finish: () => void;
}

/** @param onTile gets every tile of level 1 and above as soon as it is full, and the open ones at the end. */
export function createLevels(onTile: OnTile): Levels {
  const open: { n: number; hashes: Buffer[] }[] = [];
  const add = (level: number, root: Buffer): void => {
    const row = (open[level - 1] ??= { n: 0, hashes: [] });
    row.hashes.push(root);
    if (row.hashes.length < WIDTH) return;
    const tile = Buffer.concat(row.hashes);
    onTile(level, row.n, tile);
    open[level - 1] = { n: row.n + 1, hashes: [] };
    add(level + 1, tileRoot(tile));
  };
  return {
    push: (root) => add(1, root),
    root: (rest) => {
      let below = rest.length === 0 ? [] : [fold(split(rest))];
      for (const { hashes } of open) {
        const all = [...hashes, ...below];
        below = all.length === 0 ? [] : [fold(all)];
      }
      return fold(below);
    },
    finish: () => {
      for (const [index, { n, hashes }] of open.entries())
        if (hashes.length > 0) onTile(index + 1, n, Buffer.concat(hashes));
    },
  };
}
