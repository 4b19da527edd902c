import type { Builtin } from './builtin.ts';
import { array, collection, integer, operand, text } from './operands.ts';
import { sprintf } from './sprintf.ts';
import { BuiltinError } from './value.ts';
import type { RegoValue } from './value.ts';

/** Strings: what OPA's wasm target does not carry itself. */
export const TEXT = {
  sprintf: (values) => sprintf(text(values, 0), array(values, 1)),
  'strings.any_prefix_match': (values) => anyMatch(values, (whole, part) => whole.startsWith(part)),
  'strings.any_suffix_match': (values) => anyMatch(values, (whole, part) => whole.endsWith(part)),
  'strings.count': (values) => BigInt(count(text(values, 0), text(values, 1))),
  'strings.split_n': (values) =>
    splitN(text(values, 0), text(values, 1), Number(integer(values, 2))),
  indexof_n: (values) => indexes(text(values, 0), text(values, 1)),
} as const satisfies Record<string, Builtin>;

function anyMatch(
  values: readonly RegoValue[],
  match: (whole: string, part: string) => boolean,
): boolean {
  const [wholes, parts] = [strings(values, 0), strings(values, 1)];
  return wholes.some((whole) => parts.some((part) => match(whole, part)));
}

/** One string, or an array or set of nothing but strings. */
function strings(values: readonly RegoValue[], at: number): readonly string[] {
  const value = operand(values, at);
  if (typeof value === 'string') return [value];
  return collection(values, at).map((element) => {
    if (typeof element !== 'string')
      throw new BuiltinError(`operand ${at + 1} must hold strings only`);
    return element;
  });
}

/** Occurrences that do not overlap; Go counts one more than the characters for the empty string. */
function count(whole: string, part: string): number {
  return part === '' ? Array.from(whole).length + 1 : whole.split(part).length - 1;
}

/** The first `limit` parts, or the last ones when it is negative. */
function splitN(whole: string, delimiter: string, limit: number): RegoValue {
  const parts = delimiter === '' ? Array.from(whole) : whole.split(delimiter);
  if (limit >= 0) return parts.slice(0, limit);
  return parts.slice(Math.max(parts.length + limit, 0));
}

/** Positions, in characters, of every occurrence, overlapping ones too. */
function indexes(whole: string, part: string): RegoValue {
  if (part === '') throw new BuiltinError('an empty search string');
  const [characters, wanted] = [Array.from(whole), Array.from(part)];
  return characters.flatMap((_, at) =>
    wanted.every((character, i) => characters[at + i] === character) ? [BigInt(at)] : [],
  );
}
