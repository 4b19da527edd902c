import { inertLine } from '../inert/text.ts';
import { markup, NOTHING } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { BarChart } from '../report.ts';
import { paintOf } from './palette.ts';
import { at, number, shortNumber, ticksUpTo } from './scale.ts';
import { fitted, sum } from './words.ts';

const WIDTH = 560;
/** Room for the letters of the widest of the usual fonts. */
const LABELS = 196;
const TOTALS = 52;
const ROW = 26;
const BAR = 16;
const AXIS = 24;
const LABEL_LETTERS = 26;
const MOST_BARS = 20;

/** Horizontal bars as the inside of an SVG of this size. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly inside: Markup;
}

/** Piles of bars, longest first as they are given: names to the left, totals to the right, round numbers below. */
export function drawBars(chart: BarChart): Drawing {
  const bars = chart.bars.slice(0, MOST_BARS);
  const ticks = ticksUpTo(bars.reduce((most, { values }) => Math.max(most, sum(values)), 0));
  const end = ticks.at(-1) ?? 1;
  const scale = (value: number) => at((value / end) * (WIDTH - LABELS - TOTALS));
  const bottom = bars.length * ROW;
  return {
    width: WIDTH,
    height: bottom + AXIS,
    inside: markup`${ticks.map((tick) => gridLine(LABELS + scale(tick), bottom, tick))}${bars.map(
      (bar, row) => drawBar(chart, bar, row * ROW, scale),
    )}`,
  };
}

function gridLine(x: number, bottom: number, tick: number): Markup {
  return markup`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${bottom}"/><text class="tick" x="${x}" y="${bottom + 16}" text-anchor="middle">${shortNumber(tick)}</text>`;
}

function drawBar(
  { series }: BarChart,
  bar: BarChart['bars'][number],
  top: number,
  scale: (value: number) => number,
): Markup {
  const middle = top + ROW / 2 + 4;
  const label = inertLine(bar.label);
  const pieces = series.map((one, index) => {
    const value = bar.values[index] ?? 0;
    if (value <= 0) return NOTHING;
    const from = LABELS + scale(sum(bar.values.slice(0, index)));
    // A sliver between the pieces keeps them apart without colour; whatever is there at all is seen.
    const width = Math.max(1.5, scale(value) - 1);
    return markup`<rect class="area-${paintOf(series, index)}" x="${from}" y="${top + (ROW - BAR) / 2}" width="${at(width)}" height="${BAR}"><title>${label}, ${one.label}: ${number(value)}</title></rect>`;
  });
  const end = at(LABELS + scale(sum(bar.values)) + 6);
  return markup`<text class="name" x="${LABELS - 8}" y="${middle}" text-anchor="end">${fitted(label, LABEL_LETTERS)}<title>${label}</title></text>${pieces}<text class="total" x="${end}" y="${middle}">${number(sum(bar.values))}</text>`;
}
