import { EngineError } from '../errors.ts';

const CHECKED = Symbol('checked');

/**
 * UTF-8 bytes that are known to hold exactly one JSON value. A module must see nothing else: OPA's own parser takes
 * trailing garbage, sets and half numbers, and answers malformed text with an undefined input, which a list of violations
 * turns into "nothing is wrong".
 */
export interface CheckedJson {
  readonly bytes: Uint8Array;
  readonly [CHECKED]: true;
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Checks bytes from anywhere, and hands on the value they hold.
 *
 * @throws EngineError ENGINE_INPUT when they are not UTF-8, not JSON, or hold half a surrogate pair.
 */
export function checkJson(bytes: Uint8Array): {
  readonly json: CheckedJson;
  readonly value: unknown;
} {
  const text = decode(bytes);
  const value = parse(text);
  if (hasHalfPair(text)) {
    throw new EngineError(
      'ENGINE_INPUT',
      'the input holds half of a surrogate pair, which no UTF-8 text can carry',
    );
  }
  return { json: { bytes, [CHECKED]: true }, value };
}

/**
 * True when an escape names half of a surrogate pair. OPA's parser aborts on those, or makes bytes that are not UTF-8.
 */
function hasHalfPair(text: string): boolean {
  if (!SURROGATE_ESCAPE.test(text)) return false;
  let highEnd = -1;
  for (const { index, 1: digits = '0' } of text.matchAll(ESCAPE)) {
    const unit = Number.parseInt(digits, 16);
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (isLow !== (highEnd !== -1) || (isLow && index !== highEnd)) return true;
    highEnd = unit >= 0xd800 && unit <= 0xdbff ? index + ESCAPE_LENGTH : -1;
  }
  return highEnd !== -1;
}

const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;
// Two-character escapes are matched too, so that an escaped backslash before a `u` is not taken for an escape.
const ESCAPE = /\\(?:u([\da-fA-F]{4})|[^u])/g;
const ESCAPE_LENGTH = 6;

function decode(bytes: Uint8Array): string {
  try {
    return DECODER.decode(bytes);
  } catch (cause) {
    throw new EngineError('ENGINE_INPUT', 'the input is not UTF-8', { cause });
  }
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    throw new EngineError('ENGINE_INPUT', 'the input is not JSON', { cause });
  }
}

/** One JSON value out of pieces: checked values and the punctuation between them. */
export type Piece = CheckedJson | string;

/** `{"name":value,…}`, as the pieces that make it. Names are literals of ours, values are checked. */
export function objectPieces(
  members: readonly (readonly [name: string, value: readonly Piece[]])[],
): Piece[] {
  const pieces: Piece[] = [];
  for (const [name, value] of members) {
    pieces.push(`${pieces.length === 0 ? '{' : ','}${JSON.stringify(name)}:`, ...value);
  }
  pieces.push(pieces.length === 0 ? '{}' : '}');
  return pieces;
}

/** `[value,…]`, as the pieces that make it. */
export function listPieces(values: readonly CheckedJson[]): Piece[] {
  const pieces: Piece[] = ['['];
  for (const [i, value] of values.entries()) {
    if (i > 0) pieces.push(',');
    pieces.push(value);
  }
  pieces.push(']');
  return pieces;
}

const ENCODER = new TextEncoder();

/** The bytes of each piece; together they are one JSON value. */
export function pieceBytes(pieces: readonly Piece[]): Uint8Array[] {
  return pieces.map((piece) => (typeof piece === 'string' ? ENCODER.encode(piece) : piece.bytes));
}
