/** The letters that a compiler says it cannot show: "the text `"…"` could not be displayed with font …". */
export function lettersRefused(said: string): ReadonlySet<string> {
  const named = [
    ...said.matchAll(/`\\?"(.+?)\\?"` could not be displayed|codepoint `\\?"(.+?)\\?"`/gu),
  ];
  const letters = named.flatMap(([, shown = '', point = '']) => [...lettersOf(shown + point)]);
  // Escapes are of ASCII, so that each round has fewer letters than the one before it.
  return new Set(letters.filter((letter) => !ASCII.test(letter)));
}

/** Rust shows what it holds for unprintable as `\u{…}`, and doubles its backslashes inside of another text. */
function lettersOf(shown: string): Iterable<string> {
  return shown.replace(/\\+u\{([0-9a-f]{1,6})\}/gu, (_, hex: string) =>
    String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(hex, 16))),
  );
}

/** The same JSON with these letters as escapes that are read as text. */
export function withoutLetters(json: string, which: ReadonlySet<string> | 'all but ASCII'): string {
  return json.replace(/[^ -~]/gu, (letter) => {
    if (which !== 'all but ASCII' && !which.has(letter)) return letter;
    return `\\\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

const ASCII = /^[ -~]$/;
