import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { leafHash } from '../../../../src/ledger/tree/hash.ts';
import {
  consistencyProof,
  inclusionProof,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../../../src/ledger/tree/proof.ts';
import type { ReadHash } from '../../../../src/ledger/tree/proof.ts';
import { tileHashes, tileWidth } from '../../../../src/ledger/tree/tile-hashes.ts';
import { createTree } from '../../../../src/ledger/tree/tree.ts';
import { naivePath, naiveProof, naiveRoot } from './naive.ts';

const hex = (hashes: readonly Uint8Array[]) =>
  hashes.map((hash) => Buffer.from(hash).toString('hex'));

const entriesOf = (count: number) =>
  Array.from({ length: count }, (_, n) => Buffer.from(String(n)));

/** The tree as it is stored: tiles, from which the proofs are read. */
function stored(entries: readonly Uint8Array[]): { read: ReadHash; reads: () => number } {
  const tree = createTree();
  const filled = entries.flatMap((entry) => tree.append(leafHash(entry)));
  const tiles = new Map(
    [...filled, ...tree.partialTiles()].map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]),
  );
  let reads = 0;
  const read = tileHashes(entries.length, (level, index) => {
    reads++;
    return tiles.get(`${level}/${index}`) ?? [];
  });
  return { read, reads: () => reads };
}

const flipped = (hash: Uint8Array, bit: number) => {
  const changed = Buffer.from(hash);
  changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return changed;
};

describe('proofs are those of the definition', () => {
  it('from every leaf and every beginning of small trees', async () => {
    for (let size = 1; size <= 34; size++) {
      const entries = entriesOf(size);
      const { read } = stored(entries);
      for (let at = 0; at < size; at++) {
        expect(hex(await inclusionProof(at, size, read))).toEqual(hex(naivePath(at, entries)));
        const beginning = await consistencyProof(at + 1, size, read);
        expect(hex(beginning)).toEqual(hex(naiveProof(at + 1, entries)));
      }
    }
  });

  it('in trees that reach into the second level of tiles', async () => {
    const most = 700;
    const all = entriesOf(most);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: most }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        async (size, place) => {
          const entries = all.slice(0, size);
          const at = Math.floor(place * size);
          const { read } = stored(entries);
          expect(hex([await treeRoot(size, read)])).toEqual(hex([naiveRoot(entries)]));
          expect(hex(await inclusionProof(at, size, read))).toEqual(hex(naivePath(at, entries)));
          const beginning = await consistencyProof(at + 1, size, read);
          expect(hex(beginning)).toEqual(hex(naiveProof(at + 1, entries)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('and need few tiles of a long log', async () => {
    const { read, reads } = stored(entriesOf(66_000));
    const proof = await inclusionProof(12_345, 66_000, read);
    expect(proof).toHaveLength(17);
    expect(reads()).toBeLessThanOrEqual(6);
  }, 20_000);
});

describe('a proof is believed', () => {
  const size = 300;
  const entries = entriesOf(size);
  const { read } = stored(entries);
  const claim = async (index: number) => ({
    index,
    size,
    leaf: leafHash(Buffer.from(String(index))),
    root: await treeRoot(size, read),
    proof: await inclusionProof(index, size, read),
  });
  const beginning = async (old: number) => ({
    size: old,
    root: await treeRoot(old, stored(entries.slice(0, old)).read),
    newSize: size,
    newRoot: await treeRoot(size, read),
    proof: await consistencyProof(old, size, read),
  });

  it('of every leaf, and of every beginning', async () => {
    for (let at = 0; at < size; at++) {
      expect(verifyInclusion(await claim(at)), String(at)).toBe(true);
      expect(verifyConsistency(await beginning(at)), String(at)).toBe(true);
    }
    expect(verifyConsistency(await beginning(size))).toBe(true);
  });

  it('for its own leaf alone, and only whole and unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(size - 1), fc.nat(size - 1), fc.nat(255), async (at, other, bit) => {
        const right = await claim(at);
        const hop = other % right.proof.length;
        const hash = right.proof[hop];
        if (hash === undefined) throw new Error('every leaf has a proof');
        const wrong = [
          ...(other === at ? [] : [{ ...right, index: other }]),
          { ...right, leaf: flipped(right.leaf, bit) },
          { ...right, root: flipped(right.root, bit) },
          { ...right, proof: right.proof.with(hop, flipped(hash, bit)) },
          { ...right, proof: right.proof.toSpliced(hop, 1) },
          { ...right, proof: right.proof.toSpliced(hop, 0, hash) },
          { ...right, proof: [...right.proof, hash] },
          { ...right, index: at + size },
          { ...right, index: -1 },
        ];
        expect(wrong.map(verifyInclusion)).toEqual(wrong.map(() => false));
      }),
    );
  });

  it('for its own beginning alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: size - 1 }),
        fc.nat(size - 1),
        fc.nat(255),
        async (old, place, bit) => {
          const right = await beginning(old);
          const hop = place % right.proof.length;
          const hash = right.proof[hop];
          if (hash === undefined) throw new Error('every beginning has a proof');
          const wrong = [
            { ...right, root: flipped(right.root, bit) },
            { ...right, newRoot: flipped(right.newRoot, bit) },
            { ...right, proof: right.proof.with(hop, flipped(hash, bit)) },
            { ...right, proof: right.proof.toSpliced(hop, 1) },
            { ...right, proof: [...right.proof, hash] },
            { ...right, size: size + 1 },
            { ...right, newSize: right.size },
            { ...right, size: 0 },
          ];
          expect(wrong.map(verifyConsistency)).toEqual(wrong.map(() => false));
        },
      ),
    );
  });

  it('of no beginning that is another history', async () => {
    const other = entriesOf(100).with(7, Buffer.from('another'));
    const right = await beginning(100);
    const root = await treeRoot(100, stored(other).read);
    expect(verifyConsistency({ ...right, root })).toBe(false);
  });
});

describe('what is not in the tree', () => {
  const { read } = stored(entriesOf(5));

  it.each([
    [5, 5],
    [-1, 5],
    [0.5, 5],
    [0, 0],
    [0, 2 ** 53],
  ])('has no proof: leaf %d of %d', async (index, size) => {
    await expect(inclusionProof(index, size, read)).rejects.toThrow(RangeError);
  });

  it('is no beginning', async () => {
    await expect(consistencyProof(6, 5, read)).rejects.toThrow(RangeError);
    await expect(treeRoot(6, read)).rejects.toThrow('no hash');
  });

  it('is not made up for a tile that is too short', async () => {
    const short = tileHashes(5, () => [leafHash(Buffer.from('0'))]);
    await expect(treeRoot(5, short)).rejects.toThrow('1 hashes instead of 5');
  });

  it.each([
    [257, 0, 0, 256],
    [257, 0, 1, 1],
    [257, 0, 2, 0],
    [257, 1, 0, 1],
    [65_535, 1, 0, 255],
    [65_536, 2, 0, 1],
  ])('has width: size %i, tile %i/%i is %i wide', (size, level, index, width) => {
    expect(tileWidth(size, level, index)).toBe(width);
  });
});
