import { buildLog, bundle, entriesOf, leaf, mth, note, signer } from './log.ts';
import type { Files } from './log.ts';

const SIZE = 600;
export const ENTRIES = entriesOf(SIZE);
export const WHOLE = buildLog(ENTRIES);
const ORIGIN = 'log.example/gate';

export interface Tamper {
  readonly files: Files;
  readonly kinds: readonly string[];
  readonly index?: number;
  readonly since?: Buffer;
}

/** mulberry32: the same thousand tampers on every machine. */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The bundles of these entries beside the tiles and the checkpoint as they were. */
function withEntries(entries: readonly Buffer[]): Files {
  const files = new Map(WHOLE);
  for (let n = 0; n < 3; n += 1) {
    const file = n < 2 ? `tile/entries/00${n}` : 'tile/entries/002.p/88';
    files.set(file, bundle(n < 2 ? entries.slice(n * 256, n * 256 + 256) : entries.slice(512)));
  }
  return files;
}

function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at]! ^= 1 << bit;
  return changed;
}

function rewritten(from: number): Buffer[] {
  return [...ENTRIES.slice(0, from), ...entriesOf(SIZE, 'other-').slice(from)];
}

export type Pick = (below: number) => number;

export const TAMPERS: Record<string, (pick: Pick) => Tamper> = {
  'a byte of an entry': (pick) => {
    const index = pick(SIZE);
    const entry = ENTRIES[index]!;
    const changed = flipped(entry, pick(entry.length), pick(8));
    return { files: withEntries(ENTRIES.with(index, changed)), kinds: ['changed-entry'], index };
  },
  'a byte of any file': (pick) => {
    const names = [...WHOLE.keys()].filter((file) => file !== 'verifier-key');
    const file = names[pick(names.length)]!;
    const bytes = WHOLE.get(file)!;
    const files = new Map(WHOLE).set(file, flipped(bytes, pick(bytes.length), pick(8)));
    if (file === 'checkpoint') return { files, kinds: ['signature', 'malformed'] };
    if (file.startsWith('tile/entries'))
      return { files, kinds: ['changed-entry', 'malformed', 'truncated', 'deleted-or-inserted'] };
    return { files, kinds: ['changed-tile'] };
  },
  'a length of an entry': (pick) => {
    const index = pick(256);
    const at = bundle(ENTRIES.slice(0, index)).length;
    const bytes = flipped(WHOLE.get('tile/entries/000')!, at + pick(2), pick(8));
    const files = new Map(WHOLE).set('tile/entries/000', bytes);
    return { files, kinds: ['changed-entry', 'malformed', 'truncated'], index };
  },
  'a hash in a tile': (pick) => {
    const index = pick(512);
    const file = `tile/0/00${index >> 8}`;
    const at = (index % 256) * 32 + pick(32);
    const files = new Map(WHOLE).set(file, flipped(WHOLE.get(file)!, at, pick(8)));
    return { files, kinds: ['changed-tile'], index };
  },
  'an upper hash': (pick) => {
    const at = pick(2);
    const file = 'tile/1/000.p/2';
    const files = new Map(WHOLE).set(file, flipped(WHOLE.get(file)!, at * 32 + pick(32), pick(8)));
    return { files, kinds: ['changed-tile'], index: at * 256 };
  },
  'an entry gone, the others moved up': (pick) => {
    const index = pick(SIZE - 1);
    const files = withEntries(ENTRIES.toSpliced(index, 1));
    return { files, kinds: ['deleted-or-inserted'], index };
  },
  'the last entry gone': () => ({
    files: withEntries(ENTRIES.slice(0, -1)),
    kinds: ['truncated'],
    index: SIZE - 1,
  }),
  'an entry put in': (pick) => {
    const index = pick(SIZE + 1);
    const files = withEntries(ENTRIES.toSpliced(index, 0, Buffer.from('{"id":"put in"}')));
    return { files, kinds: ['deleted-or-inserted'], index };
  },
  'two entries swapped': (pick) => {
    const [one, gap] = [pick(255), 2 + pick(50)];
    const other = Math.min(255, one + gap);
    const entries = ENTRIES.with(one, ENTRIES[other]!).with(other, ENTRIES[one]!);
    return { files: withEntries(entries), kinds: ['swapped'], index: one };
  },
  'neighbours swapped': (pick) => {
    const one = pick(254);
    const entries = ENTRIES.with(one, ENTRIES[one + 1]!).with(one + 1, ENTRIES[one]!);
    return { files: withEntries(entries), kinds: ['swapped'], index: one };
  },
  'a bundle cut short': (pick) => {
    const bytes = WHOLE.get('tile/entries/001')!;
    const kept = pick(bytes.length);
    const whole = ENTRIES.slice(256, 512).findIndex(
      (_, at) => bundle(ENTRIES.slice(256, 257 + at)).length > kept,
    );
    const files = new Map(WHOLE).set('tile/entries/001', bytes.subarray(0, kept));
    return { files, kinds: ['truncated'], index: 256 + whole };
  },
  'a tile cut short': (pick) => {
    const bytes = WHOLE.get('tile/0/001')!;
    const files = new Map(WHOLE).set('tile/0/001', bytes.subarray(0, pick(bytes.length)));
    return { files, kinds: ['truncated'], index: 256 };
  },
  'bytes too many': (pick) => {
    const names = [...WHOLE.keys()].filter((file) => file.startsWith('tile/'));
    const file = names[pick(names.length)]!;
    const files = new Map(WHOLE).set(file, Buffer.concat([WHOLE.get(file)!, Buffer.alloc(1)]));
    return { files, kinds: ['malformed'] };
  },
  'a file gone': (pick) => {
    const names = [...WHOLE.keys()].filter((file) => file !== 'verifier-key');
    const file = names[pick(names.length)]!;
    const files = new Map(WHOLE);
    files.delete(file);
    const end = file === 'tile/entries/002.p/88';
    return end ? { files, kinds: ['truncated'], index: 512 } : { files, kinds: ['missing-file'] };
  },
  'a file too many': (pick) => {
    const file = ['tile/0/003', 'tile/entries/002', 'tile/2/000.p/1', 'tile/0/000.bak'][pick(4)]!;
    return { files: new Map(WHOLE).set(file, Buffer.alloc(32)), kinds: ['malformed'] };
  },
  'rewritten from k, under the old checkpoint': (pick) => {
    const files = buildLog(rewritten(pick(SIZE)));
    files.set('checkpoint', WHOLE.get('checkpoint')!);
    return { files, kinds: ['rewritten'] };
  },
  'rewritten from k, signed by another key': (pick) => ({
    files: buildLog(rewritten(pick(SIZE)), [signer(ORIGIN, 66)]),
    kinds: ['signature'],
  }),
  'another history by the right key, and a checkpoint that was kept': (pick) => {
    const old = 1 + pick(SIZE);
    const kept = note(ORIGIN, old, mth(ENTRIES.slice(0, old).map(leaf)));
    return { files: buildLog(rewritten(pick(old))), kinds: ['rewritten'], since: kept };
  },
  'rolled back before a checkpoint that was kept': (pick) => {
    const size = pick(SIZE);
    const files = buildLog(ENTRIES.slice(0, size));
    return { files, kinds: ['truncated'], index: size, since: WHOLE.get('checkpoint')! };
  },
  'a kept checkpoint that nobody signed': (pick) => {
    const since = note(ORIGIN, 9, mth(ENTRIES.slice(0, 9).map(leaf)), [signer(ORIGIN, pick(6))]);
    return { files: WHOLE, kinds: ['signature'], since };
  },
};
