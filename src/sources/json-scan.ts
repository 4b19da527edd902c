import { SourceError } from './errors.ts';
import type { Limits } from './limits.ts';

const OTHER = 0;
const OPEN = 1;
const CLOSE = 2;
const COMMA = 3;
const COLON = 4;
const QUOTE = 5;
const SPACE = 6;

const KINDS = new Uint8Array(256);
for (const [kind, characters] of [
  [OPEN, '{['],
  [CLOSE, '}]'],
  [COMMA, ','],
  [COLON, ':'],
  [QUOTE, '"'],
  [SPACE, ' \t\r\n'],
] as const) {
  for (const character of characters) KINDS[character.charCodeAt(0)] = kind;
}

const BACKSLASH = 0x5c;
const DOUBLE_QUOTE = 0x22;

/** What the raw bytes of a JSON text hold. Exact for valid JSON; for anything else JSON.parse has the last word. */
export interface JsonCensus {
  /** The deepest nesting of arrays and objects. */
  readonly depth: number;
  /** Object members plus list elements. */
  readonly members: number;
  /** Object members alone, every repetition of a key counted. */
  readonly keys: number;
}

/**
 * Counts nesting and members in one pass over the bytes, before any parser builds a tree of them: a few hundred
 * kilobytes of `[` cost a parser its stack, and a million empty members its memory.
 *
 * @throws SourceError SOURCE_TOO_LARGE at the first byte beyond a limit.
 */
export function scanJson(bytes: Uint8Array, limits: Limits): JsonCensus {
  let [depth, deepest, members, keys, last] = [0, 0, 0, 0, OTHER];
  for (let at = 0; at < bytes.length; at++) {
    const kind = KINDS[bytes[at] ?? 0] ?? OTHER;
    if (kind === SPACE) continue;
    if (kind === QUOTE) at = endOfString(bytes, at);
    else if (kind === COLON) keys++;
    else if (kind === COMMA) refuseMore(++members, limits);
    else if (kind === OPEN) {
      members++;
      if (++depth > deepest) deepest = refuseDeeper(depth, limits);
    } else if (kind === CLOSE) {
      // An empty container was counted as if it held one element.
      if (last === OPEN) members--;
      depth--;
    }
    last = kind;
  }
  refuseMore(members, limits);
  return { depth: deepest, members, keys };
}

function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== DOUBLE_QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

function refuseDeeper(depth: number, limits: Limits): number {
  if (depth > limits.depth) throw tooDeep(limits);
  return depth;
}

function refuseMore(members: number, limits: Limits): void {
  if (members > limits.members) throw tooManyMembers(limits);
}

/** The refusal of a document that nests too deep; the limit is part of the message. */
export function tooDeep(limits: Limits): SourceError {
  return new SourceError(
    'SOURCE_TOO_LARGE',
    `the document nests deeper than ${limits.depth} levels`,
    {
      help: 'No document of a supported format nests that deep; look for a generator that wraps values in lists.',
    },
  );
}

/** The refusal of a document with too many members; the limit is part of the message. */
export function tooManyMembers(limits: Limits): SourceError {
  return new SourceError(
    'SOURCE_TOO_LARGE',
    `the document holds more than ${limits.members} object members and list elements`,
    { help: 'Split it, or raise the limit of the gate.' },
  );
}
