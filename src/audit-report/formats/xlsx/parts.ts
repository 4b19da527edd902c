import { markup } from '../../markup.ts';
import type { Markup } from '../../markup.ts';

/** The parts of a workbook that hold no rows: ECMA-376, parts 1 (SpreadsheetML) and 2 (packages). */

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A sheet, in the order in which people see them. */
export interface NamedSheet {
  readonly name: string;
  /** In the folder of the sheets. */
  readonly file: string;
}

export const ROOT_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

/** Two formats of cells: ordinary and bold. Excel wants the two fills. */
export const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

export function workbookXml(sheets: readonly NamedSheet[]): string {
  const list = sheets.map(
    ({ name }, at) => markup`<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${joined(list)}</sheets></workbook>`;
}

export function workbookRelations(sheets: readonly NamedSheet[]): string {
  const list = sheets.map(
    ({ file }, at) =>
      markup`<Relationship Id="rId${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/${file}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${joined(list)}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`;
}

export function contentTypes(sheets: readonly NamedSheet[]): string {
  const list = sheets.map(
    ({ file }) =>
      markup`<Override PartName="/xl/worksheets/${file}" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${joined(list)}</Types>`;
}

function joined(list: readonly Markup[]): string {
  return list.map(({ written }) => written).join('');
}
