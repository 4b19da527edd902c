import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { splitPath, valueAt } from '../../../src/kit/paths.ts';
import { markedPaths } from '../../../src/sources/terraform-marks.ts';

/** A value with some leaves unknown: `after` and `after_unknown` as Terraform derives them. */
type Marked = string | typeof UNKNOWN | readonly Marked[] | { readonly [key: string]: Marked };
const UNKNOWN = Symbol('unknown');

const marked = fc.letrec<{ value: Marked }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.constant(UNKNOWN),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value;

function after(value: Marked): unknown {
  if (Array.isArray(value))
    return value.map((one: Marked) => (one === UNKNOWN ? null : after(one)));
  if (typeof value !== 'object') return value;
  const known = Object.entries(value).filter(([, one]) => one !== UNKNOWN);
  return Object.fromEntries(known.map(([key, one]) => [key, after(one)]));
}

function afterUnknown(value: Marked): unknown {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.map((one: Marked) => afterUnknown(one) ?? false);
  if (typeof value !== 'object') return undefined;
  const marks = Object.entries(value).map(([key, one]) => [key, afterUnknown(one)] as const);
  return Object.fromEntries(marks.filter(([, mark]) => mark !== undefined));
}

function unknownKeys(
  value: Marked,
  keys: readonly (string | number)[] = [],
): (string | number)[][] {
  if (value === UNKNOWN) return [[...keys]];
  if (Array.isArray(value))
    return value.flatMap((one: Marked, at) => unknownKeys(one, [...keys, at]));
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => unknownKeys(one, [...keys, key]));
}

describe('marks', () => {
  test('give exactly the paths of what is unknown, whatever the keys', () => {
    const object = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      marked,
    );
    fc.assert(
      fc.property(object, (value) => {
        const paths = markedPaths(afterUnknown(value));
        const expected = unknownKeys(value);
        expect(paths.map((path) => splitPath(path))).toEqual(expected);
        for (const keys of expected)
          expect(valueAt(after(value), keys) ?? undefined).toBeUndefined();
      }),
    );
  });

  test.each([
    [false, []],
    [undefined, []],
    [{}, []],
    [true, ['']],
    [{ a: false, b: { c: [false, { d: true }] } }, ['b.c[1].d']],
    [{ 'a.b': { '[0]': true } }, ['["a.b"]["[0]"]']],
  ])('%j', (marks, paths) => {
    expect(markedPaths(marks)).toEqual(paths);
  });
});
