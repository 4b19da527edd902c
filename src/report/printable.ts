/**
 * Text of strangers made safe for a terminal or a log line: control characters (they move the cursor, recolour, or
 * forge lines) and direction marks (they reorder what is read) are shown as escapes.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Any JSON value on one line, cut at `most` characters. */
export function printableValue(value: unknown, most = 200): string {
  const text = printable(typeof value === 'string' ? value : JSON.stringify(value));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
