import { splitPath } from '../../kit/paths.ts';
import { isRecord } from '../../kit/record.ts';

/**
 * How restatements read what a cloud answered. Nothing here throws, whatever stands there, and everything answers
 * `undefined` for what was not told: in `told` that leaves the attribute out, which means unknown. Null says: known to be absent.
 */

/** A text longer than this is not parsed; the longest policy a cloud takes is a tenth of it. */
const LONGEST = 262_144;

/**
 * Whatever stands at a path, `[0]` for a list's first element; null where the cloud says null. The exact name is looked for
 * first, then the same name in any case: AWS Config spells one service's names in several ways (`dBInstanceIdentifier`,
 * `DBInstanceIdentifier`), and Azure promises no case.
 */
export function at(root: unknown, path: string): unknown {
  let current = root;
  for (const key of keysOf(path)) current = memberOf(current, key);
  return current;
}

/** The paths that restatements read are literals of the catalogue, so this holds a few hundred entries at most. */
const SPLIT = new Map<string, readonly (string | number)[]>();

function keysOf(path: string): readonly (string | number)[] {
  let keys = SPLIT.get(path);
  if (keys === undefined) {
    keys = splitPath(path);
    SPLIT.set(path, keys);
  }
  return keys;
}

function memberOf(data: unknown, key: string | number): unknown {
  if (Array.isArray(data)) return typeof key === 'number' ? (data[key] as unknown) : undefined;
  if (!isRecord(data)) return undefined;
  const name = String(key);
  if (Object.hasOwn(data, name)) return data[name];
  const found = namesOf(data).get(name.toLowerCase());
  return found === undefined ? undefined : data[found];
}

/** Most names that are looked for are not there: an object is spelt in small letters once for all that are looked for in a row. */
let last: { readonly data: object; readonly names: ReadonlyMap<string, string> } | undefined;

/** The first of several that differ in nothing but case. */
function namesOf(data: object): ReadonlyMap<string, string> {
  if (last?.data === data) return last.names;
  const names = new Map<string, string>();
  for (const own of Object.keys(data)) {
    const small = own.toLowerCase();
    if (!names.has(small)) names.set(small, own);
  }
  last = { data, names };
  return names;
}

/** Text; numbers and booleans are spelled out. */
export function text(root: unknown, path: string): string | undefined {
  const value = at(root, path);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A switch; also one that is written as text, in any case. */
export function flag(root: unknown, path: string): boolean | undefined {
  const value = at(root, path);
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** A number; also one that is written as text. */
export function number(root: unknown, path: string): number | undefined {
  const value = at(root, path);
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** A list; undefined where there is none. A single object counts as a list of one, null as an empty one. */
export function list(root: unknown, path: string): readonly unknown[] | undefined {
  const value = at(root, path);
  if (Array.isArray(value)) return value as readonly unknown[];
  if (value === null) return [];
  return isRecord(value) ? [value] : undefined;
}

/** As `list`; what is no object is left out. */
export function objects(
  root: unknown,
  path: string,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  return list(root, path)?.filter(isRecord);
}

/** As `list`; what is no text is left out. */
export function texts(root: unknown, path: string): readonly string[] | undefined {
  return list(root, path)?.filter((one) => typeof one === 'string');
}

/** An object, or undefined. */
export function object(root: unknown, path: string): Readonly<Record<string, unknown>> | undefined {
  const value = at(root, path);
  return isRecord(value) ? value : undefined;
}

/** True when something stands at the path, be it null. */
export function has(root: unknown, path: string): boolean {
  return at(root, path) !== undefined;
}

/** What is not told is absent: for a name that the cloud leaves out of a whole answer when there is nothing to say. */
export function orNone<T>(value: T | undefined): T | null {
  return value ?? null;
}

/** A known value put through a function; what was not told stays so. */
export function given<T, U>(value: T | undefined, change: (value: T) => U): U | undefined {
  return value === undefined ? undefined : change(value);
}

/** Only what is told: a name without a value is left out, and so is unknown. */
export function told(
  attributes: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const known: Record<string, unknown> = {};
  for (const name of Object.keys(attributes))
    if (attributes[name] !== undefined) known[name] = attributes[name];
  return known;
}

/**
 * JSON inside a text, more than once encoded if need be, and URL-encoded as IAM answers policies; what is data already, as it
 * is. Undefined for a text that is no JSON.
 */
export function json(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.length > LONGEST) return undefined;
  const inner = parsed(value) ?? parsed(decoded(value));
  return typeof inner === 'string' ? json(inner) : inner;
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
