import { inertLine } from './text.ts';

/**
 * Text that no reader of Markdown or HTML takes for markup: no link, no image, no heading, no cell of a table, and no mention
 * that calls somebody.
 */
export function inertMarkdown(text: string): string {
  return inertLine(text).replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`);
}

/** Also what makes a link out of a bare address: the colon, and the dot of `www.` */
const MARKUP = /[\\`*_{}[\]<>()#+!|~@&^=$:"']|^\s*[-.\d]|(?<=www)\./giu;
