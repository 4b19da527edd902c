import { EMPTY_ROOT, mergePeaks, nodeHash } from './hash.ts';

/**
 * The root of the perfect subtree over the `2 ** level` leaves from `index * 2 ** level` on; level 0 are hashes of leaves.
 * Only such are asked for as lie wholly in the tree that is proved.
 */
export type ReadHash = (level: number, index: number) => Uint8Array | Promise<Uint8Array>;

/** Leaves from `from` up to, not with, `to`. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** The root over the first `size` leaves (RFC 6962 §2.1). */
export async function treeRoot(size: number, hash: ReadHash): Promise<Uint8Array> {
  return await rangeRoot({ from: 0, to: size }, hash);
}

/**
 * The way from a leaf to the root over `size` leaves: its sibling first (RFC 6962 §2.1.1).
 *
 * @throws RangeError for a leaf that is not in the tree.
 */
export async function inclusionProof(
  index: number,
  size: number,
  hash: ReadHash,
): Promise<readonly Uint8Array[]> {
  assertCount(size);
  assertCount(index);
  if (index >= size) throw new RangeError(`a tree of ${size} has no leaf ${index}`);
  const siblings: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + largestPower(to - from);
    siblings.push(index < middle ? { from: middle, to } : { from, to: middle });
    [from, to] = index < middle ? [from, middle] : [middle, to];
  }
  return await roots(siblings.reverse(), hash);
}

/**
 * The proof that the tree over the first `size` leaves is the beginning of that over `newSize` (RFC 6962 §2.1.2). It is
 * empty from the tree to itself, and from a tree without leaves, which is the beginning of every one.
 *
 * @throws RangeError when the tree is smaller than its beginning.
 */
export async function consistencyProof(
  size: number,
  newSize: number,
  hash: ReadHash,
): Promise<readonly Uint8Array[]> {
  assertCount(size);
  assertCount(newSize);
  if (size > newSize) throw new RangeError(`a tree of ${newSize} does not begin with ${size}`);
  if (size === 0 || size === newSize) return [];
  const parts: Range[] = [];
  let [from, to] = [0, newSize];
  while (to > size) {
    const middle = from + largestPower(to - from);
    parts.push(size <= middle ? { from: middle, to } : { from, to: middle });
    [from, to] = size <= middle ? [from, middle] : [middle, to];
  }
  // Whoever checks has the old root; the node above it is named only where that is not the old root itself.
  if (from > 0) parts.push({ from, to });
  return await roots(parts.reverse(), hash);
}

/** True when the proof leads from the hash of leaf `index` to the root over `size` leaves (RFC 9162 §2.1.3.2). */
export function verifyInclusion(claim: {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}): boolean {
  const { index, size, leaf, root, proof } = claim;
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isRight(at) || at === last) {
      hash = nodeHash(sibling, hash);
      // On the right edge a node without a sibling goes up as it is.
      while (!isRight(at) && at > 0) [at, last] = [half(at), half(last)];
    } else hash = nodeHash(hash, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSame(hash, root);
}

/** True when the proof shows the old root over the first leaves of those under the new one (RFC 9162 §2.1.4.2). */
export function verifyConsistency(claim: {
  readonly size: number;
  readonly root: Uint8Array;
  readonly newSize: number;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}): boolean {
  const { size, root, newSize, newRoot, proof } = claim;
  if (!isCount(size) || !isCount(newSize) || size > newSize) return false;
  if (size === newSize) return proof.length === 0 && isSame(root, newRoot);
  if (size === 0) return proof.length === 0 && isSame(root, EMPTY_ROOT);
  return leadsToBoth(claim);
}

function leadsToBoth(claim: Parameters<typeof verifyConsistency>[0]): boolean {
  let [at, last] = [claim.size - 1, claim.newSize - 1];
  while (isRight(at)) [at, last] = [half(at), half(last)];
  // The beginning is a perfect tree when nothing is left of the way: its root is then the first node.
  const [first, ...proof] = at === 0 ? [claim.root, ...claim.proof] : claim.proof;
  if (first === undefined) return false;
  let [old, whole] = [first, first];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isRight(at) || at === last) {
      [old, whole] = [nodeHash(sibling, old), nodeHash(sibling, whole)];
      while (!isRight(at) && at > 0) [at, last] = [half(at), half(last)];
    } else whole = nodeHash(whole, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSame(old, claim.root) && isSame(whole, claim.newRoot);
}

async function roots(ranges: readonly Range[], hash: ReadHash): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for (const range of ranges) found.push(await rangeRoot(range, hash));
  return found;
}

/** Only the rightmost range of a tree is not perfect; it is put together of the perfect ones in it. */
async function rangeRoot({ from, to }: Range, hash: ReadHash): Promise<Uint8Array> {
  const peaks: Uint8Array[] = [];
  let start = from;
  while (start < to) {
    const level = Math.floor(Math.log2(to - start));
    peaks.push(await hash(level, start / 2 ** level));
    start += 2 ** level;
  }
  return mergePeaks(peaks);
}

/** The largest power of two below `count`, which is at least 2 (RFC 6962 §2.1: k < n <= 2k). */
function largestPower(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}

// Sizes go to 2 ** 48, so no operator on bits is used: those end at 32.
function isRight(index: number): boolean {
  return index % 2 === 1;
}

function half(index: number): number {
  return Math.floor(index / 2);
}

/** 2 ** 48: what the logarithm above is exact for, and more than a log holds. */
const MOST = 2 ** 48;

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= MOST;
}

function assertCount(value: number): void {
  if (!isCount(value)) throw new RangeError(`${value} is no size of a tree`);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.from(one.buffer, one.byteOffset, one.length).equals(other);
}
