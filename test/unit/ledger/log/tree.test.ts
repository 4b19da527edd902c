import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EMPTY_ROOT, leafHash, nodeHash } from '../../../../src/ledger/tree/hash.ts';
import { createTree } from '../../../../src/ledger/tree/tree.ts';
import type { GrowingTree, Tile } from '../../../../src/ledger/tree/tree.ts';
import { naiveRoot } from './naive.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function grown(count: number): { tree: GrowingTree; filled: Tile[]; leaves: Uint8Array[] } {
  const tree = createTree();
  const leaves = Array.from({ length: count }, (_, n) => leafHash(Buffer.from(String(n))));
  return { tree, filled: leaves.flatMap((leaf) => tree.append(leaf)), leaves };
}

/** The leaves of the test tree that logs of Certificate Transparency share. */
const CT = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];

describe('hashes', () => {
  it('are those of RFC 6962', () => {
    expect(hex(EMPTY_ROOT)).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(hex(leafHash(Buffer.alloc(0)))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  it('give the known root of the shared test tree', () => {
    const tree = createTree();
    for (const leaf of CT) tree.append(leafHash(Buffer.from(leaf, 'hex')));
    expect(hex(tree.root())).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });
});

describe('a growing tree', () => {
  it('has at every size the root that the definition gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 600, size: 'max' }),
        (entries) => {
          const tree = createTree();
          for (const entry of entries) tree.append(leafHash(entry));
          expect(hex(tree.root())).toBe(hex(naiveRoot(entries)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    [0, [], []],
    [1, [], ['0/0:1']],
    [255, [], ['0/0:255']],
    [256, ['0/0:256'], ['1/0:1']],
    [257, ['0/0:256'], ['0/1:1', '1/0:1']],
  ])('of %i leaves fills tiles %j and has partial ones %j', (count, full, partial) => {
    const { tree, filled } = grown(count);
    const told = ({ level, index, hashes }: Tile) => `${level}/${index}:${hashes.length}`;
    expect(filled.map(told)).toEqual(full);
    expect(tree.partialTiles().map(told)).toEqual(partial);
  });

  it('has the widths of tlog-tiles on both sides of the second border', () => {
    const tree = createTree();
    const filled: Tile[] = [];
    // What a leaf holds is of no matter to widths; hashing them all would be the slow part.
    const leaf = leafHash(Buffer.from('a leaf'));
    const grow = (size: number) => {
      while (tree.size() < size) filled.push(...tree.append(leaf));
    };
    for (const count of [65_535, 65_536, 65_537]) {
      grow(count);
      for (const level of [0, 1, 2]) {
        const full = filled.filter((tile) => tile.level === level);
        expect(full.map(({ index }) => index)).toEqual(full.map((_, at) => at));
        expect(full).toHaveLength(Math.floor(count / 256 ** (level + 1)));
        const partial = tree.partialTiles().find((tile) => tile.level === level);
        expect(partial?.hashes.length ?? 0).toBe(Math.floor(count / 256 ** level) % 256);
      }
    }
  }, 30_000);

  it('puts the root of each full tile into the level above', () => {
    const { tree, leaves } = grown(512);
    const root = (hashes: readonly Uint8Array[]): Uint8Array => {
      const half = hashes.length / 2;
      const [only] = hashes;
      return hashes.length === 1 && only !== undefined
        ? only
        : nodeHash(root(hashes.slice(0, half)), root(hashes.slice(half)));
    };
    expect(tree.partialTiles()).toEqual([
      { level: 1, index: 0, hashes: [root(leaves.slice(0, 256)), root(leaves.slice(256))] },
    ]);
  });
});
