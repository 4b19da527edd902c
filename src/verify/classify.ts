import type { Finding } from './finding.ts';
import type { LogSource } from './source.ts';
import { parseBundle, tileFile, widthOf } from './tiles.ts';
import { leafHash, split, WIDTH } from './tree.ts';

/** Where a bundle of entries and the tile of their hashes part: the first sequence at which they do. */
export interface Difference {
  readonly n: number;
  readonly index: number;
}

/**
 * Says what was done to the entries, given that their tile holds what was signed. It looks at the neighbourhood alone: an
 * entry found one place before its hash was moved there by a deletion, one place behind by an insertion, and two that stand
 * in each other's place were swapped. Anything else is a change.
 */
export async function classify(
  source: LogSource,
  size: number,
  { n, index }: Difference,
): Promise<Finding> {
  const file = tileFile({ row: 'entries', n, width: widthOf(size, 'entries', n) });
  const at = index - n * WIDTH;
  const { found, signed, rest } = await around(source, size, n);
  const here = found[at];
  const said = (kind: Finding['kind'], message: string): Finding => ({
    kind,
    file,
    index,
    message,
  });
  if (here === undefined) return said('truncated', 'the bundle ends before this entry is whole');
  if (signed[at] === undefined)
    return said('deleted-or-inserted', 'the bundle holds an entry too many');
  // Neighbours that changed places also look like a deletion: this is asked first.
  const other = signed.findIndex((hash) => hash.equals(here));
  if (other > at && found[other]?.equals(signed[at]) === true)
    return said(
      'swapped',
      `the entry stands in the place of ${n * WIDTH + other}, and that in its`,
    );
  if (signed[at + 1]?.equals(here) === true)
    return said('deleted-or-inserted', 'the entry is gone: the next one stands in its place');
  if (found[at + 1]?.equals(signed[at]) === true)
    return said('deleted-or-inserted', 'an entry was put in: the right one follows it');
  if (rest > 0) return said('malformed', 'from here on the lengths of the entries do not add up');
  return said('changed-entry', 'the entry is not the one whose hash the log holds');
}

/** Hashes of the entries as they are, and as the tiles have them, in this bundle and the next. */
async function around(source: LogSource, size: number, n: number) {
  const found: Buffer[] = [];
  const signed: Buffer[] = [];
  let rest = 0;
  for (const next of [n, n + 1]) {
    const width = widthOf(size, 'entries', next);
    const bundle = await source.tile({ row: 'entries', n: next, width });
    const tile = await source.tile({ row: 0, n: next, width });
    if (width === 0 || typeof bundle === 'string' || typeof tile === 'string') break;
    const parsed = parseBundle(bundle);
    if (next === n) rest = parsed.rest;
    // A bundle of the wrong number of entries says nothing of where the next one begins.
    if (next > n && found.length !== WIDTH) {
      signed.push(...split(tile));
      break;
    }
    found.push(...parsed.entries.map(leafHash));
    signed.push(...split(tile));
  }
  return { found, signed, rest };
}
