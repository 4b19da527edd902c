import { BuiltinError } from './value.ts';

/** An instant as clocks and calendars of one zone show it. */
export interface Moment {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanos: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1 to 366. */
  readonly yearDay: number;
  /** Seconds ahead of UTC. */
  readonly offset: number;
  readonly abbreviation: () => string;
}

const NANOS_PER_SECOND = 1_000_000_000n;

/** @throws BuiltinError when there is no such zone. */
export function momentAt(instant: bigint, zone: string): Moment {
  const nanos = BigInt.asUintN(
    64,
    ((instant % NANOS_PER_SECOND) + NANOS_PER_SECOND) % NANOS_PER_SECOND,
  );
  const seconds = Number((instant - nanos) / NANOS_PER_SECOND);
  const offset = offsetAt(seconds, zone);
  const shown = new Date((seconds + offset) * 1000);
  const year = shown.getUTCFullYear();
  return {
    year,
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    nanos: Number(nanos),
    weekday: shown.getUTCDay(),
    yearDay:
      Math.floor((shown.getTime() - new Date(0).setUTCFullYear(year, 0, 1)) / 86_400_000) + 1,
    offset,
    abbreviation: () => abbreviationAt(seconds, zone),
  };
}

/** Seconds by which a zone is ahead of UTC at an instant, given in seconds since 1970. */
export function offsetAt(seconds: number, zone: string): number {
  if (isUtc(zone)) return 0;
  const parts = formatter(zone).formatToParts(seconds * 1000);
  const field = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return shown / 1000 - seconds;
}

function isUtc(zone: string): boolean {
  return zone === '' || zone === 'UTC';
}

const CACHED = 64;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const found = formatters.get(zone);
  if (found !== undefined) return found;
  const made = makeFormatter(zone);
  if (formatters.size >= CACHED) formatters.clear();
  formatters.set(zone, made);
  return made;
}

function makeFormatter(zone: string): Intl.DateTimeFormat {
  // "Local" would make a verdict hang on the machine; offsets like +01:00 are no names to Go.
  if (zone === 'Local' || /^[+-]/.test(zone)) throw new BuiltinError(`unknown time zone ${zone}`);
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      timeZoneName: 'short',
    });
  } catch {
    throw new BuiltinError(`unknown time zone ${zone}`);
  }
}

function abbreviationAt(seconds: number, zone: string): string {
  if (isUtc(zone)) return 'UTC';
  const parts = formatter(zone).formatToParts(seconds * 1000);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  // Outside America the runtime knows offsets only, where Go's tables have names: better undefined than another text.
  if (/^[A-Z]{3,5}$/.test(name)) return name;
  throw new BuiltinError(`the short name of ${zone} is not known`);
}
