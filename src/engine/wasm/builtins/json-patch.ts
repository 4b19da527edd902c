import { isObject } from './operands.ts';
import { BuiltinError, compare, isArray, member, object } from './value.ts';
import type { RegoValue } from './value.ts';

/**
 * RFC 6902 over Rego values. Paths are JSON pointers, with or without the leading slash, or arrays of keys. All or
 * nothing: one operation that fails makes the whole patch fail.
 */
export function applyPatch(target: RegoValue, operations: readonly RegoValue[]): RegoValue {
  return operations.reduce<RegoValue>(
    (document, operation) => applyOne(document, operation),
    target,
  );
}

function applyOne(document: RegoValue, operation: RegoValue): RegoValue {
  if (!isObject(operation)) throw new BuiltinError('must be an array of JSON-Patch objects');
  const need = (name: string): RegoValue => {
    const value = member(operation, name);
    if (value === undefined) throw new BuiltinError(`missing '${name}' attribute`);
    return value;
  };
  const path = pathOf(need('path'));
  switch (need('op')) {
    case 'add':
      return add(document, path, need('value'));
    case 'remove':
      return remove(document, path);
    case 'replace':
      return add(remove(document, path), path, need('value'));
    case 'move': {
      const from = pathOf(need('from'));
      return add(remove(document, from), path, lookup(document, from));
    }
    case 'copy':
      return add(document, path, lookup(document, pathOf(need('from'))));
    case 'test':
      if (compare(lookup(document, path), need('value')) === 0) return document;
      throw new BuiltinError('value from EditTree != patch value');
    default:
      throw new BuiltinError('bad operation');
  }
}

type Path = readonly RegoValue[];

function pathOf(value: RegoValue): Path {
  if (isArray(value)) return value;
  if (typeof value !== 'string') throw new BuiltinError('path must be a string or an array');
  const pointer = value.startsWith('/') ? value.slice(1) : value;
  if (value === '') return [];
  return pointer.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function lookup(document: RegoValue, path: Path): RegoValue {
  return path.reduce<RegoValue>((value, key) => {
    const below = isArray(value)
      ? value[position(key, value.length)]
      : isObject(value)
        ? member(value, key)
        : undefined;
    if (below === undefined) throw new BuiltinError('path does not exist');
    return below;
  }, document);
}

/** Changes what holds the last key of a path. */
function change(
  document: RegoValue,
  path: Path,
  edit: (holder: RegoValue, key: RegoValue) => RegoValue,
): RegoValue {
  const [key, ...rest] = path;
  if (key === undefined) throw new BuiltinError('there is nothing above the root');
  if (rest.length === 0) return edit(document, key);
  return put(document, key, change(lookup(document, [key]), rest, edit));
}

function put(holder: RegoValue, key: RegoValue, value: RegoValue): RegoValue {
  if (isArray(holder)) return holder.with(position(key, holder.length), value);
  if (isObject(holder)) return object([...holder.entries, [key, value]]);
  throw new BuiltinError('path does not exist');
}

function add(document: RegoValue, path: Path, value: RegoValue): RegoValue {
  if (path.length === 0) return value;
  return change(document, path, (holder, key) => {
    if (!isArray(holder)) return put(holder, key, value);
    const at = key === '-' ? holder.length : position(key, holder.length + 1);
    return holder.toSpliced(at, 0, value);
  });
}

function remove(document: RegoValue, path: Path): RegoValue {
  lookup(document, path);
  if (path.length === 0) return null;
  return change(document, path, (holder, key) => {
    if (isArray(holder)) return holder.toSpliced(position(key, holder.length), 1);
    if (!isObject(holder)) throw new BuiltinError('path does not exist');
    return object(holder.entries.filter(([name]) => compare(name, key) !== 0));
  });
}

function position(key: RegoValue, length: number): number {
  const index =
    typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key)
      ? Number(key)
      : typeof key === 'bigint'
        ? Number(key)
        : -1;
  if (index >= 0 && index < length) return index;
  throw new BuiltinError('no such position in the array');
}
