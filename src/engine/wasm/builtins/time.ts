import type { Builtin } from './builtin.ts';
import { integer, operand, text } from './operands.ts';
import { parseRational } from './rational.ts';
import { formatTime } from './time-format.ts';
import { DAYS, RFC3339_NANO } from './time-layout.ts';
import { daysIn, parseRfc3339, parseTime, safeNs, utcMillis } from './time-parse.ts';
import { momentAt, offsetAt } from './time-zone.ts';
import type { Moment } from './time-zone.ts';
import { BuiltinError, isArray } from './value.ts';
import type { RegoValue } from './value.ts';

/** Times are nanoseconds since 1970, or `[nanoseconds, zone]`, or `[nanoseconds, zone, layout]`. */
export const TIME = {
  'time.now_ns': (_values, { nowNs }) => nowNs,
  'time.parse_rfc3339_ns': (values) => parseRfc3339(text(values, 0)),
  'time.parse_ns': (values) => parseTime(text(values, 0), text(values, 1)),
  'time.parse_duration_ns': (values) => parseDuration(text(values, 0)),
  'time.format': (values) => {
    const { moment, layout } = timeAt(values, 0);
    return formatTime(moment, layout === '' ? RFC3339_NANO : layout);
  },
  'time.date': (values) => {
    const { year, month, day } = timeAt(values, 0).moment;
    return [year, month, day].map(BigInt);
  },
  'time.clock': (values) => {
    const { hour, minute, second } = timeAt(values, 0).moment;
    return [hour, minute, second].map(BigInt);
  },
  'time.weekday': (values) => DAYS[timeAt(values, 0).moment.weekday],
  'time.add_date': (values) =>
    addDate(timeAt(values, 0), integer(values, 1), integer(values, 2), integer(values, 3)),
  'time.diff': (values) => difference(timeAt(values, 0), timeAt(values, 1)),
} as const satisfies Record<string, Builtin>;

interface ZonedTime {
  readonly instant: bigint;
  readonly zone: string;
  readonly layout: string;
  readonly moment: Moment;
}

function timeAt(values: readonly RegoValue[], at: number): ZonedTime {
  const value = operand(values, at);
  const parts = isArray(value) ? value : [value];
  const instant = safeNs(integer(parts, 0));
  const zone = parts.length > 1 ? text(parts, 1) : '';
  return {
    instant,
    zone,
    layout: parts.length > 2 ? text(parts, 2) : '',
    moment: momentAt(instant, zone),
  };
}

/** Months and days run over: the 31st of January and a month is the 2nd or 3rd of March. */
function addDate({ moment, zone }: ZonedTime, years: bigint, months: bigint, days: bigint): bigint {
  const [year, month, day] = [
    moment.year + Number(years),
    moment.month + Number(months),
    moment.day + Number(days),
  ];
  const clock = (moment.hour * 60 + moment.minute) * 60 + moment.second;
  const shown = utcMillis(year, month, day) / 1000 + clock;
  if (!Number.isFinite(shown)) throw new BuiltinError('time outside of valid range');
  // The offset of the new day may be another one than today's.
  const guess = shown - offsetAt(shown - moment.offset, zone);
  const seconds = shown - offsetAt(guess, zone);
  return safeNs(BigInt(seconds) * 1_000_000_000n + BigInt(moment.nanos));
}

/** Years, months, days, hours, minutes and seconds from the earlier to the later, as clocks in the first one's zone show. */
function difference(a: ZonedTime, b: ZonedTime): RegoValue {
  const other = b.zone === a.zone ? b.moment : momentAt(b.instant, a.zone);
  const [from, to] = a.instant > b.instant ? [other, a.moment] : [a.moment, other];
  const [second, minuteCarry] = borrow(to.second - from.second, 60);
  const [minute, hourCarry] = borrow(to.minute - from.minute - minuteCarry, 60);
  const [hour, dayCarry] = borrow(to.hour - from.hour - hourCarry, 24);
  const [day, monthCarry] = borrow(to.day - from.day - dayCarry, daysIn(from.year, from.month));
  const [month, yearCarry] = borrow(to.month - from.month - monthCarry, 12);
  return [to.year - from.year - yearCarry, month, day, hour, minute, second].map(BigInt);
}

function borrow(value: number, size: number): readonly [value: number, borrowed: 0 | 1] {
  return value < 0 ? [value + size, 1] : [value, 0];
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
  y: 31_536_000_000_000_000n,
};

const SEGMENT = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w|y)/gy;

/** `1h30m`, `1.5h`, `2d`; `0` needs no unit. */
function parseDuration(duration: string): bigint {
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(duration) ?? [];
  if (body === '0') return 0n;
  let total = 0n;
  let length = 0;
  for (const [segment, amount = '', unit = ''] of body.matchAll(SEGMENT)) {
    const { over, under } = parseRational(amount);
    total += (over * (UNITS[unit] ?? 0n)) / under;
    length += segment.length;
  }
  if (length === 0 || length !== body.length)
    throw new BuiltinError(`invalid duration ${JSON.stringify(duration)}`);
  return safeNs(sign === '-' ? -total : total);
}
