import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseDuration, parseSize } from '../../../src/config/units.ts';

describe('sizes', () => {
  it.each([
    ['10B', 10],
    ['10MB', 10_000_000],
    ['64KiB', 65_536],
    ['64 KiB', 65_536],
    ['1GiB', 1_073_741_824],
    ['2kB', 2000],
  ])('%s is %d bytes', (text, bytes) => expect(parseSize(text)).toBe(bytes));

  it.each([
    '',
    '10',
    '10megs',
    '-1MB',
    '1.5MB',
    '1e3B',
    'MB',
    '10MB ',
    ' 10MB',
    '10mb',
    '999999999999999GB',
    '0x10B',
  ])('%j is none', (text) => expect(parseSize(text)).toBeUndefined());
});

describe('durations', () => {
  it.each([
    ['250ms', 250],
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['0s', 0],
  ])('%s is %d ms', (text, milliseconds) => expect(parseDuration(text)).toBe(milliseconds));

  it.each(['', '30', '-1s', '1.5s', '1d', 's', '600h', '30S'])('%j is none', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );
});

it('reads back every size and duration it could have written, and never throws', () => {
  fc.assert(
    fc.property(
      fc.nat(2 ** 31 - 1),
      (n) => parseSize(`${n}B`) === n && parseDuration(`${n}ms`) === n,
    ),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const size = parseSize(text);
      return size === undefined || size >= 0;
    }),
  );
});
