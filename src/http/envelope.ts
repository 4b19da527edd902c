import { z } from 'zod';

import { RequestContext } from '../model/decision.ts';
import { Point } from '../model/point.ts';
import { HttpError } from './errors.ts';

/** What a request says besides its document. In the query of a raw document, or around the document in an envelope. */
export const RequestOptions = z.strictObject({
  point: Point.optional().describe('Where the decision is asked; without a word, pre-apply.'),
  name: z.string().max(1024).optional().describe('A file name or the like, for messages.'),
  source: z
    .string()
    .max(64)
    .optional()
    .describe('The id of a source, in place of recognising the format.'),
  override: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .optional()
    .describe(
      'A reason: denials by rules that are overridable pass, this once. Needs the role operate; whose token it is stands in the record.',
    ),
  dryRun: z.boolean().optional().describe('Judged and recorded as usual, and marked.'),
  ...RequestContext.shape,
});
export type RequestOptions = z.infer<typeof RequestOptions>;

/** An envelope as it is sent; `document` is taken from it byte by byte before the rest is parsed. */
export const Envelope = RequestOptions.extend({
  document: z.unknown().describe('A JSON document as it is, or any document as a string.'),
  idempotencyKey: z.string().max(255).optional(),
}).meta({ id: 'Envelope' });

const EnvelopeRest = Envelope.omit({ document: true });

export interface OpenedEnvelope {
  /** The document's own bytes: what is judged, digested and recorded is what was sent. */
  readonly document: Uint8Array;
  readonly options: z.infer<typeof EnvelopeRest>;
}

/** Everything but the document: names, labels, a run. */
const REST_BYTES = 256 * 1024;

/**
 * Opens an envelope. The document is cut out, not parsed and written again: 2^53+1 and repeated keys reach the gate as
 * they were sent, and a deep one never meets a parser without its limits.
 *
 * @throws HttpError REQUEST_INVALID
 */
export function openEnvelope(bytes: Buffer): OpenedEnvelope {
  const { at, end } = findMember(bytes, 'document');
  if (bytes.length - (end - at) > REST_BYTES)
    throw invalid(`everything but the document is larger than ${REST_BYTES} bytes`);
  const rest = `${bytes.toString('utf8', 0, at)}null${bytes.toString('utf8', end)}`;
  const parsed = z.looseObject({ document: z.null() }).safeParse(parseJson(rest));
  if (!parsed.success) throw invalid('it is not one JSON object');
  const options = EnvelopeRest.safeParse(
    Object.fromEntries(Object.entries(parsed.data).filter(([key]) => key !== 'document')),
  );
  if (!options.success) throw invalid(describeIssues(options.error));
  return { document: unquoted(bytes.subarray(at, end)), options: options.data };
}

/** The issues of a schema, with their paths, in one line. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => [path.map(String).join('.'), message].filter(Boolean).join(': '))
    .join('; ');
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);

interface Slice {
  readonly at: number;
  readonly end: number;
}

/** Where the value of one member of the outermost object stands. What is no JSON is found out by the parser, later. */
function findMember(bytes: Buffer, name: string): Slice {
  const found: Slice[] = [];
  let position = bytes.indexOf('{') + 1;
  while (position > 0 && position < bytes.length) {
    const colon = endOfPart(bytes, position, COLON);
    const end = endOfPart(bytes, colon + 1, COMMA);
    if (keyIn(bytes, position, colon) === name) found.push({ at: colon + 1, end });
    position = end + 1;
  }
  const [first, second] = found;
  if (first === undefined) throw invalid(`it has no member ${JSON.stringify(name)}`);
  if (second !== undefined) throw invalid('it has two documents');
  return first;
}

/** The first `stop` outside of strings and nested values, or the bracket that closes the object, or the end. */
function endOfPart(bytes: Buffer, start: number, stop: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (OPEN.has(byte)) depth++;
    else if (depth === 0 && (byte === stop || CLOSE.has(byte))) return at;
    else if (CLOSE.has(byte)) depth--;
  }
  return bytes.length;
}

function endOfString(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

function keyIn(bytes: Buffer, start: number, end: number): string | undefined {
  // A key of the envelope is short; a long one is not looked at, and refused later as unknown.
  if (end - start > 256) return undefined;
  try {
    const key: unknown = JSON.parse(bytes.toString('utf8', start, end));
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}

function unquoted(slice: Buffer): Uint8Array {
  if (!slice.toString('utf8', 0, 64).trimStart().startsWith('"')) return slice;
  const text = parseJson(slice.toString('utf8'));
  return Buffer.from(typeof text === 'string' ? text : '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HttpError('REQUEST_INVALID', 'The envelope is not valid JSON.', { cause });
  }
}

function invalid(what: string): HttpError {
  return new HttpError('REQUEST_INVALID', `The envelope cannot be opened: ${what}.`, {
    help: 'An envelope looks like {"document": …, "point": "pre-apply", "actor": "ci", "labels": {"team": "payments"}}.',
  });
}
