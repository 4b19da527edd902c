import { describe, expect, it } from 'vitest';

import { parseCheckpoint } from '../../../../src/ledger/checkpoint.ts';
import { parseSecret, parseVerifier } from '../../../../src/ledger/note/key.ts';
import { openNote, signNote } from '../../../../src/ledger/note/note.ts';
import { EMPTY_ROOT, leafHash } from '../../../../src/ledger/tree/hash.ts';
import {
  consistencyProof,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from '../../../../src/ledger/tree/proof.ts';
import { tileHashes } from '../../../../src/ledger/tree/tile-hashes.ts';
import { createTree } from '../../../../src/ledger/tree/tree.ts';
import { isIncluded } from '../../../../src/verify/evidence/inclusion.ts';
import { openCheckpoint, parseKeys } from '../../../../src/verify/note.ts';
import { createLevels, leafHash as verifiersLeafHash } from '../../../../src/verify/tree.ts';

/** Values that Certificate Transparency and Go publish for whoever implements the same: a mistake that both of our two make would show here. */

const hex = (text: string) => Buffer.from(text, 'hex');
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The eight leaves of the tests of Certificate Transparency. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(hex);

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const LEAF_1 = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7';
const NODE_23 = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e';
const NODE_47 = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4';
const LEAF_4 = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b';
const NODE_67 = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0';
const NODE_45 = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a';
const [LEAF_0 = '', NODE_01 = '', , NODE_03 = ''] = ROOTS;

/** Hashes of the tree of the first leaves. */
function reading(size: number) {
  const hashes = LEAVES.slice(0, size).map(leafHash);
  return tileHashes(size, () => Promise.resolve(hashes));
}

describe('the tree of Certificate Transparency', () => {
  it('of nothing', () => expect(hexOf(EMPTY_ROOT)).toBe(EMPTY));

  it.each(ROOTS.map((root, at) => [at + 1, root] as const))('of %i leaves', (size, root) => {
    const tree = createTree();
    for (const leaf of LEAVES.slice(0, size)) tree.append(leafHash(leaf));
    expect(hexOf(tree.root())).toBe(root);
    const levels = createLevels(() => undefined);
    const rest = Buffer.concat(LEAVES.slice(0, size).map(verifiersLeafHash));
    expect(hexOf(levels.root(rest))).toBe(root);
  });

  it.each<[number, number, string[]]>([
    [0, 1, []],
    [0, 8, [LEAF_1, NODE_23, NODE_47]],
    [5, 8, [LEAF_4, NODE_67, NODE_03]],
    [2, 3, [NODE_01]],
    [1, 5, [LEAF_0, NODE_23, LEAF_4]],
  ])('proves leaf %i of %i', async (index, size, expected) => {
    const proof = await inclusionProof(index, size, reading(size));
    expect(proof.map(hexOf)).toEqual(expected);
    const claim = { index, size, root: hex(ROOTS[size - 1] ?? ''), proof: expected.map(hex) };
    const leaf = Buffer.from(leafHash(LEAVES[index] ?? Buffer.of()));
    expect(verifyInclusion({ ...claim, leaf })).toBe(true);
    expect(isIncluded({ ...claim, leaf })).toBe(true);
  });

  it.each<[number, number, string[]]>([
    [1, 1, []],
    [1, 8, [LEAF_1, NODE_23, NODE_47]],
    [6, 8, [NODE_45, NODE_67, NODE_03]],
    [2, 5, [NODE_23, LEAF_4]],
  ])('proves that %i leaves begin %i', async (size, newSize, expected) => {
    const proof = await consistencyProof(size, newSize, reading(newSize));
    expect(proof.map(hexOf)).toEqual(expected);
    const [root, newRoot] = [hex(ROOTS[size - 1] ?? ''), hex(ROOTS[newSize - 1] ?? '')];
    expect(verifyConsistency({ size, root, newSize, newRoot, proof: expected.map(hex) })).toBe(
      true,
    );
  });
});

describe('notes of Go', () => {
  const TEXT =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const SECRET = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
  const VERIFIER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const SIGNATURE =
    '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

  it('the key of its documentation signs its text as it does there', () => {
    const signer = parseSecret(SECRET)!;
    expect(signer.verifier.text).toBe(VERIFIER);
    const note = signNote(TEXT, signer);
    expect(note).toBe(`${TEXT}\n${SIGNATURE}`);
    expect(openNote(note, parseVerifier(VERIFIER)!)).toBe(TEXT);
  });

  it.each([
    ['without its digits', VERIFIER.replace('+c74f20a3', '')],
    ['with other digits', VERIFIER.replace('c74f20a3', 'c74f20a4')],
    ['with digits in capitals', VERIFIER.replace('c74f20a3', 'C74F20A3')],
    ['of another name', VERIFIER.replace('Peter', 'Pieter')],
    ['cut short', VERIFIER.slice(0, -1)],
    ['with more behind it', `${VERIFIER}=`],
    ['of another algorithm', VERIFIER.replace('+ARpc', '+AhpC')],
  ])('a key %s is none', (_, text) => {
    expect(parseVerifier(text)).toBeUndefined();
    expect(() => parseKeys(text, 'key')).toThrow(/key/);
  });

  // A head of the checksum database of Go, as everybody was given it.
  const SUMDB = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
  const HEAD =
    'go.sum database tree\n63096908\n8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=\n\n' +
    '\u2014 sum.golang.org Az3gri/oVBN1jAhNZ/iS+W31psFAWRT20/GyrhpU6taFwulQGetBkH5S7wpGXdS935jiIGiUUAXBVHzT/P6fYhqAmAk=\n';

  it('a head of sum.golang.org is opened by its key', () => {
    const text = openNote(HEAD, parseVerifier(SUMDB)!);
    expect(parseCheckpoint(text ?? '')).toMatchObject({ size: 63_096_908 });
    expect(openNote(HEAD.replace('63096908', '63096909'), parseVerifier(SUMDB)!)).toBeUndefined();
  });

  it('and the verifier of logs finds it signed, for a log of another name than the key', () => {
    const keys = parseKeys(SUMDB, 'key');
    const opened = openCheckpoint(Buffer.from(HEAD), keys);
    expect(opened).toMatchObject({
      ok: false,
      message: 'it is of the log go.sum database tree, which is not the name of the key',
    });
    const changed = openCheckpoint(Buffer.from(HEAD.replace('63096908', '63096909')), keys);
    expect(changed).toMatchObject({
      ok: false,
      message: expect.stringContaining('is not of this text') as unknown,
    });
  });
});
