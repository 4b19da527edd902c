import { isSecretName } from '../catalogue/secrets.ts';
import { isRecord } from '../kit/record.ts';
import { SENSITIVE } from './marker.ts';
import type { Needle } from './needles.ts';
import { credentialsIn } from './patterns.ts';

/** Shorter values are parts of too many words: they are hidden in their own place alone. */
const SHORTEST = 4;
/** From here on a value is found inside longer words too; a shorter one only as a word. */
const ANYWHERE = 8;
/** Lines of a key, and members of a JSON text, that are long enough to be known by themselves. */
const SHORTEST_PART = 12;
/** Spellings of larger values are not worked out; the values themselves are found at any size. */
const LONGEST_ENCODED = 16_384;
/** Larger wrappings stay closed: whole files, which nobody quotes. */
const LONGEST_WRAPPING = 262_144;
/** Secrets of registries are Base64 of JSON that holds Base64 of a name and a password. */
const DEEPEST = 4;
/** A value has no more parts than that: what a caller writes must not keep the gate busy. */
const MOST_PARTS = 4096;

/** Values that tell nothing, whoever marks them; taken out of texts they would take the sense with them. */
const ORDINARY = new Set(
  (
    'true false null none nil yes no on off enabled disabled default undefined unknown auto ' +
    'public private internal external string number object list name value test root'
  ).split(' '),
);

/**
 * The texts by which a sensitive value is known again: itself, as JSON, URLs and Base64 spell it, and, where it is a
 * wrapping of its own, what is inside. Values that nobody could tell from ordinary text have none.
 */
export function formsOf(value: string): Needle[] {
  return [...partsOf(value)].flatMap(spellings);
}

/** The value and all that is wrapped in it, in however many layers. */
function partsOf(value: string): Set<string> {
  const parts = new Set([value]);
  let layer = [value];
  for (let depth = 0; depth < DEEPEST && layer.length > 0; depth++) {
    layer = layer.flatMap(unwrapped).filter((part) => !parts.has(part));
    for (const part of layer) if (parts.size < MOST_PARTS) parts.add(part);
  }
  return parts;
}

function unwrapped(value: string): string[] {
  if (value.length > LONGEST_WRAPPING) return [];
  return [...decoded(value), ...members(value), ...lines(value), ...stated(value)];
}

function spellings(value: string): Needle[] {
  if (!isTelling(value)) return [];
  const plain = { text: value, whole: value.length < ANYWHERE };
  const trimmed = value.trim();
  const texts = value.length > LONGEST_ENCODED ? [] : encodings(value);
  return [plain, ...[trimmed, ...texts].filter(isTelling).map((text) => needle(text, value))];
}

function needle(text: string, value: string): Needle {
  return { text, whole: value.length < ANYWHERE && text.length < ANYWHERE };
}

function isTelling(value: string): boolean {
  return (
    value.trim().length >= SHORTEST &&
    !ORDINARY.has(value.trim().toLowerCase()) &&
    !/^\s*\d{1,5}\s*$/.test(value) &&
    // A marker must stay what it is when a text goes through here again.
    !SENSITIVE.includes(value)
  );
}

function encodings(value: string): string[] {
  const wellFormed = value.toWellFormed();
  const json = escaped(wellFormed);
  const url = encodeURIComponent(wellFormed);
  return [
    json,
    escaped(json),
    forHtml(json),
    url,
    url.replaceAll('%20', '+'),
    url.replaceAll(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase()),
    ...base64(wellFormed),
  ];
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As Go writes JSON, and policies with it. */
function forHtml(json: string): string {
  return json.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
}

/**
 * Base64 of the value alone, and the part of it that stays the same inside the Base64 of something longer: where the value
 * begins in a group of three octets decides between three spellings.
 */
function base64(value: string): string[] {
  const octets = Buffer.from(value);
  const inner = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), octets]).toString('base64');
    return text.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + octets.length) * 4) / 3));
  });
  const texts = [octets.toString('base64'), ...inner.filter(({ length }) => length >= ANYWHERE)];
  return texts.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
}

const BASE64 = /^[A-Za-z0-9+/]{8,}={0,2}$/;
/** What no text holds: what is no character, and control characters besides line breaks and tabs. */
const BINARY = /[\uFFFD]|(?![\t\n\r])\p{Cc}/u;

/** What a value in Base64 says, as the data of a Kubernetes Secret is written; in lines, too. */
function decoded(value: string): string[] {
  const compact = value.replaceAll(/\s/g, '');
  if (compact.length % 4 !== 0 || !BASE64.test(compact)) return [];
  const text = Buffer.from(compact, 'base64').toString('utf8');
  if (BINARY.test(text)) return [];
  // As HTTP's basic authorisation has it, a name and a password.
  const password = /^[^\s:]{1,128}:(?!\/\/)(\S{4,})$/.exec(text)?.[1];
  return password === undefined ? [text] : [text, password];
}

/** Passwords inside connection strings, files of settings, addresses: who uses them takes the password alone. */
function stated(value: string): string[] {
  return credentialsIn(value).map(({ start, end }) => value.slice(start, end));
}

/** Secrets are often kept as one JSON object; who uses them takes a member. */
function members(value: string): string[] {
  if (!/^\s*[{[]/.test(value)) return [];
  try {
    return leaves(JSON.parse(value), '');
  } catch {
    return [];
  }
}

function leaves(value: unknown, name: string): string[] {
  if (typeof value === 'string')
    return isSecretName(name) || value.length >= SHORTEST_PART ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((element) => leaves(element, name));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => leaves(member, key));
}

function lines(value: string): string[] {
  if (!value.includes('\n')) return [];
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter(({ length }) => length >= SHORTEST_PART);
}
