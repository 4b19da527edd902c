/** A day by the calendar of some place. Months from 1, Sunday is 0. */
export interface WallDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

/** When the clocks of a place show a time: once, twice (they went back), or never (they went forward past it). */
export interface Instants {
  readonly instants: readonly Date[];
  /** Of a time that never was: when the clocks had gone past it. */
  readonly afterGap?: Date;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The day that an instant falls on. */
export function wallDay(instant: Date, timezone: string): WallDay {
  const wall = new Date(instant.getTime() + offsetAt(instant.getTime(), timezone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    weekday: wall.getUTCDay(),
  };
}

/** The clocks of a place on one day: hour and minute -> when they show it. */
export function clocksOf(
  { year, month, day }: WallDay,
  timezone: string,
): (hour: number, minute: number) => Instants {
  const midnight = Date.UTC(year, month - 1, day);
  // Clocks change at most once in these three days, so one of the two holds at any time of the day.
  const before = offsetAt(midnight - DAY_MS, timezone);
  const after = offsetAt(midnight + 2 * DAY_MS, timezone);
  return (hour, minute) => {
    const wall = midnight + (hour * 60 + minute) * MINUTE_MS;
    if (before === after) return { instants: [new Date(wall - before)] };
    const instants = [...new Set([wall - before, wall - after])]
      .filter((instant) => instant + offsetAt(instant, timezone) === wall)
      .sort((a, b) => a - b)
      .map((instant) => new Date(instant));
    if (instants.length > 0) return { instants };
    const change = changeBetween(midnight - DAY_MS, midnight + 2 * DAY_MS, timezone);
    return { instants, afterGap: new Date(change) };
  };
}

/** The first minute at which the later offset holds. */
function changeBetween(from: number, until: number, timezone: string): number {
  const later = offsetAt(until, timezone);
  let [low, high] = [Math.floor(from / MINUTE_MS), Math.ceil(until / MINUTE_MS)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * MINUTE_MS, timezone) === later) high = middle;
    else low = middle;
  }
  return high * MINUTE_MS;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that the clocks of a place are ahead of UTC. */
function offsetAt(instant: number, timezone: string): number {
  const format = formats.get(timezone) ?? createFormat(timezone);
  formats.set(timezone, format);
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
