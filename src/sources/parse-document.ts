import type { Note } from '../model/decision.ts';
import { SourceError } from './errors.ts';
import { findJsonFault } from './json-fault.ts';
import type { JsonFault } from './json-fault.ts';
import { scanJson } from './json-scan.ts';
import type { Limits } from './limits.ts';
import { mistakenBytes, mistakenText } from './mistaken.ts';
import { parseYaml } from './parse-yaml.ts';
import type { ParsedDocument } from './source.ts';
import { takeCensus } from './value-census.ts';

const ROUNDED: Note = {
  code: 'numbers-rounded',
  message:
    'The document holds whole numbers beyond 2^53; policies see the nearest number that a double can hold.',
};

const REPEATED: Note = {
  code: 'keys-repeated',
  message: 'Some object of the document has a key twice, with the same value both times.',
};

const WRAPPED: Note = {
  code: 'wrapper-line',
  message:
    'A line that a wrapper printed stood before the JSON and was left out. With setup-terraform, set terraform_wrapper: false.',
};

/**
 * The door: bytes in, plain data out. Size, depth and number of members are counted on the raw bytes before a parser
 * sees them. JSON by its first character, else YAML. What other readers would read differently (a key twice in an
 * object, `__proto__`, infinities, half surrogates, bytes that are no UTF-8) is refused.
 *
 * @param bytes as received, decompressed.
 * @param name a file name for messages.
 * @throws SourceError SOURCE_TOO_LARGE, SOURCE_MALFORMED with line and column, or SOURCE_UNUSABLE for what is often
 *   sent in place of a document. No message quotes a value of the document.
 */
export function parseDocument(
  bytes: Uint8Array,
  name: string | undefined,
  limits: Limits,
): ParsedDocument {
  try {
    return parseBytes(bytes, name, limits);
  } catch (error) {
    throw error instanceof SourceError && name !== undefined ? withFile(error, name) : error;
  }
}

function parseBytes(bytes: Uint8Array, name: string | undefined, limits: Limits): ParsedDocument {
  refuseSize(bytes, limits.bytes, '');
  const mistaken = mistakenBytes(bytes, name);
  if (mistaken !== undefined) throw mistaken;
  const decoded = decode(bytes);
  if (decoded.trim() === '') throw empty();
  const { text, notes } = unwrap(decoded);
  if (/^\s*[{[]/.test(text)) {
    const jsonBytes = notes.length === 0 ? bytes : Buffer.from(text);
    return { ...parseJson(jsonBytes, text, limits, notes), name };
  }
  const mistakenAs = mistakenText(text);
  if (mistakenAs !== undefined) throw mistakenAs;
  refuseSize(bytes, limits.yamlBytes, ' of YAML');
  const { values, lines } = parseYaml(text, limits);
  if (values.length === 0) throw empty();
  const rounded = values.map((value) => takeCensus(value, limits, true).rounded).includes(true);
  return { name, syntax: 'yaml', values, lines, notes: rounded ? [ROUNDED] : [] };
}

function parseJson(
  bytes: Uint8Array,
  text: string,
  limits: Limits,
  notes: readonly Note[],
): Omit<ParsedDocument, 'name'> {
  const { keys } = scanJson(bytes, limits);
  const value = parseJsonText(text);
  // Only an escape can bring half a surrogate pair into text that was decoded from UTF-8.
  const census = takeCensus(value, limits, /\\ud/i.test(text));
  // JSON.parse keeps the last of two equal keys: fewer members came out than colons went in.
  const repeated = census.keys !== keys;
  if (repeated) refuseFault(text);
  const seen = [census.rounded ? ROUNDED : undefined, repeated ? REPEATED : undefined];
  return {
    syntax: 'json',
    values: [value],
    notes: [...notes, ...seen.filter((note) => note !== undefined)],
  };
}

function parseJsonText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // No cause: the message of JSON.parse quotes the document.
    const mistakenAs = mistakenText(text);
    if (mistakenAs !== undefined) throw mistakenAs;
    refuseFault(text);
    throw new SourceError('SOURCE_MALFORMED', 'the document is not valid JSON');
  }
}

/** Throws for the first fault there is. */
function refuseFault(text: string): void {
  const fault = findJsonFault(text);
  if (fault !== undefined) throw faultError(fault, text);
}

function faultError(fault: JsonFault, text: string): SourceError {
  const place = placeOf(text, fault.at);
  const at = `at line ${place.line}, column ${place.column}`;
  switch (fault.what) {
    case 'truncated':
      return new SourceError('SOURCE_MALFORMED', `the JSON ends in the middle, ${at}`, {
        place,
        help: 'The file was cut off: write it again, and check that the disk was not full.',
      });
    case 'trailing':
      return new SourceError('SOURCE_MALFORMED', `something follows the end of the JSON, ${at}`, {
        place,
        help: text.includes('\n::set-output ', fault.at)
          ? 'The wrapper of setup-terraform wrote this file and escaped its text: set terraform_wrapper: false.'
          : 'Send one JSON value; keep logs and other output out of the file.',
      });
    case 'unexpected':
      return new SourceError('SOURCE_MALFORMED', `the document is not valid JSON, ${at}`, {
        place,
      });
    case 'duplicate':
      return new SourceError(
        'SOURCE_MALFORMED',
        `the key ${JSON.stringify(fault.key?.slice(0, 40))} stands twice in one object, with different values, ${at}`,
        { place, help: 'Readers disagree about which of the two counts, so neither is judged.' },
      );
  }
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: at - lineStart + 1 };
}

function decode(bytes: Uint8Array): string {
  // UTF-16 has a mark, or a zero byte beside its first ASCII character.
  const [first, second] = bytes;
  if (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    first === 0 ||
    second === 0
  ) {
    throw new SourceError(
      'SOURCE_MALFORMED',
      'the document is not UTF-8; it looks like UTF-16 or UTF-32',
      {
        help: 'Save it as UTF-8. Windows PowerShell writes UTF-16 with ">"; use: | Out-File -Encoding utf8 plan.json',
      },
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SourceError('SOURCE_MALFORMED', 'the document is not valid UTF-8', { cause });
  }
}

/** The wrapper that setup-terraform installs prints the command it runs before the output of it. */
function unwrap(text: string): { text: string; notes: readonly Note[] } {
  const wrapped = /^\[command\][^\n]*\n(?=\s*\{)/.exec(text);
  return wrapped === null
    ? { text, notes: [] }
    : { text: `\n${text.slice(wrapped[0].length)}`, notes: [WRAPPED] };
}

function refuseSize(bytes: Uint8Array, limit: number, what: string): void {
  if (bytes.length <= limit) return;
  throw new SourceError(
    'SOURCE_TOO_LARGE',
    `the document has ${bytes.length} bytes; the limit is ${limit} bytes${what}`,
    {
      help: 'Send less in one document, or raise the limit of the gate.',
    },
  );
}

function empty(): SourceError {
  return new SourceError('SOURCE_MALFORMED', 'the document is empty', {
    help: 'Check that the command that writes it succeeded, and that a pipe is not cut.',
  });
}

function withFile(error: SourceError, file: string): SourceError {
  const { help, cause, place } = error;
  return new SourceError(error.code, error.message, {
    place: { ...place, file },
    ...(help === undefined ? {} : { help }),
    ...(cause === undefined ? {} : { cause }),
  });
}
