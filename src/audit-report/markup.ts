import { inertLine } from './inert/text.ts';

/** Text that is markup already: only `markup` makes it. */
export interface Markup {
  readonly written: string;
}

/** What may stand in a hole of a template: texts and numbers are text there, whatever they hold. */
export type Inserted = string | number | Markup | readonly Markup[];

/**
 * HTML or SVG with holes. Everything put into one is escaped unless it is markup itself, so that forgetting to escape is not
 * possible; what moves a cursor or turns the direction of reading is shown as an escape.
 */
export function markup(parts: TemplateStringsArray, ...inserted: readonly Inserted[]): Markup {
  return {
    written: parts
      .map((part, at) => part + (at < inserted.length ? fill(inserted[at]) : ''))
      .join(''),
  };
}

/** No markup at all, where something is left out. */
export const NOTHING: Markup = { written: '' };

function fill(value: Inserted = ''): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return PLAIN.test(value) ? value : escape(inertLine(value));
  return 'written' in value ? value.written : value.map(({ written }) => written).join('');
}

/** Most texts are this, and millions of them are written. */
const PLAIN = /^[\w ./:,()-]*$/;

function escape(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
      // XML has no place for these two, however they are written.
      .replace(/[\ufffe\uffff]/g, '\ufffd')
  );
}
