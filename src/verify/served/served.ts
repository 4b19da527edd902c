import { bounded, VerifyError } from '../finding.ts';
import { LARGEST_NOTE } from '../source.ts';
import type { LogSource } from '../source.ts';
import { largestTile, parseBundle, tileFile, widthOf } from '../tiles.ts';
import type { Bytes, TilePlace } from '../tiles.ts';
import { HASH, WIDTH } from '../tree.ts';
import { request } from './request.ts';

/** Tiles under way at a time: enough to hide the way there, few enough for the server and for memory. */
const AHEAD = 8;
const DEADLINE_MS = 30_000;

export interface ServedLog {
  /** What C2SP tlog-tiles calls the prefix: `checkpoint` and `tile/` stand below it. */
  readonly url: string;
  readonly token?: string | undefined;
  /** For each answer, from the first byte asked to the last one read. */
  readonly deadlineMs?: number;
}

/**
 * A log that is served over HTTP: that of a gate (`/v1/ledger/`), or any folder or bucket of C2SP tlog-tiles.
 *
 * @throws VerifyError when the address is none.
 */
export function servedLog({ url, token, deadlineMs = DEADLINE_MS }: ServedLog): LogSource {
  const base = prefixOf(url);
  const controller = new AbortController();
  const get = (file: string, most: number): Promise<Bytes> =>
    request({ url: new URL(file, base), token, deadlineMs, most, signal: controller.signal });
  const tile = (place: TilePlace): Promise<Bytes> => tileAt(get, place);
  return {
    checkpoint: async () => {
      const note = await get('checkpoint', LARGEST_NOTE);
      if (note !== 'missing') return note;
      throw new VerifyError(
        `${base.href} serves no log: there is no checkpoint. That of a gate is at /v1/ledger`,
      );
    },
    tile,
    survey: async (size) => ({
      last: { entries: await lastOf(tile, 'entries', size), 0: await lastOf(tile, 0, size) },
      // What else a server has nobody can list.
      extra: bounded(),
    }),
    ahead: AHEAD,
    close: () => controller.abort(),
  };
}

function prefixOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new VerifyError(`${text} is no address: it is written https://gate.example/v1/ledger`);
  // The text is not repeated: whoever writes a password into an address does not want to read it in a log.
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new VerifyError('the address of a log has no user, no question mark and no #');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** A server may drop a narrow tile once the full one is there (tlog-tiles, "Partial Tiles"): then that begins with it. */
async function tileAt(
  get: (file: string, most: number) => Promise<Bytes>,
  place: TilePlace,
): Promise<Bytes> {
  const most = largestTile(place.row);
  const found = await get(tileFile(place), most);
  if (found !== 'missing' || place.width === WIDTH) return found;
  const full = await get(tileFile({ ...place, width: WIDTH }), most);
  return Buffer.isBuffer(full) ? beginning(full, place) : full;
}

function beginning(full: Buffer, { row, width }: TilePlace): Buffer {
  if (row !== 'entries') return full.subarray(0, width * HASH);
  const { entries } = parseBundle(full);
  const length = entries.slice(0, width).reduce((sum, entry) => sum + 2 + entry.length, 0);
  return full.subarray(0, length);
}

/** The last that is there, where nobody can list them: of all up to a gap, by halves; -1 for none. */
async function lastOf(
  tile: (place: TilePlace) => Promise<Bytes>,
  row: 'entries' | 0,
  size: number,
): Promise<number> {
  const isThere = async (n: number): Promise<boolean> =>
    (await tile({ row, n, width: widthOf(size, row, n) })) !== 'missing';
  let [there, gone] = [-1, Math.ceil(size / WIDTH)];
  if (gone > 0 && (await isThere(gone - 1))) return gone - 1;
  while (gone - there > 1) {
    const middle = Math.floor((there + gone) / 2);
    if (await isThere(middle)) there = middle;
    else gone = middle;
  }
  return there;
}
