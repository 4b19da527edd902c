import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatCheckpoint, parseCheckpoint } from '../../../../src/ledger/checkpoint.ts';
import { isKeyName, parseSecret, signerOf } from '../../../../src/ledger/note/key.ts';
import { openNote, signNote } from '../../../../src/ledger/note/note.ts';
import { encodeBundle } from '../../../../src/ledger/tiles/bundle.ts';
import { bundlePath, parseTilePath, tilePath } from '../../../../src/ledger/tiles/path.ts';
import { EMPTY_ROOT } from '../../../../src/ledger/tree/hash.ts';

const signer = signerOf('example.com/log', Buffer.alloc(32, 7));
const other = signerOf('example.com/log', Buffer.alloc(32, 8));

describe('paths', () => {
  it.each([
    [0, 0, 256, 'tile/0/000'],
    [0, 67, 256, 'tile/0/067'],
    [1, 1067, 256, 'tile/1/x001/067'],
    [0, 1_234_067, 256, 'tile/0/x001/x234/067'],
    [0, 1_234_067, 1, 'tile/0/x001/x234/067.p/1'],
    [2, 0, 255, 'tile/2/000.p/255'],
  ])('level %i, index %i, width %i: %s', (level, index, width, expected) => {
    expect(tilePath(level, index, width)).toBe(expected);
  });

  it('are read back, and read as nothing when they are spelt otherwise', () => {
    const row = fc.oneof(fc.constant('entries' as const), fc.nat(63));
    fc.assert(
      fc.property(row, fc.nat(2 ** 40), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
        const text = level === 'entries' ? bundlePath(index, width) : tilePath(level, index, width);
        expect(parseTilePath(text.replace(/^tile\//, ''))).toEqual({ row: level, index, width });
      }),
    );
    for (const wrong of [
      '0/0',
      '00/000',
      '0/x000/001',
      '0/000.p/0',
      '0/000.p/256',
      '0/000.p/01',
      '0/000/',
      '',
    ])
      expect(parseTilePath(wrong), wrong).toBeUndefined();
  });

  it('of bundles have their own folder', () => {
    expect(bundlePath(1000, 256)).toBe('tile/entries/x001/000');
    expect(bundlePath(0, 3)).toBe('tile/entries/000.p/3');
  });
});

describe('a bundle', () => {
  it('has each entry behind its length, the high byte first', () => {
    const bundle = Buffer.from(
      encodeBundle([Buffer.from('ab'), Buffer.alloc(0), Buffer.alloc(258, 1)]),
    );
    expect(bundle.subarray(0, 8).toString('hex')).toBe('0002616200000102');
    expect(bundle).toHaveLength(2 + 2 + 2 + 2 + 258);
  });

  it('holds no entry that its length cannot say', () => {
    expect(encodeBundle([Buffer.alloc(65_535)])).toHaveLength(65_537);
    expect(() => encodeBundle([Buffer.alloc(65_536)])).toThrow(RangeError);
  });
});

describe('a note', () => {
  const note = signNote('example.com/log\n0\nroot\n', signer);

  it('is opened by the key that signed it, and by no other', () => {
    expect(openNote(note, signer.verifier)).toBe('example.com/log\n0\nroot\n');
    expect(openNote(note, other.verifier)).toBeUndefined();
  });

  it('is opened though others signed it too', () => {
    const line = signNote('example.com/log\n0\nroot\n', other).split('\n').at(-2) ?? '';
    expect(openNote(`${note}${line}\n`, signer.verifier)).toBeDefined();
    expect(openNote(`${note}${line}\n`, other.verifier)).toBeDefined();
  });

  it('is refused with any one character changed', () => {
    fc.assert(
      fc.property(fc.nat(note.length - 1), (at) => {
        const changed = note.slice(0, at) + (note[at] === '1' ? '2' : '1') + note.slice(at + 1);
        expect(openNote(changed, signer.verifier)).toBeUndefined();
      }),
    );
  });
});

describe('keys', () => {
  it('read back from their secret, and from nothing that was changed', () => {
    expect(parseSecret(signer.secret)?.verifier.text).toBe(signer.verifier.text);
    expect(parseSecret(signer.secret.replace('example.com', 'example.org'))).toBeUndefined();
    expect(parseSecret('PRIVATE+KEY')).toBeUndefined();
  });

  it.each([
    ['example.com/log', true],
    ['', false],
    ['a b', false],
    ['a+b', false],
    ['a\nb', false],
    ['a\u00a0b', false],
  ])('name %j: %s', (name, expected) => expect(isKeyName(name)).toBe(expected));
});

describe('a checkpoint', () => {
  const text = formatCheckpoint({ origin: 'example.com/log', size: 12, root: EMPTY_ROOT });

  it('is origin, size and root, a line each', () => {
    expect(text).toBe('example.com/log\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n');
    expect(parseCheckpoint(text)).toMatchObject({ origin: 'example.com/log', size: 12 });
    expect(parseCheckpoint(`${text}an extension\n`)).toMatchObject({ size: 12 });
  });

  it.each([
    ['a leading zero', text.replace('12', '012')],
    ['a sign', text.replace('12', '-12')],
    ['a short root', text.replace('47DE', '')],
    ['no last newline', text.slice(0, -1)],
    ['no origin', text.replace('example.com/log', '')],
  ])('is refused with %s', (_, wrong) => expect(parseCheckpoint(wrong)).toBeUndefined());
});
