const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];

/**
 * True when a member stands twice in an object of this JSON: of two values readers see one or the other, and only the last
 * was verified. Fewer members come out of a parser then than colons went in.
 *
 * @param value what the text says.
 */
export function saysTwice(text: string, value: unknown): boolean {
  return membersOf(value) < colonsOf(text);
}

function colonsOf(text: string): number {
  let [colons, quoted] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (quoted && unit === BACKSLASH) at += 1;
    else if (unit === QUOTE) quoted = !quoted;
    else if (!quoted && unit === COLON) colons += 1;
  }
  return colons;
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, member) => sum + membersOf(member), own);
}
