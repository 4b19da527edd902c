import { quote } from './go-quote.ts';
import { BuiltinError, decimal, isArray, object, set } from './value.ts';
import type { Entry, RegoValue } from './value.ts';

/**
 * Reads the text that a module's `opa_value_dump` writes: JSON, and besides it sets (`{1, 2}`, `set()`) and keys of any type.
 *
 * @throws BuiltinError when the text is something else; a module that writes it is broken.
 */
export function parseRego(text: string): RegoValue {
  const reader: Reader = { text, at: 0 };
  const value = readValue(reader);
  skipSpace(reader);
  if (reader.at !== text.length) throw unexpected(reader);
  return value;
}

interface Reader {
  readonly text: string;
  at: number;
}

const NUMBER = /-?\d+(\.\d*)?([eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

function readValue(reader: Reader): RegoValue {
  skipSpace(reader);
  switch (reader.text[reader.at]) {
    case '"':
      return readString(reader);
    case '[':
      reader.at++;
      return readSequence(reader, ']');
    case '{':
      reader.at++;
      return readBraces(reader);
    case 'n':
      return readWord(reader, 'null', null);
    case 't':
      return readWord(reader, 'true', true);
    case 'f':
      return readWord(reader, 'false', false);
    case 's':
      return readWord(reader, 'set()', set([]));
    default:
      return readNumber(reader);
  }
}

function readWord<T extends RegoValue>(reader: Reader, word: string, value: T): T {
  if (!reader.text.startsWith(word, reader.at)) throw unexpected(reader);
  reader.at += word.length;
  return value;
}

function readNumber(reader: Reader): RegoValue {
  NUMBER.lastIndex = reader.at;
  const found = NUMBER.exec(reader.text);
  if (found === null) throw unexpected(reader);
  reader.at = NUMBER.lastIndex;
  const [text, fraction, exponent] = found;
  return fraction === undefined && exponent === undefined ? BigInt(text) : decimal(text);
}

function readString(reader: Reader): string {
  STRING.lastIndex = reader.at;
  const found = STRING.exec(reader.text);
  if (found === null) throw unexpected(reader);
  reader.at = STRING.lastIndex;
  const literal = found[0];
  if (!literal.includes('\\')) return literal.slice(1, -1);
  return String(JSON.parse(literal));
}

/** The rest of a list, after its bracket; `close` ends it. */
function readSequence(reader: Reader, close: string): RegoValue[] {
  const values: RegoValue[] = [];
  if (accept(reader, close)) return values;
  do values.push(readValue(reader));
  while (accept(reader, ','));
  if (!accept(reader, close)) throw unexpected(reader);
  return values;
}

/** An object or a set, after its brace: the first colon tells. */
function readBraces(reader: Reader): RegoValue {
  if (accept(reader, '}')) return object([]);
  const first = readValue(reader);
  if (!accept(reader, ':')) {
    if (accept(reader, '}')) return set([first]);
    if (!accept(reader, ',')) throw unexpected(reader);
    return set([first, ...readSequence(reader, '}')]);
  }
  const entries: Entry[] = [[first, readValue(reader)]];
  while (accept(reader, ',')) {
    const key = readValue(reader);
    if (!accept(reader, ':')) throw unexpected(reader);
    entries.push([key, readValue(reader)]);
  }
  if (!accept(reader, '}')) throw unexpected(reader);
  return object(entries);
}

function accept(reader: Reader, mark: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== mark) return false;
  reader.at++;
  return true;
}

function skipSpace(reader: Reader): void {
  // Behind the end there is NaN, which is no space either.
  while (reader.text.charCodeAt(reader.at) <= SPACE) reader.at++;
}

const SPACE = 0x20;

function unexpected(reader: Reader): BuiltinError {
  return new BuiltinError(
    `the module wrote a value that does not parse, at character ${reader.at}`,
  );
}

/** The text that `opa_value_parse` of a module reads. */
export function toWire(value: RegoValue): string {
  return write(value, wireString);
}

/** The text that Go's `String()` of a term gives, which people see in messages: strings are quoted by Go's rules. */
export function toText(value: RegoValue): string {
  return write(value, quote);
}

// A lone surrogate has no UTF-8 form: modules abort on it, Go writes the replacement character.
function wireString(text: string): string {
  return JSON.stringify(text.toWellFormed());
}

function write(value: RegoValue, writeString: (text: string) => string): string {
  const inner = (part: RegoValue): string => write(part, writeString);
  if (value === null) return 'null';
  if (typeof value === 'string') return writeString(value);
  if (typeof value !== 'object') return String(value);
  if (isArray(value)) return `[${value.map(inner).join(', ')}]`;
  switch (value.type) {
    case 'decimal':
      return value.text;
    case 'set':
      return value.members.length === 0 ? 'set()' : `{${value.members.map(inner).join(', ')}}`;
    case 'object':
      return `{${value.entries.map(([key, held]) => `${inner(key)}: ${inner(held)}`).join(', ')}}`;
  }
}
