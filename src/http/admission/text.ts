/**
 * What moves a terminal's cursor, ends a header or turns text around: control characters, line and paragraph
 * separators, bidirectional marks. Names and labels in a message come from whoever wrote the manifest.
 */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** One line of text that is safe in a terminal and in a Warning header. */
export function printable(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, ' ').trim();
}

/** At most so many UTF-16 units, never half a character; what is cut ends in an ellipsis. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}…`;
}
