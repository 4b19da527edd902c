import type { BarChart, Chart, TimeChart } from '../report.ts';
import { number } from './scale.ts';

const MOST_SAID = 8;

/** What a chart shows, for those who do not see it. */
export function described(chart: Chart): string {
  return chart.type === 'bars' ? barsSaid(chart) : linesSaid(chart);
}

function barsSaid({ bars, series, unit }: BarChart): string {
  if (bars.length === 0) return 'There is nothing to show.';
  const said = bars.slice(0, MOST_SAID).map(({ label, values }) => {
    const parts = series.map((one, at) => `${one.label} ${number(values[at] ?? 0)}`).join(', ');
    const total = number(sum(values));
    return series.length > 1 ? `${label} ${total} (${parts})` : `${label} ${total}`;
  });
  const rest = bars.length - said.length;
  return `${number(bars.length)} bars, in ${unit}: ${said.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}

function linesSaid({ points, series, unit }: TimeChart): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return 'There is nothing to show.';
  const said = series.map(({ label }, at) => {
    const values = points.map((point) => point.values[at] ?? 0);
    const highest = values.reduce((most, value) => Math.max(most, value), 0);
    return `${label} from ${number(values[0] ?? 0)} to ${number(values.at(-1) ?? 0)}, at most ${number(highest)}`;
  });
  return `From ${day(first.time)} to ${day(last.time)}, in ${unit}: ${said.join('; ')}.`;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** `2026-11-26` of a time stamp; what is none stays as it is. */
export function day(time: string): string {
  return /^\d{4}-\d\d-\d\d/.exec(time)?.[0] ?? time;
}

/** As much of a text as fits into so many narrow letters; wide scripts take twice the room. */
export function fitted(text: string, letters: number): string {
  const kept: string[] = [];
  let used = 0;
  for (const letter of text) {
    used += WIDE.test(letter) ? 2 : 1;
    if (used > letters) return `${kept.slice(0, -1).join('')}…`;
    kept.push(letter);
  }
  return text;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u;
