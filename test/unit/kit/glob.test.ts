import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { coversGlob, matchesAny, matchesGlob } from '../../../src/kit/glob.ts';

describe('globs', () => {
  it.each([
    ['*', '', true],
    ['*', 'aws.s3.bucket', true],
    ['aws.*', 'aws.s3.bucket', true],
    ['aws.*', 'azure.storage.account', false],
    ['*.bucket', 'aws.s3.bucket', true],
    ['aws.?3.*', 'aws.s3.bucket', true],
    ['module.a["x"].*', 'module.a["x"].aws_s3_bucket.b', true],
    ['module.[ab].*', 'module.a.x', false],
    ['', 'a', false],
    ['a*b*c', 'a--b--b--c', true],
    ['a*b*c', 'a--b--b--', false],
  ])('%s against %s: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  it('agrees with a regular expression of the same meaning', () => {
    const small = fc.stringMatching(/^[ab*?]{0,8}$/);
    fc.assert(
      fc.property(small, fc.stringMatching(/^[ab]{0,10}$/), (pattern, text) => {
        const expression = new RegExp(
          `^${pattern.replaceAll('*', '[ab]*').replaceAll('?', '[ab]')}$`,
        );
        expect(matchesGlob(pattern, text)).toBe(expression.test(text));
      }),
    );
  });

  it('answers a pattern made to be slow', () => {
    expect(matchesGlob(`${'*a'.repeat(50)}b`, 'a'.repeat(5_000))).toBe(false);
  });

  it('one of several is enough, none of none matches', () => {
    expect(matchesAny(['x', 'a*'], 'ab')).toBe(true);
    expect(matchesAny([], 'ab')).toBe(false);
  });
});

describe('a glob that covers another', () => {
  it.each([
    ['*', '*', true],
    ['aws.*', 'aws.s3.*', true],
    ['aws.*', '*', false],
    ['prod-?', 'prod-?', true],
    ['prod-?', 'prod-1', true],
    ['prod-?', 'prod-*', false],
    ['prod-??', 'prod-*', false],
    ['a*b', 'a?*b', true],
  ])('%s, %s: %s', (wide, narrow, expected) => {
    expect(coversGlob(wide, narrow)).toBe(expected);
  });

  it('never matches less than that', () => {
    const glob = fc.stringMatching(/^[ab*?]{0,5}$/);
    fc.assert(
      fc.property(glob, glob, fc.stringMatching(/^[ab]{0,6}$/), (wide, narrow, text) => {
        fc.pre(coversGlob(wide, narrow) && matchesGlob(narrow, text));
        expect(matchesGlob(wide, text)).toBe(true);
      }),
    );
  });
});
