import { draw, isEmpty } from '../../charts/draw.ts';
import { colourOf, LIGHT, paintRules } from '../../charts/palette.ts';
import { figureValue, number } from '../../charts/scale.ts';
import { described, fitted } from '../../charts/words.ts';
import { leftSaid, narrowed } from '../../narrow.ts';
import type { NarrowTable } from '../../narrow.ts';
import { REPORT_KINDS } from '../../report.ts';
import type { AuditReport, Cell, Chart, Column, OnCut, Row } from '../../report.ts';
import { COMPARE_KEY, VERIFY_BESIDE } from '../../verify-words.ts';
import { onPaper, untilBreakable, utc } from './text.ts';

/** Sheets that somebody may still leaf through; what is longer is for a spreadsheet. */
const MOST_ROWS = 2_000;
/** Cells of one table: typesetting takes time by the cell. */
const MOST_CELLS = 20_000;
/** More columns than this do not fit an upright sheet. */
const UPRIGHT_COLUMNS = 7;

/** A report as the template takes it: texts and numbers, nothing that is typesetting. */
export type Content = Awaited<ReturnType<typeof contentOf>>;

export async function contentOf(report: AuditReport, onCut: OnCut) {
  const { title, summary, selection, figures, notes, charts, version } = report;
  const tables = [];
  for (const table of report.tables) tables.push(await tableContent(narrowed(table), onCut));
  return {
    title: onPaper(title),
    running: fitted(onPaper(title), 90),
    kind: REPORT_KINDS[report.kind],
    summary: onPaper(summary),
    facts: [
      ['Made', utc(report.madeAt)],
      ['Period', period(report)],
      ['Covers', selection.length === 0 ? 'everything' : onPaper(selection.join(', '))],
      ['Made by', onPaper(`Portcullis ${version}`)],
    ],
    figures: figures.map(({ label, value, tone, detail }) => ({
      label: untilBreakable(onPaper(label)),
      value: untilBreakable(onPaper(figureValue(value))),
      tone,
      detail: untilBreakable(onPaper(detail ?? '')),
    })),
    notes: notes.map(onPaper),
    charts: charts.filter((chart) => !isEmpty(chart)).map(chartContent),
    tables,
    evidence: evidenceContent(report.log),
  };
}

function evidenceContent(log: AuditReport['log']) {
  const keys = (log?.verifierKeys ?? []).map((key): [string, string] => ['Verifier key', key]);
  const facts: [string, string][] = log === undefined ? [] : [['Log', log.origin], ...keys];
  return {
    title: 'How to verify this report',
    said: log === undefined ? VERIFY_BESIDE : `${VERIFY_BESIDE} ${COMPARE_KEY}`,
    facts: facts.map(([name, value]) => [name, untilBreakable(onPaper(value))]),
  };
}

function period({ period: { since, until } }: AuditReport): string {
  if (since === undefined && until === undefined) return 'the state at that moment';
  return `${since === undefined ? 'the beginning' : utc(since)} to ${until === undefined ? 'that moment' : utc(until)}`;
}

function chartContent(chart: Chart) {
  return {
    title: onPaper(chart.title),
    unit: onPaper(chart.unit),
    alternative: onPaper(`${chart.title}. ${described(chart)}`),
    picture: pictureOf(chart),
    legend: chart.series.map(({ label }, at) => ({
      label: onPaper(label),
      colour: colourOf(LIGHT, chart.series, at),
    })),
  };
}

const RULES = `${paintRules(LIGHT)}text{font-family:"Libertinus Serif";font-size:15px}.grid{stroke:#dde3ea;stroke-width:1}.tick{fill:#5a6676;font-size:14px}.name,.total{fill:#182230}`;

function pictureOf(chart: Chart): string {
  const { width, height, inside } = draw(chart);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><style>${RULES}</style>${inside.written}</svg>`;
}

async function tableContent(table: NarrowTable, onCut: OnCut) {
  const { columns } = table;
  const most = Math.min(MOST_ROWS, Math.floor(MOST_CELLS / columns.length));
  const rows: string[][] = [];
  let all = 0;
  // Tables quote the ledger in every row or in none; the first one decides about the column.
  let quoting = false;
  for await (const row of table.rows()) {
    if (all === 0) quoting = row.quotes !== undefined;
    all += 1;
    if (rows.length < most) rows.push([...lineOf(columns, row), ...recordOf(row, quoting)]);
  }
  if (rows.length < all) onCut(`${table.id}: ${countSaid(rows.length, all)}`);
  return {
    title: onPaper(table.title),
    // A sheet of its own for the word that there is nothing would be an empty one.
    wide: rows.length > 0 && columns.length > UPRIGHT_COLUMNS,
    columns: [...columns.map(columnContent), ...(quoting ? [RECORD] : [])],
    rows,
    said: all === 0 ? onPaper(table.empty) : `${countSaid(rows.length, all)}${leftSaid(table)}`,
  };
}

function columnContent({ title, type, width = 1 }: Column) {
  return {
    title: onPaper(type === 'time' ? `${title} (UTC)` : title),
    type,
    width: type === 'number' ? width * 0.6 : width,
  };
}

/** The record of the ledger that a row quotes. */
const RECORD: ReturnType<typeof columnContent> = { title: 'Record', type: 'number', width: 0.6 };

function recordOf({ quotes }: Row, quoting: boolean): string[] {
  return quoting ? [quotes === undefined ? '' : `#${quotes}`] : [];
}

function countSaid(shown: number, all: number): string {
  if (shown === all) return all === 1 ? '1 row.' : `${number(all)} rows.`;
  return `The first ${number(shown)} of ${number(all)} rows: more than paper bears. All rows are in the XLSX, JSON, NDJSON and HTML forms of this report.`;
}

function lineOf(columns: readonly Column[], { cells }: Row): string[] {
  return columns.map((column, at) => cellText(column, cells[at] ?? null));
}

function cellText({ type }: Column, cell: Cell): string {
  if (cell === null || cell === '') return '–';
  if (typeof cell === 'number') return number(cell);
  return type === 'time' ? utc(cell).replace(/ UTC$/, '') : untilBreakable(onPaper(cell));
}
