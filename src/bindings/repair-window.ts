import { z } from 'zod';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Day = (typeof DAYS)[number];

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:30');

/** When a repair may write; reading goes on at any time. A window over midnight belongs to the day on which it opens. */
export const RepairWindow = z
  .strictObject({
    days: z
      .array(z.enum(DAYS))
      .min(1)
      .default([...DAYS]),
    from: Time,
    until: Time,
    timezone: z.string().refine(isTimezone, 'a time zone such as Europe/Zurich or UTC'),
  })
  .refine(({ from, until }) => from !== until, {
    message: 'from and until are the same time: a window that is always open is left out',
    path: ['until'],
  });
export type RepairWindow = z.infer<typeof RepairWindow>;

/** True when the window is open at a moment. The wall clock of its time zone decides, through every change of summer time. */
export function isOpen(window: RepairWindow, now: Date): boolean {
  const { day, time } = wallClock(now, window.timezone);
  const opensOn = (name: Day | undefined): boolean =>
    name !== undefined && window.days.includes(name);
  if (window.from < window.until) return opensOn(day) && window.from <= time && time < window.until;
  if (time >= window.from) return opensOn(day);
  return time < window.until && opensOn(dayBefore(day));
}

export function describeWindow({ days, from, until, timezone }: RepairWindow): string {
  const which = days.length === DAYS.length ? '' : `${days.join(', ')} `;
  return `${which}${from} to ${until} ${timezone}`;
}

function wallClock(now: Date, timezone: string): { day: Day | undefined; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? '';
  const weekday = part('weekday').toLowerCase();
  return { day: DAYS.find((day) => day === weekday), time: `${part('hour')}:${part('minute')}` };
}

function dayBefore(day: Day | undefined): Day | undefined {
  return day === undefined ? undefined : DAYS[(DAYS.indexOf(day) + DAYS.length - 1) % DAYS.length];
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
