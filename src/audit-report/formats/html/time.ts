import { markup } from '../../markup.ts';
import type { Markup } from '../../markup.ts';

const STAMP = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z$/;

/** `2026-11-26 02:01:05 UTC`; what is no time stamp in UTC stays as it was written. */
export function moment(time: string): Markup {
  const [, day, clock] = STAMP.exec(time) ?? [];
  if (day === undefined || clock === undefined) return markup`<bdi>${time}</bdi>`;
  return markup`<time datetime="${time}">${day} ${clock} UTC</time>`;
}

/** The same in a cell, which must not be wide: its column says that it is a time, in UTC. */
export function shortMoment(time: string): Markup {
  const [, day, clock] = STAMP.exec(time) ?? [];
  if (day === undefined || clock === undefined) return markup`<bdi>${time}</bdi>`;
  return markup`<time datetime="${time}">${day} ${clock}</time>`;
}
