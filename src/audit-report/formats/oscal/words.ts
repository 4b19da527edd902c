import { inertLine } from '../../inert/text.ts';

const MOST_LETTERS = 2000;

/** A value of a property: one line that begins and ends with something seen. */
export function plain(text: string): string {
  const line = inertLine(text).trim().slice(0, MOST_LETTERS).toWellFormed().trim();
  return line === '' ? '-' : line;
}

/**
 * Text where OSCAL reads Markdown (`markup-line`, `markup-multiline`), so that it is read as it was written. Underscores
 * and hyphens inside of words are no markup, and stay.
 */
export function marked(text: string): string {
  return plain(text)
    .replace(/[\\`*[\]<>&~$|{}!#]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-+=]/, '\\$&');
}

/** An id of a control as NIST's catalogues spell them, `ac-2.1` for `AC-2(1)`; a token whatever it was. */
export function controlId(control: string): string {
  const words = inertLine(control)
    .toLowerCase()
    .replace(/\((\d+)\)/g, '.$1')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return /^[\p{L}_]/u.test(words) ? words : `control-${words === '' ? 'unnamed' : words}`;
}

/** RFC 3339 with a zone, which OSCAL asks for; what is no time becomes that of the report. */
export function stampOf(time: string, otherwise: string): string {
  const milliseconds = Date.parse(time);
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : otherwise;
}
