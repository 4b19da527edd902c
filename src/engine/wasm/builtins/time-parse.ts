import { BuiltinError } from './value.ts';

const RFC3339 =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:(Z)|([+-])(\d\d):(\d\d))$/;

/**
 * Nanoseconds since 1970 of an RFC 3339 time, as `time.parse_rfc3339_ns` answers.
 *
 * @throws BuiltinError when it is no such time, or lies outside 1678 to 2262, where nanoseconds fit 64 bits.
 */
export function parseRfc3339(text: string): bigint {
  const found = RFC3339.exec(text);
  if (found === null) throw new BuiltinError(`${JSON.stringify(text)} is no RFC 3339 time`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map(Number);
  const [fraction = '', , sign, offsetHour = '0', offsetMinute = '0'] = found.slice(7);
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -60 : 60);
  return instantNs(
    { year, month, day, hour, minute, second, nanos: fractionNanos(fraction) },
    offset,
  );
}

/** The digits after the point as nanoseconds; more than nine are cut off. */
export function fractionNanos(digits: string): number {
  return Number(digits.slice(0, 9).padEnd(9, '0'));
}

export interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanos: number;
}

/**
 * The instant of a clock reading in a zone that is `offset` seconds ahead of UTC.
 *
 * @throws BuiltinError for the 30th of February and the like.
 */
export function instantNs(clock: Clock, offset: number): bigint {
  const { year, month, day, hour, minute, second, nanos } = clock;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    throw new BuiltinError('day out of range');
  if (hour > 23 || minute > 59 || second > 59)
    throw new BuiltinError('hour, minute or second out of range');
  const millis = utcMillis(year, month, day) + ((hour * 60 + minute) * 60 + second - offset) * 1000;
  return safeNs(BigInt(millis) * 1_000_000n + BigInt(nanos));
}

/** Date.UTC takes the years 0 to 99 for 1900 to 1999. */
function utcMillis(year: number, month: number, day: number): number {
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
