import { assertNever } from '../../../kit/assert-never.ts';
import { bytesOf } from '../../chunks.ts';
import { inertMarkdown } from '../../inert/markdown.ts';
import { REPORT_KIND_IDS } from '../../report.ts';
import type { AuditReport, Cell, Chart, ReportFormat, Table } from '../../report.ts';
import { COMPARE_KEY, VERIFY_INSIDE } from '../../verify-words.ts';

/** All tables, and charts as tables, for wikis and pull requests. */
export const markdown = {
  id: 'markdown',
  title: 'Markdown (GitHub), all tables',
  mediaType: 'text/markdown; charset=utf-8; variant=GFM',
  extension: 'md',
  kinds: REPORT_KIND_IDS,
  evidence: 'trailer',
  write: (report) => bytesOf(text(report)),
} as const satisfies ReportFormat;

async function* text(report: AuditReport): AsyncGenerator<string> {
  const { title, summary, figures, charts, notes } = report;
  yield `# ${inertMarkdown(title)}\n\n${inertMarkdown(summary)}\n\n`;
  yield facts(report);
  for (const note of notes) yield `> ${inertMarkdown(note)}\n\n`;
  if (figures.length > 0)
    yield small(
      ['Figure', 'Value', ''],
      figures.map(({ label, value, detail }) => [label, value, detail ?? '']),
    );
  for (const chart of charts) yield `## ${inertMarkdown(chart.title)}\n\n${chartTable(chart)}`;
  for (const table of report.tables) yield* tableText(table);
  yield evidence(report);
}

function evidence({ log }: AuditReport): string {
  const keys = (log?.verifierKeys ?? []).map((key) => ['Verifier key', key]);
  const facts = log === undefined ? '' : small(['Evidence', ''], [['Log', log.origin], ...keys]);
  const said = log === undefined ? [VERIFY_INSIDE] : [VERIFY_INSIDE, COMPARE_KEY];
  return `## How to verify this report\n\n${inertMarkdown(said.join(' '))}\n\n${facts}`;
}

function facts({ madeAt, period, selection, version }: AuditReport): string {
  const { since, until } = period;
  return small(
    ['About', ''],
    [
      ...(since === undefined ? [] : [['From', since]]),
      ...(until === undefined ? [] : [['Until', until]]),
      ...selection.map((one) => ['Only', one]),
      ['Made at', madeAt],
      ['By', `Portcullis ${version}`],
    ],
  );
}

function chartTable(chart: Chart): string {
  const names = chart.series.map(({ label }) => label);
  switch (chart.type) {
    case 'bars':
      return small(
        [chart.unit, ...names],
        chart.bars.map(({ label, values }) => [label, ...values]),
      );
    case 'time':
      return small(
        [chart.unit, ...names],
        chart.points.map(({ time, values }) => [time, ...values]),
      );
    default:
      return assertNever(chart, 'chart');
  }
}

async function* tableText({ title, columns, rows, empty }: Table): AsyncGenerator<string> {
  yield `## ${inertMarkdown(title)}\n\n`;
  let none = true;
  for await (const { cells } of rows()) {
    if (none) yield head(columns.map((column) => column.title));
    none = false;
    yield row(cells);
  }
  yield none ? `${inertMarkdown(empty)}\n\n` : '\n';
}

function small(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `${head(titles)}${rows.map(row).join('')}\n`;
}

function head(titles: readonly string[]): string {
  return row(titles) + row(titles.map(() => '---')).replaceAll('&#45;', '-');
}

function row(cells: readonly Cell[]): string {
  return `| ${cells.map((cell) => inertMarkdown(String(cell ?? ''))).join(' | ')} |\n`;
}
