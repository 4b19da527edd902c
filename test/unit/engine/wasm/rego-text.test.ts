import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseRego, toText, toWire } from '../../../../src/engine/wasm/builtins/rego-text.ts';
import {
  BuiltinError,
  compare,
  decimal,
  object,
  set,
} from '../../../../src/engine/wasm/builtins/value.ts';
import type { RegoValue } from '../../../../src/engine/wasm/builtins/value.ts';

const { value } = fc.letrec<{ value: RegoValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.bigInt(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => decimal(n.toExponential())),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 4 }).map(set),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 4 }).map(object),
  ),
}));

describe('values between the host and a module', () => {
  it('come back from their text as they were', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(compare(parseRego(toWire(given)), given)).toBe(0);
      }),
    );
  });

  it('have one order', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)) + 0);
        expect(compare(a, a)).toBe(0);
      }),
    );
  });

  it.each(['', '{', '[1,', '{1: }', '"x', 'nul', '1 2', '{"a": 1,}', 'set('])(
    '%j is refused',
    (text) => {
      expect(() => parseRego(text)).toThrow(BuiltinError);
    },
  );

  it('integers keep every digit and decimals their text', () => {
    expect(toText(parseRego('[12345678901234567890123, 1.50, 1e2]'))).toBe(
      '[12345678901234567890123, 1.50, 1e2]',
    );
  });

  it('strings are ordered by code points, as Go orders their bytes', () => {
    expect(compare('\u{1f600}', '\uffff')).toBeGreaterThan(0);
  });
});
