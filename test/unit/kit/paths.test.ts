import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { joinPath, overlaps, splitPath, valueAt } from '../../../src/kit/paths.ts';

const key = fc.oneof(fc.string({ minLength: 1 }), fc.nat({ max: 99 }));
const path = (keys: readonly (string | number)[]) => keys.reduce<string>(joinPath, '');

describe('paths inside a resource', () => {
  it.each([
    [['config', 'ingress', 0, 'cidr_blocks'], 'config.ingress[0].cidr_blocks'],
    [['tags', 'cost.center'], 'tags["cost.center"]'],
    [['tags', 'a"b'], 'tags["a\\"b"]'],
    [['tags', ''], 'tags[""]'],
  ])('%j is written %s', (keys, written) => {
    expect(path(keys)).toBe(written);
    expect(splitPath(written)).toEqual(keys);
  });

  it('splits what it joined, whatever the keys', () => {
    fc.assert(
      fc.property(fc.array(key, { minLength: 1 }), (keys) => {
        fc.pre(typeof keys[0] === 'string');
        expect(splitPath(path(keys))).toEqual(keys);
      }),
    );
  });

  it('a path overlaps its ancestors, its descendants and itself, and nothing else', () => {
    expect(overlaps('tags', 'tags.owner')).toBe(true);
    expect(overlaps('tags.owner', 'tags')).toBe(true);
    expect(overlaps('tags.owner', 'tags.owner')).toBe(true);
    expect(overlaps('tags.owner', 'tags.own')).toBe(false);
    expect(overlaps('config.a', 'tags.a')).toBe(false);
  });

  it('reads own members only: a document cannot smuggle in what an object inherits', () => {
    expect(valueAt({ a: [{ b: 1 }] }, ['a', 0, 'b'])).toBe(1);
    expect(valueAt({}, ['__proto__', 'toString'])).toBeUndefined();
    expect(valueAt('text', ['length'])).toBeUndefined();
  });
});
