import { hash } from 'node:crypto';

const NODE = Buffer.from([1]);

/** True when the proof leads from a leaf's hash to the root over `size` leaves (RFC 9162 §2.1.3.2). */
export function isIncluded(claim: {
  readonly index: number;
  readonly size: number;
  readonly leaf: Buffer;
  readonly root: Buffer;
  readonly proof: readonly Buffer[];
}): boolean {
  const { index, size, leaf, root, proof } = claim;
  if (index >= size) return false;
  // Sizes outgrow the 32 bits of JavaScript's operators on bits, so halves are counted.
  let [node, last, found] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      found = nodeHash(sibling, found);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else found = nodeHash(found, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && found.equals(root);
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');
}
