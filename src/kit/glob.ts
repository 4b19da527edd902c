/**
 * Globs over names and addresses: `*` is any run of characters, `?` is one; everything else stands for itself, so that
 * addresses with brackets, quotes and slashes need no escaping. Linear in practice and never worse than pattern x text,
 * which no regular expression made of a stranger's pattern could promise.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  return runs(pattern, text, false);
}

/** True when every text that the narrow glob matches is matched by the wide one too; false where that cannot be told. */
export function coversGlob(wide: string, narrow: string): boolean {
  return runs(wide, narrow, true);
}

/** @param isGlob the text is a glob itself: its `*` is any run of characters, which no `?` covers. */
function runs(pattern: string, text: string, isGlob: boolean): boolean {
  const isHere = (wanted: string | undefined, at: number): boolean =>
    wanted === text[at] || (wanted === '?' && !(isGlob && text[at] === '*'));
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.length && isHere(pattern[p], t)) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** True when one of the globs matches. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, text));
}
