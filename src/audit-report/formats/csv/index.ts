import { stringify } from 'csv-stringify/sync';

import { bytesOf } from '../../chunks.ts';
import { inertFormula } from '../../inert/formula.ts';
import { inertLine } from '../../inert/text.ts';
import { mainTable, REPORT_KIND_IDS } from '../../report.ts';
import type { AuditReport, Cell, ReportFormat } from '../../report.ts';

/** One table: the rows of the report, without the summaries that can be made of them. */
export const csv = {
  id: 'csv',
  title: 'CSV (RFC 4180), the main table',
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  kinds: REPORT_KIND_IDS,
  evidence: 'beside',
  write: (report) => bytesOf(lines(report)),
} as const satisfies ReportFormat;

async function* lines(report: AuditReport): AsyncGenerator<string> {
  const table = mainTable(report);
  if (table === undefined) return;
  yield line(table.columns.map(({ id }) => id));
  for await (const { cells } of table.rows()) yield line(cells);
}

function line(cells: readonly Cell[]): string {
  return stringify([cells.map(written)], { record_delimiter: 'windows' });
}

function written(cell: Cell): string | number | null {
  return typeof cell === 'string' ? inertFormula(inertLine(cell)) : cell;
}
