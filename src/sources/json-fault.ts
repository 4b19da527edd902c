/** The first thing in a text that keeps it from being one JSON value with unique keys. */
export interface JsonFault {
  /** Offset in UTF-16 code units. */
  readonly at: number;
  readonly what: 'truncated' | 'trailing' | 'unexpected' | 'duplicate';
  /** The key that stands twice, when `what` is `duplicate`. */
  readonly key?: string;
}

/** What may come next. */
type Expected =
  'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

interface OpenObject {
  /** The text of each member's value so far. */
  readonly members: Map<string, string>;
  /** The member that is being read. */
  key: string;
  keyAt: number;
  valueAt: number;
}

interface Cursor {
  readonly text: string;
  at: number;
  expected: Expected;
  /** One entry for each container that is open. */
  readonly open: (OpenObject | 'list')[];
}

/**
 * Finds where a text stops being JSON, or where an object repeats a key with another value (the same value twice is
 * clumsy, but nobody can disagree about it). Runs only after something is known to be wrong: the messages of JSON.parse
 * quote the text around the error, which may be a password, and name no line. Iterative, so that no nesting can
 * exhaust the stack.
 *
 * @returns undefined when nothing is wrong.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const cursor: Cursor = { text, at: 0, expected: 'value', open: [] };
  for (;;) {
    cursor.at = skipSpace(text, cursor.at);
    if (cursor.at >= text.length) {
      return cursor.expected === 'nothing' ? undefined : { at: text.length, what: 'truncated' };
    }
    const fault = step(cursor);
    if (fault !== undefined) return fault;
  }
}

function step(cursor: Cursor): JsonFault | undefined {
  switch (cursor.expected) {
    case 'value':
      return readValue(cursor);
    case 'value-or-end':
      return taken(cursor, ']') ? close(cursor) : readValue(cursor);
    case 'key':
      return readKey(cursor);
    case 'key-or-end':
      return taken(cursor, '}') ? close(cursor) : readKey(cursor);
    case 'colon':
      if (!taken(cursor, ':')) return unexpected(cursor);
      cursor.expected = 'value';
      return undefined;
    case 'comma-or-end':
      return commaOrEnd(cursor);
    case 'nothing':
      return { at: cursor.at, what: 'trailing' };
  }
}

function readValue(cursor: Cursor): JsonFault | undefined {
  const container = cursor.open.at(-1);
  if (typeof container === 'object') container.valueAt = cursor.at;
  if (taken(cursor, '{')) {
    cursor.open.push({ members: new Map(), key: '', keyAt: 0, valueAt: 0 });
    cursor.expected = 'key-or-end';
    return undefined;
  }
  if (taken(cursor, '[')) {
    cursor.open.push('list');
    cursor.expected = 'value-or-end';
    return undefined;
  }
  const end = endOfString(cursor.text, cursor.at) ?? endOfLiteral(cursor.text, cursor.at);
  if (end === undefined) return unexpected(cursor);
  cursor.at = end;
  return afterValue(cursor);
}

function readKey(cursor: Cursor): JsonFault | undefined {
  const object = cursor.open.at(-1);
  const end = endOfString(cursor.text, cursor.at);
  if (end === undefined || typeof object !== 'object') return unexpected(cursor);
  object.key = String(JSON.parse(cursor.text.slice(cursor.at, end)));
  object.keyAt = cursor.at;
  cursor.at = end;
  cursor.expected = 'colon';
  return undefined;
}

function commaOrEnd(cursor: Cursor): JsonFault | undefined {
  const list = cursor.open.at(-1) === 'list';
  if (taken(cursor, list ? ']' : '}')) return close(cursor);
  if (!taken(cursor, ',')) return unexpected(cursor);
  cursor.expected = list ? 'value' : 'key';
  return undefined;
}

function close(cursor: Cursor): JsonFault | undefined {
  cursor.open.pop();
  return afterValue(cursor);
}

function afterValue(cursor: Cursor): JsonFault | undefined {
  const container = cursor.open.at(-1);
  cursor.expected = container === undefined ? 'nothing' : 'comma-or-end';
  if (typeof container !== 'object') return undefined;
  const { members, key, keyAt, valueAt } = container;
  const value = cursor.text.slice(valueAt, cursor.at);
  if ((members.get(key) ?? value) !== value) return { at: keyAt, what: 'duplicate', key };
  members.set(key, value);
  return undefined;
}

function taken(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at++;
  return true;
}

const WORD = /[-+.\w]+/y;

/** A string or a word that runs to the end of the text was cut off rather than mistyped. */
function unexpected(cursor: Cursor): JsonFault {
  const cutString = cursor.text[cursor.at] === '"' && endOfText(cursor.text, cursor.at);
  WORD.lastIndex = cursor.at;
  const cutWord = WORD.test(cursor.text) && WORD.lastIndex === cursor.text.length;
  if (cutString || cutWord) return { at: cursor.text.length, what: 'truncated' };
  return { at: cursor.at, what: 'unexpected' };
}

const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![-+.\w])/y;

function endOfLiteral(text: string, start: number): number | undefined {
  LITERAL.lastIndex = start;
  return LITERAL.test(text) ? LITERAL.lastIndex : undefined;
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The offset after the closing quote, or undefined when the string is not valid or does not end. */
function endOfString(text: string, start: number): number | undefined {
  if (text[start] !== '"') return undefined;
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return undefined;
    if (code === 0x5c) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) return undefined;
      at = ESCAPE.lastIndex;
    } else at++;
  }
  return undefined;
}

function endOfText(text: string, start: number): boolean {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at >= text.length;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at++;
  return at;
}
