import writeExcelFile from 'write-excel-file/node';
import type { Cell as SheetCell, Row as SheetRow, Sheet } from 'write-excel-file/node';

import { inertSheetText } from '../../inert/sheet.ts';
import { REPORT_KIND_IDS } from '../../report.ts';
import type { AuditReport, Cell, OnCut, ReportFormat, Table } from '../../report.ts';
import { VERIFY_BESIDE } from '../../verify-words.ts';

/** The library holds a workbook whole until it is written; beyond this it would need more memory than a gate has to give. */
const MOST_ROWS = 50_000;

/** A workbook: a sheet about the report, and one for each table. Cells are typed, and none is a formula. */
export const xlsx = {
  id: 'xlsx',
  title: 'Excel workbook, all tables (the first 50,000 rows)',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  extension: 'xlsx',
  kinds: REPORT_KIND_IDS,
  evidence: 'beside',
  write,
} as const satisfies ReportFormat;

async function* write(report: AuditReport, onCut: OnCut): AsyncGenerator<Uint8Array> {
  let left = MOST_ROWS;
  const cuts: string[] = [];
  const sheets: Sheet<Buffer>[] = [];
  for (const table of report.tables) {
    const { rows, whole } = await taken(table, left);
    left -= rows.length;
    const cut = whole ? undefined : cutOf(table, rows.length);
    if (cut !== undefined) cuts.push(cut);
    sheets.push(sheetOf(table, cut === undefined ? rows : between(cut, rows)));
  }
  for (const cut of cuts) onCut(cut);
  yield await writeExcelFile([about(report, cuts), ...sheets]).toBuffer();
}

/** Said where somebody who looks at the sheet alone cannot miss it: above the first row and below the last. */
function between(cut: string, rows: readonly SheetRow[]): SheetRow[] {
  const said = [bold(`NOT EVERYTHING IS HERE. ${cut}`)];
  return [said, ...rows, said];
}

function cutOf({ id }: Table, rows: number): string {
  return `The sheet "${id}" holds the first ${rows} rows of more, for a workbook takes ${MOST_ROWS} in all. The CSV, JSON and NDJSON forms of this report have all rows.`;
}

/** The rows that there is room for. The rest is not read: only a table that has one more is cut. */
async function taken(table: Table, most: number) {
  const rows: SheetRow[] = [];
  for await (const { cells } of table.rows()) {
    if (rows.length >= most) return { rows, whole: false };
    rows.push(cells.map(cellOf));
  }
  return { rows, whole: true };
}

function sheetOf({ id, columns, empty }: Table, rows: SheetRow[]): Sheet<Buffer> {
  const head: SheetRow = columns.map(({ title }) => bold(title));
  return {
    // Names of tables are ours: short, and of letters.
    sheet: id,
    data: [head, ...(rows.length === 0 ? [[cellOf(empty)]] : rows)],
    columns: columns.map(({ type, width = 1 }) => ({
      width: (type === 'number' ? 12 : 24) * width,
    })),
    stickyRowsCount: 1,
  };
}

function about(report: AuditReport, cuts: readonly string[]): Sheet<Buffer> {
  const { title, summary, madeAt, period, selection, version, figures, notes, log } = report;
  const pairs: [string, string | undefined][] = [
    ...cuts.map((cut): [string, string] => ['Cut', cut]),
    ['Summary', summary],
    ['From', period.since],
    ['Until', period.until],
    ...selection.map((one): [string, string] => ['Only', one]),
    ['Made at', madeAt],
    ['By', `Portcullis ${version}`],
    ...figures.map(({ label, value }): [string, string] => [label, value]),
    ...notes.map((note): [string, string] => ['Note', note]),
    ['Log', log?.origin],
    ...(log?.verifierKeys ?? []).map((key): [string, string] => ['Verifier key', key]),
    ['To verify', log && VERIFY_BESIDE],
  ];
  const known = pairs.flatMap(([name, value]) =>
    value === undefined ? [] : [[cellOf(name), cellOf(value)]],
  );
  return {
    sheet: 'about',
    data: [[bold(title)], ...known],
    columns: [{ width: 24 }, { width: 100 }],
  };
}

function cellOf(cell: Cell): SheetCell {
  if (cell === null) return null;
  return typeof cell === 'number'
    ? { value: cell, type: Number }
    : { value: inertSheetText(cell), type: String };
}

function bold(text: string): SheetCell {
  return { value: inertSheetText(text), type: String, fontWeight: 'bold' };
}
