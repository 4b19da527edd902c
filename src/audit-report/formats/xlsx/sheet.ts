import { inertSheetText } from '../../inert/sheet.ts';
import type { Cell } from '../../report.ts';

/** What one sheet takes before another one has to go on. */
export interface SheetLimits {
  readonly rows: number;
  /** Of XML. Beyond 4 GiB an archive needs a form that Excel does not read everywhere. */
  readonly bytes: number;
}

/** Excel's own limit, and one of archives with room for a last row. */
export const EXCEL: SheetLimits = { rows: 1_048_576, bytes: 4_000_000_000 };

/** The XML of one sheet, row by row. */
export interface SheetWriter {
  readonly row: (cells: readonly Cell[]) => string;
  readonly bold: (cells: readonly string[]) => string;
  /** Whether there is room for no more than one row, which says where it goes on. */
  readonly full: () => boolean;
}

/** The first row stays where it is while the others are scrolled. */
export const FROZEN =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

/** @param widths of its columns, in characters. */
export function sheetBegin(widths: readonly number[], views = ''): string {
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${views}<cols>${columns.join('')}</cols><sheetData>`;
}

export const SHEET_END = '</sheetData></worksheet>';

export function sheetWriter(columns: number, { rows, bytes }: SheetLimits): SheetWriter {
  const letters = Array.from({ length: columns }, (_, at) => lettersOf(at));
  let [last, size] = [0, 0];
  const row = (cells: readonly Cell[], style: string): string => {
    last += 1;
    const written = cells.map((cell, at) => cellXml(cell, `${letters[at]}${last}`, style));
    const xml = `<row r="${last}">${written.join('')}</row>`;
    size += Buffer.byteLength(xml);
    return xml;
  };
  return {
    row: (cells) => row(cells, ''),
    bold: (cells) => row(cells, BOLD),
    full: () => last >= rows - 1 || size >= bytes,
  };
}

/** By the second of the formats in the styles. */
const BOLD = ' s="1"';

/** Its type says what it is, so that no text is ever calculated with. */
function cellXml(cell: Cell, place: string, style: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number' && Number.isFinite(cell))
    return `<c r="${place}"${style}><v>${cell}</v></c>`;
  const text = sheetText(String(cell));
  const space = text.trim() === text ? '' : ' xml:space="preserve"';
  return `<c r="${place}"${style} t="inlineStr"><is><t${space}>${text}</t></is></c>`;
}

function sheetText(text: string): string {
  return inertSheetText(text).replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** 0 -> `A`, 25 -> `Z`, 26 -> `AA`. */
function lettersOf(at: number): string {
  const before = at < 26 ? '' : lettersOf(Math.floor(at / 26) - 1);
  return `${before}${String.fromCharCode(65 + (at % 26))}`;
}
