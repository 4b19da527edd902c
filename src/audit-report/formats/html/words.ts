import type { Column, Tone } from '../../report.ts';

/** Words of our own that say how bad something is; whatever else stands in such a column is plain text. */
const WORDS: ReadonlyMap<string, string> = new Map<string, Tone | 'worst'>([
  ['critical', 'worst'],
  ['high', 'bad'],
  ['medium', 'warning'],
  ['low', 'plain'],
  ['deny', 'bad'],
  ['denied', 'bad'],
  ['allow', 'good'],
  ['allowed', 'good'],
  ['warn', 'warning'],
  ['warned', 'warning'],
  ['recorded', 'plain'],
  ['violation', 'bad'],
  ['compliant', 'good'],
  ['exempt', 'plain'],
  ['unknown', 'warning'],
  ['failed', 'bad'],
  ['verified', 'good'],
  ['unresolved', 'warning'],
  ['skipped', 'plain'],
  ['undone', 'plain'],
  ['active', 'good'],
  ['expired', 'warning'],
  ['revoked', 'plain'],
  ['open', 'bad'],
  ['resolved', 'good'],
]);

const COLUMNS: ReadonlySet<string> = new Set([
  'severity',
  'decision',
  'effect',
  'verdict',
  'state',
  'status',
  'outcome',
  'enforcement',
]);

/** The tone in which a cell is set, where its column says how bad something is. */
export function toneOfWord({ id }: Column, cell: string): string | undefined {
  return COLUMNS.has(id) ? WORDS.get(cell) : undefined;
}
