import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromStruct } from '../../../../src/clouds/google/struct.ts';

/** The client's form of a JSON value, as its decoder builds it. */
function toValue(value: unknown): unknown {
  if (value === null) return { kind: 'nullValue', nullValue: 'NULL_VALUE' };
  if (typeof value === 'string') return { kind: 'stringValue', stringValue: value };
  if (typeof value === 'number') return { kind: 'numberValue', numberValue: value };
  if (typeof value === 'boolean') return { kind: 'boolValue', boolValue: value };
  if (Array.isArray(value)) return { kind: 'listValue', listValue: { values: value.map(toValue) } };
  return { kind: 'structValue', structValue: toStruct(value as object) };
}

function toStruct(value: object): unknown {
  return {
    fields: Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toValue(one)])),
  };
}

describe('the data of an asset', () => {
  it('is the JSON that Google put into it', () => {
    const json = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.jsonValue({ maxDepth: 4 }),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.stringify(fromStruct(toStruct(value)))).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([undefined, null, {}, { fields: 'none' }, []])('is none in %j', (value) => {
    expect(fromStruct(value)).toBeUndefined();
  });

  it('ends where nothing of a cloud is that deep', () => {
    let deep: unknown = { kind: 'stringValue', stringValue: 'bottom' };
    for (let i = 0; i < 10_000; i++)
      deep = { kind: 'structValue', structValue: { fields: { a: deep } } };
    expect(() => JSON.stringify(fromStruct({ fields: { a: deep } }))).not.toThrow();
  });
});
