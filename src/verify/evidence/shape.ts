import { saysTwice } from './twice.ts';

/** What a report brings along to prove itself. */
export interface Evidence {
  readonly report: {
    readonly id: string;
    readonly kind: string;
    readonly format: string;
    readonly digest: string;
  };
  readonly origin: string;
  readonly verifierKeys: readonly string[];
  readonly checkpoint: string;
  readonly issued: Quote & { readonly body: string };
  readonly quoted: readonly Quote[];
  readonly unproven: number;
}

export interface Quote {
  readonly index: number;
  readonly leaf: string;
  readonly proof: readonly Buffer[];
}

/** What the record of the report says of it. */
export interface Issued {
  readonly id: string;
  readonly kind: string;
  readonly format: string;
  readonly digest: string;
  readonly bytes: number;
  readonly madeAt: string;
  readonly around: readonly [string, string] | undefined;
  /** Positions of the records that the evidence proves, as ranges with both ends. */
  readonly quoted: readonly (readonly [number, number])[];
  readonly cut: number;
}

/** Thrown while a text is taken apart; it never leaves this folder. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

const HASH = 32;
const MOST_PROOF = 64;

/**
 * Evidence in exactly its form: a member too many, or one that stands twice, could tell a reader something that nobody
 * signed.
 *
 * @throws Malformed
 */
export function parseEvidence(text: string): Evidence {
  const value = json(text);
  const all = members(value, [
    'format',
    'report',
    'origin',
    'verifierKeys',
    'checkpoint',
    'issued',
    'quoted',
    'unproven',
    'hashes',
  ]);
  if (all['format'] !== 'portcullis-evidence/1') throw new Malformed('it is of another version');
  if (saysTwice(text, value)) throw new Malformed('a member stands twice in it');
  const hashes = list(all['hashes']).map(hashOf);
  const report = members(all['report'], ['id', 'kind', 'format', 'digest']);
  const issued = members(all['issued'], ['index', 'leaf', 'proof', 'body']);
  const { body, ...quote } = issued;
  return {
    report: {
      id: string(report['id']),
      kind: string(report['kind']),
      format: string(report['format']),
      digest: string(report['digest']),
    },
    origin: string(all['origin']),
    verifierKeys: list(all['verifierKeys']).map(string),
    checkpoint: string(all['checkpoint']),
    issued: { ...quoteOf(quote, hashes), body: string(body) },
    quoted: list(all['quoted']).map((one) => quoteOf(one, hashes)),
    unproven: count(all['unproven']),
  };
}

function quoteOf(value: unknown, hashes: readonly Buffer[]): Quote {
  const quote = members(value, ['index', 'leaf', 'proof']);
  const proof = list(quote['proof']).map((place) => {
    const found = hashes[count(place)];
    if (found === undefined) throw new Malformed('a proof names a hash that is not there');
    return found;
  });
  if (proof.length > MOST_PROOF) throw new Malformed('a proof is longer than any tree is high');
  return { index: count(quote['index']), leaf: string(quote['leaf']), proof };
}

/** The body of the record. Members that are not known are passed over: the record is what was signed. @throws Malformed */
export function parseIssued(text: string): Issued {
  const whole = object(json(text));
  const body = object(whole['body']);
  const content = object(body['content']);
  const quoted = object(body['quoted']);
  const around = body['around'] === null ? undefined : list(body['around']).map(string);
  const [before, after, ...more] = around ?? [];
  if (around !== undefined && (before === undefined || after === undefined || more.length > 0))
    throw new Malformed('the record does not say where the evidence stands');
  return {
    id: string(whole['subject']),
    kind: string(body['kind']),
    format: string(body['format']),
    digest: string(content['digest']),
    bytes: count(content['bytes']),
    madeAt: string(body['madeAt']),
    quoted: list(quoted['ranges']).map((range): [number, number] => {
      const [from, to] = list(range);
      return [count(from), count(to)];
    }),
    cut: count(quoted['cut']),
    around: before === undefined || after === undefined ? undefined : [before, after],
  };
}

/** A leaf: canonical JSON of texts and the like. @throws Malformed */
export function parseLeaf(text: string): Readonly<Record<string, unknown>> {
  return object(json(text));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed('it is no JSON');
  }
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Malformed('an object is missing');
  return Object.fromEntries(Object.entries(value));
}

function members(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  const found = object(value);
  const strange = Object.keys(found).find((name) => !names.includes(name));
  if (strange !== undefined) throw new Malformed(`it has a member ${JSON.stringify(strange)}`);
  return found;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Malformed('a list is missing');
  return value;
}

function string(value: unknown): string {
  if (typeof value !== 'string') throw new Malformed('a text is missing');
  return value;
}

function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new Malformed('a number is missing');
  return value;
}

function hashOf(value: unknown): Buffer {
  const bytes = Buffer.from(string(value), 'base64');
  if (bytes.length !== HASH || bytes.toString('base64') !== value)
    throw new Malformed('a hash is none');
  return bytes;
}
