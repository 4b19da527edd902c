/**
 * A quoted string of HCL. A tag's value is whatever a person typed: `${…}` and `%{…}` would be evaluated as code, quotes and
 * line breaks would end the string.
 */
export function hclString(text: string): string {
  const escaped = text
    .replace(/["\\]/g, (character) => `\\${character}`)
    .replace(/[\n\r\t]/g, (character) => SHORT[character] ?? character)
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    .replace(/[\u0000-\u001f\u007f]/g, unicode)
    // `$${` stands for `${`. After another `$` that reading would be ambiguous, so the sign is written by its number.
    .replace(/(\$+|%+)\{/g, (_, signs: string) =>
      signs.length === 1 ? `${signs}${signs}{` : `${signs.slice(1)}${unicode(signs.charAt(0))}{`,
    );
  return `"${escaped}"`;
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A map of strings as an attribute, keys aligned as `terraform fmt` does. */
export function hclMap(name: string, entries: Readonly<Record<string, string>>): string[] {
  const keys = Object.keys(entries).sort();
  const width = Math.max(0, ...keys.map((key) => hclString(key).length));
  return [
    `${name} = {`,
    ...keys.map((key) => `  ${hclString(key).padEnd(width)} = ${hclString(entries[key] ?? '')}`),
    '}',
  ];
}

/** A comment of one line, whatever is in it. */
export function hclComment(text: string): string {
  return `# ${text.replace(/\s+/g, ' ')}`;
}

/** A block with its lines indented. */
export function hclBlock(head: string, lines: readonly string[]): string[] {
  return [`${head} {`, ...lines.map((line) => (line === '' ? '' : `  ${line}`)), '}'];
}
