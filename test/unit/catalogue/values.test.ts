import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { UNKNOWN } from '../../../src/catalogue/facts.ts';
import {
  allOf,
  anyOf,
  equals,
  everyOf,
  map,
  not,
  oneOf,
  orElse,
  present,
  someOf,
  spelled,
  when,
} from '../../../src/catalogue/values.ts';
import type { Truth } from '../../../src/catalogue/values.ts';

const truth = fc.constantFrom<Truth>(true, false, UNKNOWN);
const truths = fc.array(truth, { maxLength: 5 });

/** Every way the unknown ones may turn out. */
function outcomes(items: readonly Truth[]): boolean[][] {
  return items.reduce<boolean[][]>(
    (all, item) =>
      (item === UNKNOWN ? [true, false] : [item]).flatMap((value) =>
        all.map((known) => [...known, value]),
      ),
    [[]],
  );
}

/** Strong Kleene logic, defined by what it means: known exactly when every outcome agrees. */
function agreed(answers: readonly boolean[]): Truth {
  const [first] = answers;
  return first !== undefined && answers.every((answer) => answer === first) ? first : UNKNOWN;
}

describe('three-valued logic', () => {
  it('answers all of and any of exactly when every outcome of the unknown ones agrees', () => {
    fc.assert(
      fc.property(truths, (items) => {
        expect(allOf(...items)).toBe(agreed(outcomes(items).map((known) => known.every(Boolean))));
        expect(anyOf(...items)).toBe(agreed(outcomes(items).map((known) => known.some(Boolean))));
      }),
    );
  });

  it('keeps De Morgan and double negation', () => {
    fc.assert(
      fc.property(truths, (items) => {
        expect(not(allOf(...items))).toBe(anyOf(...items.map(not)));
        expect(items.map(not).map(not)).toEqual(items);
      }),
    );
  });

  it('asks some of and every one of a list with the same logic, and nothing of an unknown list', () => {
    fc.assert(
      fc.property(truths, (items) => {
        expect(someOf(items, (item) => item)).toBe(anyOf(...items));
        expect(everyOf(items, (item) => item)).toBe(allOf(...items));
      }),
    );
    expect(someOf(UNKNOWN, () => true)).toBe(UNKNOWN);
    expect(someOf(undefined, () => true)).toBe(false);
    expect(everyOf(undefined, () => false)).toBe(true);
    expect(everyOf(UNKNOWN, () => false)).toBe(UNKNOWN);
  });
});

describe('reading', () => {
  it.each([
    ['a value', 'x', true],
    ['zero', 0, true],
    ['false', false, true],
    ['a filled list', ['x'], true],
    ['nothing', undefined, false],
    ['the empty string', '', false],
    ['an empty list', [], false],
    ['an empty object', {}, false],
    ['what is still to come', UNKNOWN, UNKNOWN],
  ] as const)('finds %s present or not', (_, value, expected) => {
    expect(present(value)).toBe(expected);
  });

  it('takes absent for different, and unknown for unknown', () => {
    expect([
      equals('a', 'a'),
      equals('b', 'a'),
      equals(undefined, 'a'),
      equals(UNKNOWN, 'a'),
    ]).toEqual([true, false, false, UNKNOWN]);
    expect([oneOf('a', ['a', 'b']), oneOf('c', ['a', 'b']), oneOf(UNKNOWN, ['a'])]).toEqual([
      true,
      false,
      UNKNOWN,
    ]);
    expect([orElse(undefined, 7), orElse(1, 7), orElse(UNKNOWN, 7)]).toEqual([7, 1, UNKNOWN]);
    expect([map(2, (n) => n + 1), map(undefined, () => 1), map(UNKNOWN, () => 1)]).toEqual([
      3,
      undefined,
      UNKNOWN,
    ]);
  });

  it('chooses only when it is known which, or when it makes no difference', () => {
    expect([
      when(true, 'a', 'b'),
      when(false, 'a', 'b'),
      when(UNKNOWN, 'a', 'b'),
      when(UNKNOWN, 'a', 'a'),
    ]).toEqual(['a', 'b', UNKNOWN, 'a']);
  });
});

describe('a value of a document as text', () => {
  it.each([
    ['text', 'text'],
    [5, '5'],
    [true, 'true'],
    [null, 'null'],
    [undefined, ''],
    [{ toString: 1 }, '{"toString":1}'],
  ])('spells %j', (value, expected) => {
    expect(spelled(value)).toBe(expected);
  });
});
