import { TILE_WIDTH } from '../tree/tree.ts';

/** Where a tile of hashes stands under the prefix of a log (C2SP tlog-tiles: `tile/<L>/<N>[.p/<W>]`). */
export function tilePath(level: number, index: number, width: number): string {
  return `tile/${level}/${indexPath(index)}${partial(width)}`;
}

/** Where a bundle of entries stands (C2SP tlog-tiles: `tile/entries/<N>[.p/<W>]`). */
export function bundlePath(index: number, width: number): string {
  return `tile/entries/${indexPath(index)}${partial(width)}`;
}

/** Three digits an element, all but the last behind an `x`, so that no folder holds more than 2,000 names. */
function indexPath(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  return padded.replace(/\d{3}(?=\d)/g, 'x$&/');
}

function partial(width: number): string {
  return width === TILE_WIDTH ? '' : `.p/${width}`;
}

/** A tile of hashes at a level, or a bundle of entries. */
export interface TilePlace {
  readonly row: number | 'entries';
  readonly index: number;
  readonly width: number;
}

const PLACE = /^(entries|\d{1,2})\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/(\d{1,3}))?$/;

/** Reads back what follows `tile/`. @returns undefined for any other text, also for a second spelling of a right one. */
export function parseTilePath(text: string): TilePlace | undefined {
  const [, row = '', name = '', partial] = PLACE.exec(text) ?? [];
  const index = Number(name.replace(/[x/]/g, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (row === '' || width < 1 || width > TILE_WIDTH) return undefined;
  const place = { row: row === 'entries' ? row : Number(row), index, width } as const;
  return `tile/${text}` === pathOf(place) ? place : undefined;
}

function pathOf({ row, index, width }: TilePlace): string {
  return row === 'entries' ? bundlePath(index, width) : tilePath(row, index, width);
}
