import { account, firstDifference, tileLength, unread } from './account.ts';
import type { Account } from './account.ts';
import type { Difference } from './classify.ts';
import { entryProblem, entryTime } from './entry.ts';
import { bounded } from './finding.ts';
import type { Bounded, Finding } from './finding.ts';
import type { LogSource } from './source.ts';
import { parseBundle, tileFile, widthOf } from './tiles.ts';
import type { Bytes, Row } from './tiles.ts';
import { HASH, leafHash, WIDTH } from './tree.ts';

export interface Walked {
  readonly entries: Account;
  readonly tiles: Account;
  readonly differences: Bounded<Difference>;
  readonly findings: Bounded<Finding>;
  readonly lastTime: string | undefined;
}

export interface WalkOptions {
  readonly source: LogSource;
  readonly size: number;
  readonly oldSize: number | undefined;
  /** The last bundle and the last tile of level 0 that are there: behind them nothing is looked for. */
  readonly last: Readonly<Record<'entries' | 0, number>>;
  readonly onProgress: ((entries: number) => void) | undefined;
}

/** Reads the log once, bundle by bundle, and builds the tree twice: from its entries, and from its tiles. */
export async function walk(options: WalkOptions): Promise<Walked> {
  const { size, last } = options;
  const findings = bounded<Finding>();
  const differences = bounded<Difference>();
  const accounts = { entries: account(options), tiles: account(options) };
  let lastTime: string | undefined;
  const keep = (read: Buffer | Finding): Buffer | undefined => {
    if (Buffer.isBuffer(read)) return read;
    findings.add(read);
    return undefined;
  };
  const end = Math.min(Math.ceil(size / WIDTH), Math.max(last.entries, last[0]) + 2);
  for await (const { place, ...pair } of pairs(options, end)) {
    const bundle = keep(take(options, 'entries', place.n, pair.bundle));
    const tile = keep(take(options, 0, place.n, pair.tile));
    const read = bundle && weigh(bundle, tile, place);
    await accounts.entries.next(read?.whole);
    await accounts.tiles.next(tile);
    if (read !== undefined) {
      for (const difference of read.differences) differences.add(difference);
      for (const finding of read.findings) findings.add(finding);
      lastTime = read.time;
    }
    options.onProgress?.(place.n * WIDTH + place.width);
  }
  // A checkpoint may promise more than the folder begins to hold; what was not looked at has no root.
  const done = end * WIDTH >= size;
  return {
    entries: await accounts.entries.finish(done),
    tiles: await accounts.tiles.finish(done),
    differences,
    findings,
    lastTime,
  };
}

interface Pair {
  readonly place: { readonly n: number; readonly width: number };
  readonly bundle: Bytes;
  readonly tile: Bytes;
}

/** Each bundle with the tile of its hashes, in order; some are asked for ahead. */
async function* pairs({ source, size }: WalkOptions, end: number): AsyncGenerator<Pair> {
  const read = async (n: number): Promise<Pair> => {
    const place = { n, width: widthOf(size, 0, n) };
    const [bundle, tile] = await Promise.all([
      source.tile({ row: 'entries', ...place }),
      source.tile({ row: 0, ...place }),
    ]);
    return { place, bundle, tile };
  };
  const under: Promise<Pair>[] = [];
  for (let n = 0; n < end + source.ahead; n += 1) {
    if (n < end) under.push(watched(read(n)));
    const first = n < source.ahead - 1 ? undefined : under.shift();
    if (first !== undefined) yield await first;
  }
}

/** When one fails the others are not waited for, and their failing is nobody's news. */
function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** One bundle against the tile of its hashes, where there is one. */
function weigh(bundle: Buffer, tile: Buffer | undefined, place: { n: number; width: number }) {
  const { entries, rest } = parseBundle(bundle);
  const hashes = Buffer.concat(entries.map(leafHash));
  const right = rest === 0 && entries.length === place.width;
  const weighed = {
    whole: right ? hashes : undefined,
    time: entryTime(entries.at(-1) ?? Buffer.alloc(0)),
  };
  if (tile !== undefined && !hashes.equals(tile)) {
    const index = place.n * WIDTH + firstDifference(hashes, tile);
    return { ...weighed, differences: [{ n: place.n, index }], findings: [] };
  }
  const findings = right ? problems(entries, place) : [uneven(place, entries.length)];
  return { ...weighed, differences: [], findings };
}

/** The bytes as they may be used, or what is wrong with them. */
function take(options: WalkOptions, row: Row & ('entries' | 0), n: number, read: Bytes) {
  const width = widthOf(options.size, row, n);
  const file = tileFile({ row, n, width });
  const index = n * WIDTH;
  if (read === 'missing' && n > options.last[row] && row === 'entries') {
    const message = 'the log ends before this file: no entry from here on is in the folder';
    return { kind: 'truncated', file, index, message } satisfies Finding;
  }
  if (!Buffer.isBuffer(read)) return unread(read, file, index);
  if (row === 'entries' || read.length === width * HASH) return read;
  return tileLength(read, width, file, index);
}

function uneven(place: { n: number; width: number }, found: number): Finding {
  const short = found < place.width;
  const at = Math.min(found, place.width - (short ? 1 : 0));
  return {
    kind: short ? 'truncated' : 'malformed',
    file: tileFile({ row: 'entries', ...place }),
    index: place.n * WIDTH + at,
    message: short
      ? 'the bundle ends before this entry is whole'
      : 'there are bytes behind the last entry',
  };
}

function* problems(
  entries: readonly Buffer[],
  place: { n: number; width: number },
): Generator<Finding> {
  for (const [at, entry] of entries.entries()) {
    const message = entryProblem(entry);
    const file = tileFile({ row: 'entries', ...place });
    if (message !== undefined)
      yield { kind: 'malformed', file, index: place.n * WIDTH + at, message };
  }
}
