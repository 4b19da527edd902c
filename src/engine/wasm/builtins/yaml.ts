import { parseDocument, stringify } from 'yaml';
import type { DocumentOptions, ParseOptions, ScalarTag, SchemaOptions } from 'yaml';

import type { Builtin } from './builtin.ts';
import { operand, text } from './operands.ts';
import { BuiltinError, decimal, isArray, object } from './value.ts';
import type { RegoValue } from './value.ts';

/** YAML as Go reads it: words of 1.2, but merge keys and numbers of 1.1; the last of equal keys counts; keys become strings. */
export const YAML = {
  'yaml.unmarshal': (values) => parse(text(values, 0)),
  'yaml.is_valid': ([value]) => typeof value === 'string' && isValid(value),
  'yaml.marshal': (values) =>
    stringify(toPlain(operand(values, 0)), {
      compat: 'yaml-1.1',
      lineWidth: 0,
      sortMapEntries: true,
    }),
} as const satisfies Record<string, Builtin>;

const OCTAL = integerTag(/^[-+]?0[0-7]+$/, (digits) => `0o${digits}`);
const BINARY = integerTag(/^[-+]?0b[01]+$/, (digits) => digits);
const GROUPED = integerTag(/^[-+]?[0-9]+(?:_[0-9]+)+$/, (digits) => digits.replaceAll('_', ''));

/** Numbers that 1.2 no longer knows and Go still does. */
function integerTag(test: RegExp, literal: (digits: string) => string): ScalarTag {
  return {
    tag: 'tag:yaml.org,2002:int',
    default: true,
    test,
    resolve: (source) => {
      const size = BigInt(literal(source.replace(/^[-+]/, '')));
      return source.startsWith('-') ? -size : size;
    },
  };
}

const OPTIONS = {
  customTags: (tags) => [OCTAL, BINARY, GROUPED, ...tags],
  intAsBigInt: true,
  logLevel: 'silent',
  merge: true,
  uniqueKeys: false,
} as const satisfies ParseOptions & DocumentOptions & SchemaOptions;

/** An alias may repeat its anchor; a tower of them is a bomb. */
const MOST_ALIASES = 100;

function parse(source: string): RegoValue {
  const document = parseDocument(source, OPTIONS);
  if (document.errors.length > 0) throw new BuiltinError('not YAML');
  try {
    const plain: unknown = document.toJS({ maxAliasCount: MOST_ALIASES, mapAsMap: true });
    return fromPlain(plain);
  } catch (thrown) {
    if (thrown instanceof ReferenceError) throw new BuiltinError('too many aliases');
    throw thrown;
  }
}

function isValid(source: string): boolean {
  try {
    parse(source);
    return true;
  } catch (thrown) {
    if (thrown instanceof BuiltinError) return false;
    throw thrown;
  }
}

function fromPlain(value: unknown): RegoValue {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
  )
    return value;
  if (typeof value === 'number') return Number.isFinite(value) ? decimalOrInteger(value) : refuse();
  if (Array.isArray(value)) return value.map(fromPlain);
  if (value instanceof Map)
    return object([...value].map(([key, held]) => [keyText(key), fromPlain(held)]));
  return refuse();
}

/** Go's JSON conversion writes 1.0 as 1. */
function decimalOrInteger(value: number): RegoValue {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value) : decimal(String(value));
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'bigint' || typeof key === 'boolean' || typeof key === 'number')
    return String(key);
  return refuse();
}

function refuse(): never {
  throw new BuiltinError('a value that JSON does not have');
}

function toPlain(value: RegoValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (isArray(value)) return value.map(toPlain);
  if (value.type === 'decimal') return Number(value.text);
  if (value.type === 'set') return value.members.map(toPlain);
  return new Map(value.entries.map(([key, held]) => [toPlain(key), toPlain(held)]));
}
