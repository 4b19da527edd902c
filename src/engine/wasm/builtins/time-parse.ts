import { DAYS, layoutParts, MONTHS } from './time-layout.ts';
import { BuiltinError } from './value.ts';

/**
 * Nanoseconds since 1970 of an RFC 3339 time, as `time.parse_rfc3339_ns` answers.
 *
 * @throws BuiltinError when it is no such time, or lies outside 1678 to 2262, where nanoseconds fit 64 bits.
 */
export function parseRfc3339(text: string): bigint {
  return parseTime('RFC3339', text);
}

interface Fields {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  nanos: number;
  afternoon: boolean | undefined;
  /** Seconds ahead of UTC. */
  offset: number;
  yearDay: number | undefined;
}

/**
 * Nanoseconds since 1970 of a time that is written by a layout of Go's time package.
 *
 * @throws BuiltinError when the text does not follow the layout or names no day of the calendar.
 */
export function parseTime(layout: string, text: string): bigint {
  const fields: Fields = {
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    nanos: 0,
    afternoon: undefined,
    offset: 0,
    yearDay: undefined,
  };
  let rest = text;
  const parts = layoutParts(layout);
  for (const [i, part] of parts.entries()) {
    if ('literal' in part) rest = skipLiteral(rest, part.literal);
    else rest = readWord(part.word, rest, fields, parts[i + 1]);
  }
  if (rest !== '') throw new BuiltinError(`extra text: ${JSON.stringify(rest)}`);
  return instantOf(fields);
}

function skipLiteral(text: string, literal: string): string {
  if (!text.startsWith(literal)) throw new BuiltinError(`${JSON.stringify(literal)} is missing`);
  return text.slice(literal.length);
}

type Apply = (fields: Fields, digits: string) => void;

/** How each word reads: what it looks like, and what it sets. */
const READERS: Readonly<Record<string, readonly [RegExp, Apply]>> = {
  '2006': [/^\d{4}/, (fields, digits) => (fields.year = Number(digits))],
  '06': [
    /^\d{2}/,
    (fields, digits) => (fields.year = Number(digits) + (Number(digits) >= 69 ? 1900 : 2000)),
  ],
  '01': [/^\d{2}/, setMonth],
  '1': [/^\d{1,2}/, setMonth],
  January: [new RegExp(`^(?:${MONTHS.join('|')})`, 'i'), setMonthName],
  Jan: [
    new RegExp(`^(?:${MONTHS.map((month) => month.slice(0, 3)).join('|')})`, 'i'),
    setMonthName,
  ],
  Monday: [new RegExp(`^(?:${DAYS.join('|')})`, 'i'), noop],
  Mon: [new RegExp(`^(?:${DAYS.map((day) => day.slice(0, 3)).join('|')})`, 'i'), noop],
  '02': [/^\d{2}/, setDay],
  _2: [/^ ?\d{1,2}/, setDay],
  '2': [/^\d{1,2}/, setDay],
  '002': [/^\d{3}/, (fields, digits) => (fields.yearDay = Number(digits))],
  __2: [/^ {0,2}\d{1,3}/, (fields, digits) => (fields.yearDay = Number(digits))],
  '15': [/^\d{1,2}/, setHour],
  '3': [/^\d{1,2}/, setHour],
  '03': [/^\d{2}/, setHour],
  '4': [/^\d{1,2}/, setMinute],
  '04': [/^\d{2}/, setMinute],
  '5': [/^\d{1,2}/, setSecond],
  '05': [/^\d{2}/, setSecond],
  PM: [/^[AP]M/, setAfternoon],
  pm: [/^[ap]m/, setAfternoon],
  MST: [/^(?:GMT[+-]\d{1,2}|[A-Z]{3,5})/, setAbbreviation],
};

function readWord(word: string, text: string, fields: Fields, next: object | undefined): string {
  const reader = Object.hasOwn(READERS, word) ? READERS[word] : undefined;
  if (reader === undefined)
    return /^[.,]/.test(word) ? readFraction(word, text, fields) : readZone(word, text, fields);
  const [pattern, apply] = reader;
  const found = pattern.exec(text)?.[0];
  if (found === undefined) throw new BuiltinError(`${JSON.stringify(text)} does not fit ${word}`);
  apply(fields, found.trim());
  const rest = text.slice(found.length);
  return word === '05' || word === '5' ? readUnaskedFraction(rest, fields, next) : rest;
}

