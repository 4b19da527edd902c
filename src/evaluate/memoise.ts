/**
 * Computes once a position: a list is read and written several times faster than a map of numbers.
 *
 * @param compute never answers with `undefined`.
 */
export function memoiseAt<T extends object | number | boolean>(
  compute: (position: number) => T,
): (position: number) => T {
  const known: (T | undefined)[] = [];
  return (position) => {
    const found = known[position];
    if (found !== undefined) return found;
    while (known.length < position) known.push(undefined);
    return (known[position] = compute(position));
  };
}

/** Computes once a text. @param compute never answers with `undefined`. */
export function memoise<T extends object>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = compute(key);
    known.set(key, made);
    return made;
  };
}
