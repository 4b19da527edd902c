/**
 * Paths inside a resource: keys joined by dots, list positions in brackets (`config.ingress[0].cidr_blocks`).
 * A key that holds a dot, a bracket or a quote stands quoted in brackets: `tags["cost.center"]`.
 */

const PLAIN_KEY = /^[^.[\]"]+$/;

/** Appends one key or list position to a path. */
export function joinPath(base: string, key: string | number): string {
  if (typeof key === 'number') return `${base}[${key}]`;
  if (!PLAIN_KEY.test(key)) return `${base}[${JSON.stringify(key)}]`;
  return base === '' ? key : `${base}.${key}`;
}

/** Splits a path into its keys; list positions come as numbers. Never throws: an odd rest becomes one key. */
export function splitPath(path: string): (string | number)[] {
  const keys: (string | number)[] = [];
  const pattern = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g;
  for (const [, index, quoted, plain] of path.matchAll(pattern)) {
    if (index !== undefined) keys.push(Number(index));
    else if (quoted !== undefined) keys.push(String(JSON.parse(quoted)));
    else if (plain !== undefined) keys.push(plain);
  }
  return keys;
}

/** True when one path is the other or an ancestor of it: what is said of one touches the other. */
export function overlaps(a: string, b: string): boolean {
  return keysOverlap(splitPath(a), splitPath(b));
}

/** As `overlaps`, for paths that are split already: splitting is most of the work where many are compared. */
export function keysOverlap(
  a: readonly (string | number)[],
  b: readonly (string | number)[],
): boolean {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The value at a path inside plain data, or `undefined`. Own members only, so `__proto__` finds nothing. */
export function valueAt(root: unknown, keys: readonly (string | number)[]): unknown {
  let current = root;
  for (const key of keys) {
    if (current === null || typeof current !== 'object' || !Object.hasOwn(current, key))
      return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}
