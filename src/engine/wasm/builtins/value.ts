/**
 * Rego values as a builtin sees them. Integers are `bigint`, so that nothing is lost beyond 2^53; every other number keeps
 * its text, because OPA decides by the text how a number prints (`1.0` is not `1`).
 */
export type RegoValue =
  null | boolean | bigint | Decimal | string | readonly RegoValue[] | RegoObject | RegoSet;

export interface Decimal {
  readonly type: 'decimal';
  readonly text: string;
}

/** Keys are any value, sorted by OPA's order. */
export interface RegoObject {
  readonly type: 'object';
  readonly entries: readonly Entry[];
}

export type Entry = readonly [key: RegoValue, value: RegoValue];

/** Members are distinct, sorted by OPA's order. */
export interface RegoSet {
  readonly type: 'set';
  readonly members: readonly RegoValue[];
}

/** What a builtin refuses, and so the call is undefined, as OPA has it without strict builtin errors. */
export class BuiltinError extends Error {}

export function decimal(text: string): Decimal {
  return { type: 'decimal', text };
}

/** Sorts by key; of equal keys the last one stays. */
export function object(entries: readonly Entry[]): RegoObject {
  const sorted = entries.map((entry, at) => ({ entry, at }));
  sorted.sort((a, b) => compare(a.entry[0], b.entry[0]) || a.at - b.at);
  const kept = sorted.filter(({ entry }, i) => {
    const next = sorted[i + 1];
    return next === undefined || compare(entry[0], next.entry[0]) !== 0;
  });
  return { type: 'object', entries: kept.map(({ entry }) => entry) };
}

export function set(values: readonly RegoValue[]): RegoSet {
  const sorted = [...values].sort(compare);
  const members = sorted.filter((value, i) => {
    const before = sorted[i - 1];
    return before === undefined || compare(before, value) !== 0;
  });
  return { type: 'set', members };
}

/** The value under a key of an object, or `undefined`. */
export function member(from: RegoObject, key: RegoValue): RegoValue | undefined {
  return from.entries.find(([name]) => compare(name, key) === 0)?.[1];
}

export function isArray(value: RegoValue): value is readonly RegoValue[] {
  return Array.isArray(value);
}

export type TypeName = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'set';

/** The name of a value's type, as `type_name` answers. */
export function typeName(value: RegoValue): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'bigint') return 'number';
  if (typeof value === 'string') return 'string';
  if (isArray(value)) return 'array';
  return value.type === 'decimal' ? 'number' : value.type;
}

const ORDER: Readonly<Record<TypeName, number>> = {
  null: 0,
  boolean: 1,
  number: 2,
  string: 3,
  array: 4,
  object: 5,
  set: 6,
};

/** OPA's total order over values: by type, then by value. Negative, zero or positive. */
export function compare(a: RegoValue, b: RegoValue): number {
  const byType = ORDER[typeName(a)] - ORDER[typeName(b)];
  if (byType !== 0) return byType;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (isComposite(a) && isComposite(b)) return compareComposite(a, b);
  return a === null || b === null ? 0 : compareNumbers(a, b);
}

type Composite = readonly RegoValue[] | RegoObject | RegoSet;

function isComposite(value: RegoValue): value is Composite {
  return (
    value !== null && typeof value === 'object' && (isArray(value) || value.type !== 'decimal')
  );
}

/** Both are of the same type. */
function compareComposite(a: Composite, b: Composite): number {
  if (isArray(a)) return isArray(b) ? compareLists(a, b) : 0;
  if (isArray(b)) return 0;
  if (a.type === 'set') return b.type === 'set' ? compareLists(a.members, b.members) : 0;
  return b.type === 'object' ? compareObjects(a, b) : 0;
}

function compareNumbers(a: RegoValue, b: RegoValue): number {
  const [x, y] = [comparable(a), comparable(b)];
  if (x === y) return 0;
  // JavaScript compares a bigint with a number exactly.
  return x < y ? -1 : x > y ? 1 : 0;
}

function comparable(value: RegoValue): bigint | number {
  return typeof value === 'bigint' ? value : toNumber(value);
}

function compareLists(a: readonly RegoValue[], b: readonly RegoValue[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i];
    if (right === undefined) return 1;
    const order = compare(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** OPA compares pair by pair: the keys first, then the values under equal keys. */
function compareObjects(a: RegoObject, b: RegoObject): number {
  for (const [i, [key, value]] of a.entries.entries()) {
    const other = b.entries[i];
    if (other === undefined) return 1;
    const order = compare(key, other[0]) || compare(value, other[1]);
    if (order !== 0) return order;
  }
  return a.entries.length - b.entries.length;
}

/** Go orders strings by UTF-8 bytes, which is the order of code points, not of UTF-16 units. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** A number as JavaScript's double. @throws BuiltinError for anything else. */
export function toNumber(value: RegoValue): number {
  if (typeof value === 'bigint') return Number(value);
  if (value !== null && typeof value === 'object' && !isArray(value) && value.type === 'decimal') {
    return Number(value.text);
  }
  throw new BuiltinError(`a ${typeName(value)} is not a number`);
}
