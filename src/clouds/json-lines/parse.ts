import { z } from 'zod';

import { isPortcullisError } from '../../kit/errors.ts';
import { describeIssue } from '../../kit/yaml.ts';
import { findJsonFault } from '../../sources/json-fault.ts';
import { scanJson } from '../../sources/json-scan.ts';
import { takeCensus } from '../../sources/value-census.ts';
import { InventoryLine } from './schema.ts';
import { splitLines } from './split.ts';
import type { RawLine, Start } from './split.ts';

/** What is taken of one stream of lines. */
export interface LineLimits {
  /** Of the whole stream. */
  readonly bytes: number;
  /** Of one line. */
  readonly lineBytes: number;
  readonly lines: number;
}

export const LINE_LIMITS: LineLimits = { bytes: 268_435_456, lineBytes: 262_144, lines: 1_000_000 };

const DEPTH = 32;
const MEMBERS = 10_000;

/** What became of one line; blank lines give nothing. Messages never quote a value. */
export type LineResult =
  | { readonly line: number; readonly end: number; readonly value: InventoryLine }
  | { readonly line: number; readonly end: number; readonly problems: readonly string[] };

/**
 * Reads an inventory line by line, in memory for one line. A bad line does not stop it; a limit of the whole stream does,
 * with a problem as its last result.
 *
 * @param start where to go on in what was begun before.
 */
export async function* parseInventoryLines(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limits: LineLimits = LINE_LIMITS,
  start: Start = { line: 1, offset: 0 },
): AsyncGenerator<LineResult> {
  for await (const raw of splitLines(chunks, limits.lineBytes, start)) {
    const beyond = beyondLimit(raw, limits);
    const place = { line: raw.number, end: raw.end };
    if (beyond !== undefined) {
      yield { ...place, problems: [beyond] };
      return;
    }
    const read = readLine(raw, limits);
    if (read !== undefined) yield { ...place, ...read };
  }
}

function beyondLimit({ number, end }: RawLine, { bytes, lines }: LineLimits): string | undefined {
  if (end > bytes) return `the inventory has more than ${bytes} bytes; nothing after this is read`;
  return number > lines
    ? `the inventory has more than ${lines} lines; nothing after this is read`
    : undefined;
}

type Read = { readonly value: InventoryLine } | { readonly problems: readonly string[] };

function readLine({ bytes, number }: RawLine, { lineBytes }: LineLimits): Read | undefined {
  if (bytes === undefined) return { problems: [`the line has more than ${lineBytes} bytes`] };
  const text = decode(bytes, number === 1);
  if (text === undefined) return { problems: ['the line is not UTF-8'] };
  if (text.trim() === '') return undefined;
  const json = parseJson(bytes, text);
  if ('problems' in json) return json;
  const parsed = InventoryLine.safeParse(json.value);
  return parsed.success
    ? { value: parsed.data }
    : { problems: parsed.error.issues.map((issue) => wordsOf(issue)) };
}

/** Windows writes a mark before the first line. */
function decode(bytes: Uint8Array, first: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: !first }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(
  bytes: Uint8Array,
  text: string,
): { readonly value: unknown } | { readonly problems: readonly string[] } {
  const limits = { bytes: bytes.length, yamlBytes: 0, depth: DEPTH, members: MEMBERS };
  try {
    const { keys } = scanJson(bytes, limits);
    const value: unknown = JSON.parse(text);
    const census = takeCensus(value, limits, /\\ud/i.test(text));
    // Fewer members came out than colons went in: a key stands twice.
    const fault = census.keys === keys ? undefined : faultIn(text);
    return fault === undefined ? { value } : { problems: [fault] };
  } catch (thrown) {
    // The message of JSON.parse quotes the line.
    const said = isPortcullisError(thrown) ? thrown.message : faultIn(text);
    return { problems: [(said ?? 'the line is not JSON').replace(/^the document/, 'the line')] };
  }
}

function faultIn(text: string): string | undefined {
  const fault = findJsonFault(text);
  if (fault === undefined) return undefined;
  const column = `column ${fault.at + 1}`;
  switch (fault.what) {
    case 'truncated':
      return `the JSON ends in the middle, at ${column}`;
    case 'trailing':
      return `something follows the JSON, at ${column}: one object a line`;
    case 'unexpected':
      return `the line is not valid JSON, at ${column}`;
    case 'duplicate':
      return `a key stands twice with different values, at ${column}`;
  }
}

function wordsOf(issue: z.core.$ZodIssue): string {
  const path = z.core.toDotPath(issue.path);
  return path === '' ? describeIssue(issue) : `${path}: ${describeIssue(issue)}`;
}
