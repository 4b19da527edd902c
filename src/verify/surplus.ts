import type { Finding } from './finding.ts';
import { parseBundle, parseTileFile, readTile, tileFile, tileFiles, widthOf } from './tiles.ts';
import type { TilePlace } from './tiles.ts';
import { HASH, WIDTH } from './tree.ts';

export interface Surplus {
  readonly finding: Finding;
  /** The wider tile that it differs from: when something is wrong with that one, nothing is said of this. */
  readonly beside?: string;
}

/**
 * Files below `tile/` that a log of this size does not have. A narrower tile of an earlier checkpoint may lie beside the
 * wider one (tlog-tiles), if it is its beginning; which of the two is wrong when they differ, only the signed root tells.
 *
 * @param onPlace is told of every file that belongs there.
 */
export function* surplus(
  folder: string,
  size: number,
  onPlace: (place: TilePlace) => void,
): Generator<Surplus> {
  for (const file of tileFiles(folder)) {
    const place = parseTileFile(file);
    const width = place === undefined ? 0 : widthOf(size, place.row, place.n);
    if (place === undefined || place.width > width) {
      const message = `a log of ${size} entries has no such file: it was put there, or the checkpoint is older than the tiles`;
      yield { finding: { kind: 'malformed', file, message } };
    } else if (place.width === width) onPlace(place);
    else if (!begins(folder, place, width)) {
      const kind = place.row === 'entries' ? 'changed-entry' : 'changed-tile';
      const index = place.n * WIDTH * WIDTH ** (place.row === 'entries' ? 0 : place.row);
      const message = 'it is not the beginning of the wider tile beside it';
      yield {
        finding: { kind, file, index, message },
        beside: tileFile({ ...place, width }),
      };
    }
  }
}

function begins(folder: string, place: TilePlace, width: number): boolean {
  const narrow = readTile(folder, place);
  const wide = readTile(folder, { ...place, width });
  if (typeof narrow === 'string') return false;
  const whole =
    place.row === 'entries'
      ? parseBundle(narrow).rest === 0 && parseBundle(narrow).entries.length === place.width
      : narrow.length === place.width * HASH;
  // Where the wider one cannot be read, that is a finding of its own.
  return whole && (typeof wide === 'string' || wide.subarray(0, narrow.length).equals(narrow));
}
