import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { firesBetween, requireSchedule } from '../../../src/sweep/cron.ts';

function fires(expression: string, timezone: string, from: string, until: string): string[] {
  return firesBetween(expression, timezone, new Date(from), new Date(until)).map(
    ({ time, skippedByClocks }) =>
      `${time.toISOString().replace(':00.000Z', 'Z')}${skippedByClocks ? ' after the gap' : ''}`,
  );
}

describe('the clocks of New York', () => {
  it('skip 02:30 in spring: due when they have gone past it, once', () => {
    expect(
      fires('30 2 * * *', 'America/New_York', '2027-03-13T00:00Z', '2027-03-16T00:00Z'),
    ).toEqual(['2027-03-13T07:30Z', '2027-03-14T07:00Z after the gap', '2027-03-15T06:30Z']);
  });

  it('show 01:30 twice in autumn: due the first time', () => {
    expect(
      fires('30 1 * * *', 'America/New_York', '2026-10-31T12:00Z', '2026-11-02T12:00Z'),
    ).toEqual(['2026-11-01T05:30Z', '2026-11-02T06:30Z']);
  });

  it('do not hold up what is due every hour, nor hurry it', () => {
    const autumn = fires('0 * * * *', 'America/New_York', '2026-11-01T03:59Z', '2026-11-01T08:00Z');
    expect(autumn).toEqual(
      ['04:00', '05:00', '06:00', '07:00', '08:00'].map((t) => `2026-11-01T${t}Z`),
    );
    const spring = fires('0 * * * *', 'America/New_York', '2027-03-14T05:59Z', '2027-03-14T08:00Z');
    expect(spring).toEqual(['06:00', '07:00', '08:00'].map((t) => `2027-03-14T${t}Z`));
  });

  it('push what they skip onto a fire of its own, which stays one', () => {
    expect(
      fires('0 2,3 * * *', 'America/New_York', '2027-03-14T00:00Z', '2027-03-14T12:00Z'),
    ).toEqual(['2027-03-14T07:00Z']);
  });
});

describe('the clocks of Berlin', () => {
  it.each([
    [
      '30 2 * * *',
      '2027-03-27T12:00Z',
      '2027-03-29T12:00Z',
      ['2027-03-28T01:00Z after the gap', '2027-03-29T00:30Z'],
    ],
    [
      '30 2 * * *',
      '2026-10-24T12:00Z',
      '2026-10-26T12:00Z',
      ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ],
  ])('%s from %s', (expression, from, until, expected) => {
    expect(fires(expression, 'Europe/Berlin', from, until)).toEqual(expected);
  });
});

describe('a day on which the clocks went forward', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28T12:00Z', '2026-03-29T22:10Z', '2026-03-29T10:30Z'],
    ['America/New_York', '2027-03-13T18:00Z', '2027-03-15T04:10Z', '2027-03-14T16:30Z'],
  ])('in %s is not passed over by who looks just after its midnight', (place, from, until, due) => {
    expect(fires('30 12 * * *', place, from, until)).toEqual([due]);
  });
});

describe('days', () => {
  const month = (expression: string) =>
    fires(expression, 'UTC', '2026-10-31T23:59Z', '2026-11-30T23:59Z').map((time) =>
      Number(time.slice(8, 10)),
    );
  it.each([
    ['0 0 1,15 * *', [1, 15]],
    ['0 0 L * *', [30]],
    ['0 0 15W * *', [16]],
    ['0 0 1W * *', [2]],
    ['0 0 * * 5#2', [13]],
    ['0 0 * * 5L', [27]],
    ['0 0 * * 7', [1, 8, 15, 22, 29]],
    ['0 0 1 * 0', [1]],
    ['0 0 2 * 0', []],
    ['@weekly', [1, 8, 15, 22, 29]],
  ])('%s', (expression, days) => {
    expect(month(expression)).toEqual(days);
  });
});

describe('what is no schedule', () => {
  it.each([
    ['every day', 'cannot be read'],
    ['*/5 * * * * *', 'counts seconds'],
    ['0 0 31 2 *', 'impossible'],
  ])('%s', (expression, why) => {
    expect(() => requireSchedule(expression)).toThrow(why);
  });
});

describe('fires between two times', () => {
  const zones = [
    'UTC',
    'America/New_York',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  ];
  const start = Date.UTC(2026, 0, 1);
  const schedule = fc.record({
    minute: fc.integer({ min: 0, max: 59 }),
    hour: fc.integer({ min: 0, max: 23 }),
    zone: fc.constantFrom(...zones),
    from: fc.integer({ min: 0, max: 500 * 24 * 60 }).map((minutes) => start + minutes * 60_000),
    days: fc.integer({ min: 1, max: 20 }),
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it('are the same however often one looks, and one for every day', () => {
    fc.assert(
      fc.property(schedule, ({ minute, hour, zone, from, days, cut }) => {
        const expression = `${minute} ${hour} * * *`;
        const until = from + days * 86_400_000;
        const middle = Math.floor(from + cut * (until - from));
        const between = (a: number, b: number) =>
          firesBetween(expression, zone, new Date(a), new Date(b)).map(({ time }) =>
            time.getTime(),
          );
        const all = between(from, until);
        expect([...between(from, middle), ...between(middle, until)]).toEqual(all);
        expect(new Set(all).size).toBe(all.length);
        expect(Math.abs(all.length - days)).toBeLessThanOrEqual(1);
        for (const time of all) expect(time > from && time <= until).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('are bounded, the latest ones', () => {
    const all = firesBetween(
      '* * * * *',
      'UTC',
      new Date(start),
      new Date(start + 10 * 86_400_000),
      100,
    );
    expect(all).toHaveLength(100);
    expect(all.at(-1)!.time.getTime()).toBe(start + 10 * 86_400_000);
  });
});
