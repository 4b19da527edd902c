import { bytesOf } from '../../chunks.ts';
import { inertJson } from '../../inert/text.ts';
import { headOf, REPORT_KIND_IDS, rowObject } from '../../report.ts';
import type { AuditReport, ReportFormat } from '../../report.ts';

/** A line for the report, one for each row of each table, and one that says how many there were: without it, it is not whole. */
export const ndjson = {
  id: 'ndjson',
  title: 'NDJSON, all tables, a line each row',
  mediaType: 'application/x-ndjson; charset=utf-8',
  extension: 'ndjson',
  kinds: REPORT_KIND_IDS,
  evidence: 'trailer',
  around: ['{"line":"evidence","evidence":', '}'],
  write: (report) => bytesOf(lines(report)),
} as const satisfies ReportFormat;

async function* lines(report: AuditReport): AsyncGenerator<string> {
  yield line({ line: 'report', format: 'portcullis-report/1', ...headOf(report) });
  let rows = 0;
  for (const table of report.tables) {
    for await (const row of table.rows()) {
      rows += 1;
      yield line({ line: 'row', table: table.id, ...rowObject(table, row) });
    }
  }
  yield line({ line: 'end', rows });
}

function line(value: unknown): string {
  return `${inertJson(value)}\n`;
}
