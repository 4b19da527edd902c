/** Letters, marks, numbers, punctuation, symbols and the ASCII space: what Go's strconv.IsPrint lets stand. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

const SHORT: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** Go's strconv.Quote, or QuoteToASCII. */
export function quote(text: string, asciiOnly = false): string {
  return `"${Array.from(text)
    .map((character) => escape(character, '"', asciiOnly))
    .join('')}"`;
}

/** Go's strconv.QuoteRune, or QuoteRuneToASCII. */
export function quoteRune(character: string, asciiOnly = false): string {
  return `'${escape(character, "'", asciiOnly)}'`;
}

/** Go's strconv.CanBackquote: on one line, no backquote, no control characters other than tab. */
export function canBackquote(text: string): boolean {
  return !Array.from(text).some(
    (character) => character !== '\t' && /[\p{Cc}`\ufeff]/u.test(character),
  );
}

function escape(character: string, delimiter: string, asciiOnly: boolean): string {
  if (character === delimiter) return `\\${character}`;
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (PRINTABLE.test(character) && (!asciiOnly || code < 0x80)) return character;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}
