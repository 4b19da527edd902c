import type { BarChart, Series, TimeChart } from '../report.ts';
import type { Period } from '../ask.ts';

/** Names that are counted each by itself; whoever names more does it to fill our memory. */
const MOST_NAMES = 10_000;

/** The rest of the names, together. */
export const OTHERS = '(others)';

/** Counts by name, each in as many columns as there are series. */
export interface Tally {
  readonly add: (name: string, column: number, by?: number) => void;
  readonly of: (name: string) => readonly number[];
  /** The names with the most in all columns, the most first; then by name, so that two runs say the same. */
  readonly ranked: () => readonly (readonly [name: string, counts: readonly number[]])[];
}

export function tally(columns: number): Tally {
  const counts = new Map<string, number[]>();
  const none: readonly number[] = Array.from({ length: columns }, () => 0);
  return {
    add: (name, column, by = 1) => {
      const key = counts.has(name) || counts.size < MOST_NAMES ? name : OTHERS;
      const row = counts.get(key) ?? [...none];
      row[column] = (row[column] ?? 0) + by;
      counts.set(key, row);
    },
    of: (name) => counts.get(name) ?? none,
    ranked: () =>
      [...counts].sort(([a, one], [b, other]) => sum(other) - sum(one) || (a < b ? -1 : 1)),
  };
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The longest bars of a tally: what is not among them stands in a table. */
export function barsOf(
  counted: Tally,
  { title, unit, series }: Pick<BarChart, 'title' | 'unit' | 'series'>,
): BarChart {
  const bars = counted
    .ranked()
    .filter(([, counts]) => sum(counts) > 0)
    .slice(0, MOST_BARS)
    .map(([label, values]) => ({ label: label === '' ? '(none)' : label, values }));
  return { type: 'bars', title, unit, series, bars };
}

const MOST_BARS = 20;
const DAY_MS = 86_400_000;
const MOST_DAYS = 92;

/** Days, or months where days would be too many for a picture. */
export function bucketsOf({ since, until }: Period): {
  readonly names: readonly string[];
  readonly of: (time: string) => string;
} {
  const days = (Date.parse(until) - Date.parse(since)) / DAY_MS;
  const length = days > MOST_DAYS ? 'yyyy-mm'.length : 'yyyy-mm-dd'.length;
  const names = new Set<string>();
  // A period of a thousand years has twelve thousand months: no picture shows more.
  const from = Math.max(Date.parse(since), Date.parse(until) - MOST_SPAN_MS);
  for (let time = from; time < Date.parse(until); time += DAY_MS)
    names.add(new Date(time).toISOString().slice(0, length));
  names.add(new Date(Date.parse(until) - 1).toISOString().slice(0, length));
  return { names: [...names], of: (time) => time.slice(0, length) };
}

const MOST_SPAN_MS = 3660 * DAY_MS;

export function timeChart(
  counted: Tally,
  names: readonly string[],
  { title, unit, series }: { title: string; unit: string; series: readonly Series[] },
): TimeChart {
  const points = names.map((time) => ({ time, values: counted.of(time) }));
  return { type: 'time', title, unit, series, points };
}
