import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { HASH, WIDTH } from './tree.ts';

/** Level 0 to 63 of hashes, or the entries themselves. */
export type Row = number | 'entries';

export interface TilePlace {
  readonly row: Row;
  readonly n: number;
  readonly width: number;
}

/** An entry is at most 65,535 bytes behind its length of two. */
const LARGEST_BUNDLE = WIDTH * (0xffff + 2);
const PLACE = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** How many hashes (or entries) the tile has in a tree of this size; 0 when the tree has no such tile. */
export function widthOf(size: number, row: Row, n: number): number {
  const held = Math.floor(size / WIDTH ** (row === 'entries' ? 0 : row));
  return Math.max(0, Math.min(WIDTH, held - n * WIDTH));
}

/** The file of a tile (C2SP tlog-tiles): `tile/0/x001/234`, `tile/entries/000.p/17`. */
export function tileFile({ row, n, width }: TilePlace): string {
  const groups = String(n)
    .padStart(Math.ceil(String(n).length / 3) * 3, '0')
    .match(/\d{3}/g);
  const name = (groups ?? []).map((group, at, all) => (at < all.length - 1 ? `x${group}` : group));
  return `tile/${row}/${name.join('/')}${width < WIDTH ? `.p/${width}` : ''}`;
}

/** The reverse of {@link tileFile}; undefined for any other name, also for a second spelling of a right one. */
export function parseTileFile(file: string): TilePlace | undefined {
  const [, row = '', name = '', partial] = PLACE.exec(file) ?? [];
  const place = {
    row: row === 'entries' ? row : Number(row),
    n: Number(name.replace(/[x/]/g, '')),
    width: partial === undefined ? WIDTH : Number(partial),
  } as const;
  return row !== '' && tileFile(place) === file ? place : undefined;
}

export type Bytes = Buffer | 'missing' | 'unreadable' | 'too-large';

/** A file of the log, never more of it than can be right. */
export function readBounded(folder: string, file: string, most: number): Bytes {
  const place = path.join(folder, file);
  try {
    const stat = statSync(place, { throwIfNoEntry: false });
    if (stat === undefined) return 'missing';
    if (!stat.isFile()) return 'unreadable';
    return stat.size > most ? 'too-large' : readFileSync(place);
  } catch {
    return 'unreadable';
  }
}

export function readTile(folder: string, place: TilePlace): Bytes {
  return readBounded(folder, tileFile(place), largestTile(place.row));
}

export function largestTile(row: Row): number {
  return row === 'entries' ? LARGEST_BUNDLE : WIDTH * HASH;
}

export interface Bundle {
  readonly entries: readonly Buffer[];
  /** Bytes behind the last whole entry. */
  readonly rest: number;
}

/** Entries behind their big-endian lengths of two bytes. */
export function parseBundle(bytes: Buffer): Bundle {
  const entries: Buffer[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) break;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return { entries, rest: bytes.length - at };
}

/** Every file below `tile/`, in no order, without a list of them all. */
export function* tileFiles(folder: string, below = 'tile'): Generator<string> {
  const place = path.join(folder, below);
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  for (const found of readdirSync(place, { withFileTypes: true })) {
    const file = `${below}/${found.name}`;
    if (found.isDirectory()) yield* tileFiles(folder, file);
    else yield file;
  }
}
