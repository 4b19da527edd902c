/**
 * Computes once a key. @param compute never answers with `undefined`.
 */
export function memoise<K, T extends object | number | boolean>(
  compute: (key: K) => T,
): (key: K) => T {
  const known = new Map<K, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = compute(key);
    known.set(key, made);
    return made;
  };
}
