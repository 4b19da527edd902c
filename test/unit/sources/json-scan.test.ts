import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { findJsonFault } from '../../../src/sources/json-fault.ts';
import { scanJson } from '../../../src/sources/json-scan.ts';

const NONE = { bytes: Infinity, yamlBytes: 1_048_576, depth: Infinity, members: Infinity };

const scan = (text: string, limits = NONE): ReturnType<typeof scanJson> =>
  scanJson(Buffer.from(text), limits);

/** Counted on the parsed value, the slow way. */
function census(value: unknown): { depth: number; members: number; keys: number } {
  if (typeof value !== 'object' || value === null) return { depth: 0, members: 0, keys: 0 };
  const inner = Object.values(value).map(census);
  const sum = (pick: 'members' | 'keys'): number =>
    inner.reduce((total, one) => total + one[pick], 0);
  const own = Object.keys(value).length;
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    members: own + sum('members'),
    keys: (Array.isArray(value) ? 0 : own) + sum('keys'),
  };
}

describe('the scan before parsing', () => {
  test('counts what JSON.parse will find, whatever the strings and the white space', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const parsed: unknown = JSON.parse(text);
        expect(scan(text)).toEqual(census(parsed));
      }),
      { numRuns: 300 },
    );
  });

  test('brackets, commas and colons inside strings do not count', () => {
    expect(scan(String.raw`{"a\"{[": ",:,[{", "b\\": [","]}`)).toEqual({
      depth: 2,
      members: 3,
      keys: 2,
    });
  });

  test('a limit is inclusive', () => {
    const limits = { bytes: 100, yamlBytes: 1_048_576, depth: 2, members: 3 };
    expect(scan('[[1,2]]', limits)).toEqual({ depth: 2, members: 3, keys: 0 });
    expect(() => scan('[[1,2,3]]', limits)).toThrow(/more than 3/);
    expect(() => scan('[[[]]]', limits)).toThrow(/deeper than 2/);
  });

  test('it ends, and stays within its limits, on text that is no JSON', () => {
    expect(scan('{"a\\')).toEqual({ depth: 1, members: 1, keys: 0 });
    expect(scan(']]]')).toMatchObject({ depth: 0 });
  });
});

describe('the search for a fault', () => {
  test('finds one exactly when JSON.parse refuses', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"a"',
      '"b"',
      ':',
      ',',
      '1',
      '-',
      '0',
      '.5',
      'e1',
      'true',
      'nul',
      ' ',
      '"',
      '\\',
      '\t',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const fault = findJsonFault(text);
        fc.pre(fault?.what !== 'duplicate');
        expect({ text, valid: fault === undefined }).toEqual({ text, valid: parses(text) });
      }),
      { numRuns: 3000 },
    );
  });

  test('every true beginning of a document is called truncated', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        const beginning = text.slice(0, cut % text.length);
        expect(findJsonFault(beginning)).toEqual({ at: beginning.length, what: 'truncated' });
      }),
    );
  });

  test('nesting does not exhaust the stack', () => {
    expect(findJsonFault('['.repeat(1_000_000))).toEqual({ at: 1_000_000, what: 'truncated' });
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
