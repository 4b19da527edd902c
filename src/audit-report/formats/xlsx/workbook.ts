import type { AuditReport, Table } from '../../report.ts';
import { aboutRows } from './about.ts';
import { contentTypes, ROOT_RELATIONS, STYLES, workbookRelations, workbookXml } from './parts.ts';
import type { NamedSheet } from './parts.ts';
import { EXCEL, FROZEN, SHEET_END, sheetBegin, sheetWriter } from './sheet.ts';
import type { SheetLimits, SheetWriter } from './sheet.ts';
import type { Begin, Part } from './zip.ts';

/**
 * The files of a workbook, in the order in which they are known: sheets as their rows are read, then the one about the report,
 * which people see first, and last what lists them.
 *
 * @param limits of one sheet; a table with more goes on in another one.
 */
export async function* workbook(
  report: AuditReport,
  limits: SheetLimits = EXCEL,
): AsyncGenerator<Part> {
  const sheets: NamedSheet[] = [];
  const begin = (name: string): Begin => {
    const file = `sheet${sheets.length + 1}.xml`;
    sheets.push({ name, file });
    return { file: `xl/worksheets/${file}` };
  };
  yield* file('_rels/.rels', ROOT_RELATIONS);
  yield* file('xl/styles.xml', STYLES);
  const further: string[] = [];
  for (const table of report.tables) {
    const before = sheets.length;
    yield* tableSheets(table, begin, limits);
    further.push(...furtherSaid(table, sheets.length - before));
  }
  yield* aboutSheet(report, begin, further);
  const seen = [...sheets.slice(-1), ...sheets.slice(0, -1)];
  yield* file('xl/workbook.xml', workbookXml(seen));
  yield* file('xl/_rels/workbook.xml.rels', workbookRelations(seen));
  yield* file('[Content_Types].xml', contentTypes(seen));
}

function* file(name: string, content: string): Generator<Part> {
  yield { file: name };
  yield content;
}

async function* tableSheets(
  table: Table,
  begin: (name: string) => Begin,
  limits: SheetLimits,
): AsyncGenerator<Part> {
  let [count, rows] = [1, 0];
  let sheet = sheetWriter(table.columns.length, limits);
  yield begin(nameOf(table, count));
  yield tableHead(table, sheet);
  for await (const { cells } of table.rows()) {
    if (sheet.full()) {
      count += 1;
      yield sheet.bold([`This table goes on in the sheet "${nameOf(table, count)}".`]) + SHEET_END;
      sheet = sheetWriter(table.columns.length, limits);
      yield begin(nameOf(table, count));
      yield tableHead(table, sheet);
    }
    rows += 1;
    yield sheet.row(cells);
  }
  if (rows === 0) yield sheet.row([table.empty]);
  yield SHEET_END;
}

function tableHead({ columns }: Table, sheet: SheetWriter): string {
  const widths = columns.map(({ type, width = 1 }) => (type === 'number' ? 12 : 24) * width);
  return sheetBegin(widths, FROZEN) + sheet.bold(columns.map(({ title }) => title));
}

/** Names of tables are ours: short, and of letters. */
function nameOf({ id }: Table, count: number): string {
  return count === 1 ? id : `${id} (${count})`;
}

function furtherSaid(table: Table, count: number): string[] {
  if (count === 1) return [];
  const [second, last] = [nameOf(table, 2), nameOf(table, count)];
  const where = count === 2 ? `sheet "${second}"` : `sheets "${second}" to "${last}"`;
  return [`"${table.id}" has more rows than one sheet takes, and goes on in the ${where}.`];
}

/** Of a name and of what is said. */
const ABOUT_WIDTHS = [24, 100];

function* aboutSheet(
  report: AuditReport,
  begin: (name: string) => Begin,
  further: readonly string[],
): Generator<Part> {
  const sheet = sheetWriter(ABOUT_WIDTHS.length, EXCEL);
  yield begin('about');
  yield sheetBegin(ABOUT_WIDTHS) + sheet.bold([report.title]);
  for (const row of aboutRows(report, further)) yield sheet.row(row);
  yield SHEET_END;
}
