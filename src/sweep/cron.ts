import { parse } from 'node-cron';

import { messageOf } from '../kit/errors.ts';
import { SweepError } from './errors.ts';
import { clocksOf, wallDay } from './wall-time.ts';
import type { WallDay } from './wall-time.ts';

/** A time at which a schedule is due. */
export interface Fire {
  readonly time: Date;
  /** The clocks went past its time of day: it is due when they had. */
  readonly skippedByClocks: boolean;
}

const DAY_MS = 86_400_000;

/** Whoever was away for longer has nothing to catch up with fire by fire. */
const LONGEST_MS = 400 * DAY_MS;

/**
 * The times at which a cron expression of five fields is due, after `from` and not after `until`. Pure, so that nothing
 * hangs on a timer being on time. Days of the month and of the week must both match, as node-cron understands them.
 *
 * When the clocks go forward, a time of day that does not exist is due as soon as they have; when they go back, a time of
 * day that comes twice is due the first time. A schedule for every hour goes by elapsed time instead: nothing is skipped
 * and nothing stands still.
 *
 * @param most no more than this many, the latest ones.
 * @throws SweepError SWEEP_SCHEDULE
 */
export function firesBetween(
  expression: string,
  timezone: string,
  from: Date,
  until: Date,
  most = 1000,
): Fire[] {
  const schedule = parseSchedule(expression);
  const begin = Math.max(from.getTime(), until.getTime() - LONGEST_MS);
  const fires = new Map<number, Fire>();
  // From the latest day backwards, so that a schedule of every minute does not tell of a whole year.
  for (const day of daysBack(wallDay(until, timezone), begin)) {
    for (const fire of firesOfDay(schedule, day, timezone)) {
      const time = fire.time.getTime();
      if (time <= begin || time > until.getTime()) continue;
      // A fire of its own comes before one that the clocks pushed there.
      if (fires.get(time)?.skippedByClocks !== false) fires.set(time, fire);
    }
    if (fires.size >= most) break;
  }
  return [...fires.values()].sort((a, b) => a.time.getTime() - b.time.getTime()).slice(-most);
}

/** Day by day of the calendar, and not 24 hours by 24 hours: a day on which the clocks go forward has 23, and would be passed over. */
function* daysBack({ year, month, day }: WallDay, begin: number): Generator<WallDay> {
  // The midnights of UTC are far from those of the place, but by less than a day.
  for (let at = Date.UTC(year, month - 1, day); at >= begin - 2 * DAY_MS; at -= DAY_MS)
    yield wallDay(new Date(at), 'UTC');
}

/** @throws SweepError SWEEP_SCHEDULE for what cannot be read, and says why. */
export function requireSchedule(expression: string): void {
  parseSchedule(expression);
}

export function isTimezone(timezone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).format(0) !== '';
  } catch {
    return false;
  }
}

type Schedule = ReturnType<typeof parse>;

function parseSchedule(expression: string): Schedule {
  let schedule: Schedule;
  try {
    schedule = parse(expression);
  } catch (cause) {
    const message = `The schedule ${JSON.stringify(expression)} cannot be read: ${messageOf(cause)}`;
    throw new SweepError('SWEEP_SCHEDULE', message, { cause, help: HELP });
  }
  if (schedule.second.length === 1 && schedule.second[0] === 0) return schedule;
  const message = `The schedule ${JSON.stringify(expression)} counts seconds: a sweep takes longer than that.`;
  throw new SweepError('SWEEP_SCHEDULE', message, { help: HELP });
}

const HELP = 'Minute, hour, day of the month, month, day of the week: 30 2 * * 1-5';

function firesOfDay(schedule: Schedule, day: WallDay, timezone: string): Fire[] {
  if (!isDay(schedule, day)) return [];
  const elapsed = schedule.hour.length === 24;
  const clocks = clocksOf(day, timezone);
  return schedule.hour.flatMap((hour) =>
    schedule.minute.flatMap((minute): Fire[] => {
      const { instants, afterGap } = clocks(hour, minute);
      if (afterGap !== undefined) return elapsed ? [] : [{ time: afterGap, skippedByClocks: true }];
      const due = elapsed ? instants : instants.slice(0, 1);
      return due.map((time) => ({ time, skippedByClocks: false }));
    }),
  );
}

function isDay({ month, dayOfMonth, dayOfWeek }: Schedule, day: WallDay): boolean {
  return (
    month.includes(day.month) &&
    dayOfMonth.some((wanted) => isDayOfMonth(String(wanted), day)) &&
    dayOfWeek.some((wanted) => isDayOfWeek(String(wanted), day))
  );
}

/** `15`, `L` (the last one), `15W` and `LW` (the working day nearest to it, inside the month). */
function isDayOfMonth(wanted: string, { day, month, year, weekday }: WallDay): boolean {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const named = wanted.startsWith('L') ? last : Number.parseInt(wanted, 10);
  if (!wanted.endsWith('W')) return day === named;
  if (weekday === 0 || weekday === 6) return false;
  return day === nearestWorkingDay(year, month, Math.min(named, last), last);
}

function nearestWorkingDay(year: number, month: number, day: number, last: number): number {
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === last ? day - 2 : day + 1;
  return day;
}

/** `5`, `5#2` (the second Friday), `5L` (the last one). */
function isDayOfWeek(wanted: string, { day, month, year, weekday }: WallDay): boolean {
  if (Number.parseInt(wanted, 10) % 7 !== weekday) return false;
  const [, nth] = wanted.split('#');
  if (nth !== undefined) return Math.ceil(day / 7) === Number(nth);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return !wanted.endsWith('L') || day + 7 > last;
}
