import { inertLine } from './text.ts';

/** What a cell of a workbook holds at the most (ECMA-376, and Excel's own limit). */
const MOST = 32_767;

/** Most texts are this, and millions of them are written: ASCII that is seen, without the beginning of an escape. */
const ORDINARY = /^(?:[ -^`-~]|_(?!x))*$/i;

/**
 * Text for a cell of an Open XML workbook, which is typed as text and so is never calculated with. XML has no form for some
 * characters; and `_x000D_` in it is read as the character of that number, so what only looks like that is escaped.
 */
export function inertSheetText(text: string): string {
  if (text.length <= MOST && ORDINARY.test(text)) return text;
  const safe = inertLine(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
  return safe.length > MOST ? `${safe.slice(0, MOST - 1).toWellFormed()}…` : safe;
}
