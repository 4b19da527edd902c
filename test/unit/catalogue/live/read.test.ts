import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  at,
  flag,
  given,
  has,
  json,
  list,
  number,
  object,
  objects,
  orNone,
  text,
  texts,
  told,
} from '../../../../src/catalogue/live/read.ts';

const ITEM = {
  dBInstanceIdentifier: 'shop',
  Port: 5432,
  port: 1,
  Enabled: 'TRUE',
  off: 'false',
  none: null,
  list: ['a', 1, { b: 2 }, null],
  one: { two: { three: 3 } },
  number: ' 12.5 ',
};

describe('reading what a cloud answered', () => {
  it.each([
    ['the exact name before the same name in another case', 'port', 1],
    ['a name in another case', 'DBInstanceIdentifier', 'shop'],
    ['a path', 'one.TWO.three', 3],
    ['a place in a list', 'list[2].b', 2],
    ['null as null', 'none', null],
    ['nothing below null', 'none.below', undefined],
    ['nothing below a text', 'dBInstanceIdentifier.length', undefined],
    ['no inherited name', 'constructor', undefined],
    ['no place beyond the list', 'list[9]', undefined],
  ])('finds %s', (_, path, value) => {
    expect(at(ITEM, path)).toEqual(value);
  });

  it('reads text, switches and numbers, also those that are written as text', () => {
    expect([text(ITEM, 'port'), text(ITEM, 'one'), text(ITEM, 'none')]).toEqual([
      '1',
      undefined,
      undefined,
    ]);
    expect([flag(ITEM, 'enabled'), flag(ITEM, 'off'), flag(ITEM, 'port')]).toEqual([
      true,
      false,
      undefined,
    ]);
    expect([number(ITEM, 'number'), number(ITEM, 'port'), number(ITEM, 'off')]).toEqual([
      12.5,
      1,
      undefined,
    ]);
  });

  it('reads lists: null is an empty one, an object one of itself, and what is not there none at all', () => {
    expect([list(ITEM, 'none'), list(ITEM, 'one'), list(ITEM, 'nowhere')]).toEqual([
      [],
      [ITEM.one],
      undefined,
    ]);
    expect(objects(ITEM, 'list')).toEqual([{ b: 2 }]);
    expect(texts(ITEM, 'list')).toEqual(['a']);
    expect([object(ITEM, 'one'), object(ITEM, 'list')]).toEqual([ITEM.one, undefined]);
  });

  it('keeps apart what is absent and what is not told', () => {
    expect([has(ITEM, 'none'), has(ITEM, 'nowhere')]).toEqual([true, false]);
    expect([orNone(undefined), orNone('x')]).toEqual([null, 'x']);
    expect([given(undefined, () => 1), given(2, (two) => two + 1)]).toEqual([undefined, 3]);
    expect(told({ a: 1, b: undefined, c: null })).toEqual({ a: 1, c: null });
  });

  it.each([
    ['data as it is', { a: 1 }, { a: 1 }],
    ['a JSON text', '{"a":1}', { a: 1 }],
    ['a text that is encoded twice', JSON.stringify('{"a":1}'), { a: 1 }],
    ['a URL-encoded text', '%7B%22a%22%3A1%7D', { a: 1 }],
    ['nothing for other text', 'a', undefined],
    ['nothing for broken encoding', '%', undefined],
    ['nothing for a text that is too long to be a policy', ` ${'['.repeat(300_000)}`, undefined],
  ])('reads JSON: %s', (_, value, expected) => {
    expect(json(value)).toEqual(expected);
  });

  it('never throws', () => {
    const readers = [at, text, flag, number, list, objects, texts, object, has];
    fc.assert(
      fc.property(fc.anything(), fc.string(), (root, path) => {
        for (const read of readers) expect(() => read(root, path)).not.toThrow();
        expect(() => json(root)).not.toThrow();
      }),
    );
  });
});
