import { printable } from '../../report/printable.ts';

/**
 * Text of strangers for one line of a document: lines are joined, and what moves a cursor, forges a line or turns the
 * direction of reading is shown as an escape. Every format that has no quoting of its own starts from this.
 */
export function inertLine(text: string): string {
  return printable(text.toWellFormed().replace(/\r?\n/g, ' '));
}

/**
 * Any JSON value as JSON text on one line that is harmless to look at and to embed: the same value when it is parsed, and
 * nothing in it that a terminal, a browser or a reader's eye could take for more than text.
 *
 * @throws TypeError for what JSON cannot hold.
 */
export function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSEEN, escapeUnits);
}

/** As `inertJson`, of plain ASCII and without `-`, `<` and `>`: it can stand in a comment of any language. */
export function commentJson(value: unknown): string {
  // JSON has a hyphen outside of texts in negative numbers alone, and those are no part of what is written this way.
  return JSON.stringify(value).replace(/[^\u0020-\u007e]|[-<>&]/gu, escapeUnits);
}

/** Also what begins markup: a JSON text is often put into a page. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>&]/gu;

function escapeUnits(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}
