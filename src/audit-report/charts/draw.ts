import type { Chart } from '../report.ts';
import { drawBars } from './bars.ts';
import type { Drawing } from './bars.ts';
import { drawLines } from './lines.ts';

/** What a chart looks like, painted by the classes of a style sheet (`paintRules`, `grid`, `tick`, `name`, `total`). */
export function draw(chart: Chart): Drawing {
  return chart.type === 'bars' ? drawBars(chart) : drawLines(chart);
}

/** Whether there is anything to see. */
export function isEmpty(chart: Chart): boolean {
  return (chart.type === 'bars' ? chart.bars : chart.points).length === 0;
}
