import { markup } from '../markup.ts';
import type { Markup } from '../markup.ts';
import type { TimeChart } from '../report.ts';
import type { Drawing } from './bars.ts';
import { DASHES, paintOf } from './palette.ts';
import { at, number, shortNumber, ticksUpTo } from './scale.ts';
import { day } from './words.ts';

const WIDTH = 560;
const HEIGHT = 240;
const LEFT = 44;
const RIGHT = 18;
const TOP = 10;
const BOTTOM = HEIGHT - 26;
/** Beyond this many the dots would be a band. */
const MOST_DOTS = 62;
const MOST_DAYS = 5;

/** Lines over days. Days that nobody counted are gaps of the axis, not points of a line. */
export function drawLines(chart: TimeChart): Drawing {
  const { points, series } = chart;
  const x = horizontal(points.map(({ time }) => Date.parse(time)));
  const most = points.reduce((highest, { values }) => Math.max(highest, ...values), 0);
  const ticks = ticksUpTo(most);
  const end = ticks.at(-1) ?? 1;
  const y = (value: number) => at(BOTTOM - (value / end) * (BOTTOM - TOP));
  const lines = series.map((_, index) =>
    drawLine(
      chart,
      index,
      points.map(({ values }, position) => [x[position] ?? LEFT, y(values[index] ?? 0)]),
    ),
  );
  return {
    width: WIDTH,
    height: HEIGHT,
    inside: markup`${ticks.map((tick) => gridLine(y(tick), tick))}${dayMarks(points, x)}${lines}`,
  };
}

/** Where each time stands; evenly spread where the times are none. */
function horizontal(times: readonly number[]): readonly number[] {
  const known = times.every((time) => Number.isFinite(time));
  const places = known ? times : times.map((_, index) => index);
  const first = places[0] ?? 0;
  const span = (places.at(-1) ?? 0) - first;
  const width = WIDTH - LEFT - RIGHT;
  return places.map((place) => at(LEFT + (span > 0 ? (place - first) / span : 0.5) * width));
}

function gridLine(y: number, tick: number): Markup {
  return markup`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/><text class="tick" x="${LEFT - 6}" y="${y + 4}" text-anchor="end">${shortNumber(tick)}</text>`;
}

function dayMarks(points: TimeChart['points'], x: readonly number[]): readonly Markup[] {
  const last = points.length - 1;
  const marks = Math.min(MOST_DAYS, points.length);
  const chosen = Array.from({ length: marks }, (_, mark) =>
    Math.round((mark / Math.max(1, marks - 1)) * last),
  );
  return chosen.map(
    (index) =>
      markup`<text class="tick" x="${x[index] ?? LEFT}" y="${HEIGHT - 8}" text-anchor="${anchor(index, last)}">${day(points[index]?.time ?? '')}</text>`,
  );
}

function anchor(index: number, last: number): string {
  if (last === 0) return 'middle';
  if (index === 0) return 'start';
  return index === last ? 'end' : 'middle';
}

function drawLine(
  { points, series }: TimeChart,
  index: number,
  places: readonly (readonly [number, number])[],
): Markup {
  const paint = paintOf(series, index);
  const path = places.map(([px, py]) => `${px},${py}`).join(' ');
  const dots = places.length > MOST_DOTS ? places.slice(-1) : places;
  const skipped = places.length - dots.length;
  return markup`<polyline class="line-${paint}" stroke-width="2" stroke-linejoin="round" stroke-dasharray="${DASHES[index % DASHES.length] ?? 'none'}" points="${path}"/>${dots.map(
    ([px, py], dot) => {
      const point = points[dot + skipped];
      return markup`<circle class="area-${paint}" cx="${px}" cy="${py}" r="2.6"><title>${day(point?.time ?? '')}, ${series[index]?.label ?? ''}: ${number(point?.values[index] ?? 0)}</title></circle>`;
    },
  )}`;
}
