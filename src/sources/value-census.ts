import { isRecord } from '../kit/record.ts';
import { SourceError } from './errors.ts';
import { tooDeep, tooManyMembers } from './json-scan.ts';
import type { Limits } from './limits.ts';

/** What a parsed value holds. */
export interface ValueCensus {
  /** Object members, as often as they can be reached. */
  keys: number;
  /** Object members plus list elements. */
  members: number;
  /** A whole number is too large to be told from its neighbours. */
  rounded: boolean;
}

/**
 * Walks a parsed value once and refuses what other readers of the same bytes would see differently, or what has no
 * JSON form: a member called `__proto__`, infinities (`1e400`), lone surrogates. YAML aliases count as often as they
 * are used, and a cycle ends at the depth limit.
 *
 * @param strings whether strings are looked at too: only those with escapes can hold a lone surrogate.
 * @throws SourceError SOURCE_MALFORMED, or SOURCE_TOO_LARGE.
 */
export function takeCensus(value: unknown, limits: Limits, strings: boolean): ValueCensus {
  const census: ValueCensus = { keys: 0, members: 0, rounded: false };
  walk(value, 0, { census, limits, strings });
  return census;
}

interface Walk {
  readonly census: ValueCensus;
  readonly limits: Limits;
  readonly strings: boolean;
}

function walk(value: unknown, depth: number, state: Walk): void {
  if (typeof value === 'object' && value !== null) {
    if (depth >= state.limits.depth) throw tooDeep(state.limits);
    if (Array.isArray(value)) walkList(value, depth, state);
    else if (isRecord(value)) walkObject(value, depth, state);
  } else if (typeof value === 'number') checkNumber(value, state);
  else if (state.strings && typeof value === 'string') checkString(value);
}

function walkList(list: readonly unknown[], depth: number, state: Walk): void {
  count(list.length, state);
  for (const element of list) walk(element, depth + 1, state);
}

function walkObject(object: Record<string, unknown>, depth: number, state: Walk): void {
  // for-in makes no list of keys, and plain data has nothing enumerable on its prototype.
  for (const key in object) {
    // Readers disagree about it: some drop it, some let it replace the prototype.
    if (key === '__proto__') throw malformed('an object has a member called __proto__');
    if (state.strings) checkString(key);
    state.census.keys++;
    count(1, state);
    walk(object[key], depth + 1, state);
  }
}

function count(members: number, state: Walk): void {
  state.census.members += members;
  if (state.census.members > state.limits.members) throw tooManyMembers(state.limits);
}

function checkNumber(value: number, state: Walk): void {
  if (value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER) return;
  if (!Number.isFinite(value)) throw malformed('a number is too large to be represented');
  state.census.rounded = true;
}

function checkString(value: string): void {
  if (!value.isWellFormed()) throw malformed('a string holds half of a surrogate pair');
}

function malformed(what: string): SourceError {
  return new SourceError(
    'SOURCE_MALFORMED',
    `${what}; readers of such a document disagree about it`,
    {
      help: 'Send the document as the tool wrote it.',
    },
  );
}
