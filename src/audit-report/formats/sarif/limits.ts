import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { Worst } from '../../items.ts';
import { resultText } from './result.ts';

/**
 * What GitHub takes of a run, how many of those it shows, and how large a file may be once it is packed.
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads
 */
export const MOST_RESULTS = 25_000;
export const MOST_SHOWN = 5_000;
const MOST_PACKED = 10_000_000;
/** Rules and notifications need room too. */
const ROOM = 0.9;

const pack = promisify(gzip);

/** As many of the worst as fit into a file that GitHub takes. */
export async function fitting(worst: Worst, most = MOST_PACKED): Promise<Worst> {
  let { items } = worst;
  for (;;) {
    const { length } = await pack(items.map(resultText).join(',\n'));
    if (length <= most * ROOM || items.length === 0) return { ...worst, items };
    items = items.slice(0, Math.floor(items.length * Math.min(0.9, (most * ROOM) / length)));
  }
}