/** Go takes a fraction behind the seconds even where the layout has none. */
function readUnaskedFraction(text: string, fields: Fields, next: object | undefined): string {
  const asked =
    next !== undefined &&
    'word' in next &&
    typeof next.word === 'string' &&
    /^[.,]/.test(next.word);
  const found = asked ? null : /^[.,](\d+)/.exec(text);
  if (found === null) return text;
  fields.nanos = fractionNanos(found[1] ?? '');
  return text.slice(found[0].length);
}

function readFraction(word: string, text: string, fields: Fields): string {
  const exact = word[1] === '0';
  const found = (exact ? new RegExp(`^[.,](\\d{${word.length - 1}})`) : /^[.,](\d+)/).exec(text);
  if (found === null) {
    if (exact) throw new BuiltinError('the fraction of a second is missing');
    return text;
  }
  fields.nanos = fractionNanos(found[1] ?? '');
  return text.slice(found[0].length);
}

/** The digits after the point as nanoseconds; more than nine are cut off. */
function fractionNanos(digits: string): number {
  return Number(digits.slice(0, 9).padEnd(9, '0'));
}

function readZone(word: string, text: string, fields: Fields): string {
  if (word.startsWith('Z') && text.startsWith('Z')) return text.slice(1);
  const separator = word.includes(':') ? ':' : '';
  const parts = word.replaceAll(/\D/g, '').length / 2;
  const pattern = new RegExp(`^([+-])(\\d\\d)${`${separator}(\\d\\d)`.repeat(parts - 1)}`);
  const found = pattern.exec(text);
  if (found === null) throw new BuiltinError(`${JSON.stringify(text)} is no offset`);
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(2).map(Number);
  if (hours > 24 || minutes > 59 || seconds > 59) throw new BuiltinError('offset out of range');
  fields.offset = (hours * 3600 + minutes * 60 + seconds) * (found[1] === '-' ? -1 : 1);
  return text.slice(found[0].length);
}

function setMonth(fields: Fields, digits: string): void {
  fields.month = Number(digits);
}

function setMonthName(fields: Fields, name: string): void {
  fields.month =
    MONTHS.findIndex((month) => month.toLowerCase().startsWith(name.toLowerCase())) + 1;
}

function setDay(fields: Fields, digits: string): void {
  fields.day = Number(digits);
}

function setHour(fields: Fields, digits: string): void {
  fields.hour = Number(digits);
}

function setMinute(fields: Fields, digits: string): void {
  fields.minute = Number(digits);
}

function setSecond(fields: Fields, digits: string): void {
  fields.second = Number(digits);
}

function setAfternoon(fields: Fields, word: string): void {
  fields.afternoon = word.toUpperCase() === 'PM';
}

/** Go knows what an abbreviation means only in the local zone, which is UTC here; elsewhere it counts as UTC. */
function setAbbreviation(fields: Fields, name: string): void {
  fields.offset = name.startsWith('GMT') ? Number(name.slice(3)) * 3600 : 0;
}

function noop(): void {
  // Go does not check the weekday against the date.
}

function instantOf(fields: Fields): bigint {
  const { year, minute, second, nanos, offset } = fields;
  const { month, day } = dateOf(fields);
  const hour = hourOf(fields);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    throw new BuiltinError('day out of range');
  if (hour > 23 || minute > 59 || second > 59) throw new BuiltinError('time out of range');
  const millis = utcMillis(year, month, day) + ((hour * 60 + minute) * 60 + second - offset) * 1000;
  return safeNs(BigInt(millis) * 1_000_000n + BigInt(nanos));
}

function hourOf({ hour, afternoon }: Fields): number {
  if (afternoon === undefined) return hour;
  if (hour > 12) throw new BuiltinError('hour out of range');
  return (hour % 12) + (afternoon ? 12 : 0);
}

function dateOf({ year, month, day, yearDay }: Fields): {
  readonly month: number;
  readonly day: number;
} {
  if (yearDay === undefined) return { month, day };
  const date = new Date(utcMillis(year, 1, yearDay));
  if (date.getUTCFullYear() !== year) throw new BuiltinError('day-of-year out of range');
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Days and months beyond their end run over. Date.UTC takes the years 0 to 99 for 1900 to 1999, this does not. */
export function utcMillis(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

export function daysIn(year: number, month: number): number {
  return new Date(utcMillis(year, month + 1, 1) - 1).getUTCDate();
}

const LIMIT = 1n << 63n;

/** @throws BuiltinError when the nanoseconds do not fit 64 bits, where OPA gives up too. */
export function safeNs(nanoseconds: bigint): bigint {
  if (nanoseconds >= LIMIT || nanoseconds < -LIMIT)
    throw new BuiltinError('time outside of valid range');
  return nanoseconds;
}
