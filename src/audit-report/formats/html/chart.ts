import { draw, isEmpty } from '../../charts/draw.ts';
import { DASHES, paintOf } from '../../charts/palette.ts';
import { number } from '../../charts/scale.ts';
import { day, described } from '../../charts/words.ts';
import { markup, NOTHING } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { Chart } from '../../report.ts';

/** A chart, the key to its colours, and its numbers as a table for who cannot or will not read a picture. */
export function chartFigure(chart: Chart, index: number): Markup {
  return markup`<figure><figcaption><bdi>${chart.title}</bdi> <small><bdi>${chart.unit}</bdi></small></figcaption>${
    isEmpty(chart) ? markup`<p class="empty">There is nothing to show.</p>` : picture(chart, index)
  }</figure>`;
}

function picture(chart: Chart, index: number): Markup {
  const { width, height, inside } = draw(chart);
  return markup`${legend(chart)}<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="c${index} d${index}"><title id="c${index}">${chart.title}</title><desc id="d${index}">${described(chart)}</desc>${inside}</svg>${numbers(chart)}`;
}

function legend({ type, series }: Chart): Markup {
  if (series.length < 2) return NOTHING;
  const sign = (at: number) =>
    type === 'bars'
      ? markup`<rect class="area-${paintOf(series, at)}" width="12" height="12" y="2"/>`
      : markup`<line class="line-${paintOf(series, at)}" x1="0" x2="26" y1="8" y2="8" stroke-width="2.5" stroke-dasharray="${DASHES[at % DASHES.length] ?? 'none'}"/>`;
  const width = type === 'bars' ? 12 : 26;
  return markup`<ul class="legend">${series.map(
    ({ label }, at) =>
      markup`<li><svg viewBox="0 0 ${width} 16" width="${width}" height="16" aria-hidden="true">${sign(at)}</svg><bdi>${label}</bdi></li>`,
  )}</ul>`;
}

function numbers(chart: Chart): Markup {
  const { series } = chart;
  const rows =
    chart.type === 'bars'
      ? chart.bars.map(({ label, values }) => ({ name: label, values }))
      : chart.points.map(({ time, values }) => ({ name: day(time), values }));
  return markup`<details><summary>The numbers</summary><div class="scroll"><table><thead><tr><th scope="col">${
    chart.type === 'bars' ? '' : 'Day'
  }</th>${series.map(
    ({ label }) => markup`<th scope="col" class="number"><bdi>${label}</bdi></th>`,
  )}</tr></thead><tbody>${rows.map(
    ({ name, values }) =>
      markup`<tr><th scope="row"><bdi>${name}</bdi></th>${series.map(
        (_, at) => markup`<td class="number">${number(values[at] ?? 0)}</td>`,
      )}</tr>`,
  )}</tbody></table></div></details>`;
}
