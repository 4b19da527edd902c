import type { Builtin } from './builtin.ts';
import { collection, isObject, objectAt, text } from './operands.ts';
import { BuiltinError, object } from './value.ts';
import type { RegoValue } from './value.ts';

/** Hexadecimal, base64url and URL queries. */
export const ENCODING = {
  'base64url.encode_no_pad': (values) => Buffer.from(text(values, 0)).toString('base64url'),
  'hex.encode': (values) => Buffer.from(text(values, 0)).toString('hex'),
  'hex.decode': (values) => decodeHex(text(values, 0)),
  'urlquery.encode': (values) => encodeQuery(text(values, 0)),
  'urlquery.decode': (values) => decodeQuery(text(values, 0)),
  'urlquery.encode_object': (values) => encodeObject(values),
  'urlquery.decode_object': (values) => decodeObject(text(values, 0)),
} as const satisfies Record<string, Builtin>;

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

function decodeHex(digits: string): string {
  if (!/^(?:[\da-fA-F]{2})*$/.test(digits)) throw new BuiltinError('no hexadecimal digits');
  return DECODER.decode(Buffer.from(digits, 'hex'));
}

/** Go's url.QueryEscape: a blank is a plus, and everything but letters, digits, `-`, `_`, `.` and `~` is escaped. */
function encodeQuery(plain: string): string {
  const escaped = encodeURIComponent(plain.toWellFormed());
  return escaped
    .replaceAll('%20', '+')
    .replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decodeQuery(escaped: string): string {
  try {
    return decodeURIComponent(escaped.replaceAll('+', ' '));
  } catch {
    throw new BuiltinError('invalid URL escape');
  }
}

function encodeObject(values: readonly RegoValue[]): string {
  return objectAt(values, 0)
    .entries.flatMap(([key, value]) =>
      listOf(value).map((one) => `${encodeQuery(stringOf(key))}=${encodeQuery(one)}`),
    )
    .join('&');
}

function listOf(value: RegoValue): string[] {
  if (typeof value === 'string') return [value];
  if (isObject(value))
    throw new BuiltinError('a value of a query is a string, or an array or set of strings');
  return collection([value], 0).map(stringOf);
}

function stringOf(value: RegoValue): string {
  if (typeof value === 'string') return value;
  throw new BuiltinError('a query holds strings only');
}

function decodeObject(query: string): RegoValue {
  const found = new Map<string, string[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    if (pair.includes(';')) throw new BuiltinError('a semicolon separates nothing in a query');
    const at = pair.indexOf('=');
    const key = decodeQuery(at === -1 ? pair : pair.slice(0, at));
    found.set(key, [...(found.get(key) ?? []), decodeQuery(at === -1 ? '' : pair.slice(at + 1))]);
  }
  return object([...found]);
}
