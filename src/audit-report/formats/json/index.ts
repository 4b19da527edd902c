import { bytesOf } from '../../chunks.ts';
import { inertJson } from '../../inert/text.ts';
import { headOf, REPORT_KIND_IDS, rowObject } from '../../report.ts';
import type { AuditReport, ReportFormat, Table } from '../../report.ts';

/** Everything, for programs. Each row has a line of its own, so that it can be read without holding the whole. */
export const json = {
  id: 'json',
  title: 'JSON, all tables',
  mediaType: 'application/json; charset=utf-8',
  extension: 'json',
  kinds: REPORT_KIND_IDS,
  evidence: 'member',
  write: (report) => bytesOf(text(report)),
} as const satisfies ReportFormat;

async function* text(report: AuditReport): AsyncGenerator<string> {
  yield `{\n"format": "portcullis-report/1",\n`;
  for (const [name, value] of Object.entries(headOf(report)))
    yield `${inertJson(name)}: ${inertJson(value)},\n`;
  yield '"tables": [';
  for (const [at, table] of report.tables.entries()) {
    yield at === 0 ? '\n' : ',\n';
    yield* tableText(table);
  }
  yield '\n]\n}\n';
}

async function* tableText(table: Table): AsyncGenerator<string> {
  const { id, title, columns } = table;
  const named = columns.map(({ id: name, title: shown, type }) => ({
    id: name,
    title: shown,
    type,
  }));
  yield `{"id": ${inertJson(id)}, "title": ${inertJson(title)}, "columns": ${inertJson(named)}, "rows": [`;
  let between = '\n';
  for await (const row of table.rows()) {
    yield between + inertJson(rowObject(table, row));
    between = ',\n';
  }
  yield '\n]}';
}
