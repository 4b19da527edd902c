/** The words of a layout of Go's time package: each stands for a part of the reference time, the rest for itself. */
const WORDS =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|__2|_2(?!006)|002|0[1-6]|15|PM|pm|Z07:00:00|Z070000|Z07:00|Z0700|Z07|-07:00:00|-070000|-07:00|-0700|-07|[.,](?:0+|9+)(?!\d)|[1-5]/g;

export type LayoutPart = { readonly word: string } | { readonly literal: string };

const NAMED: Readonly<Record<string, string>> = {
  ANSIC: 'Mon Jan _2 15:04:05 2006',
  UnixDate: 'Mon Jan _2 15:04:05 MST 2006',
  RubyDate: 'Mon Jan 02 15:04:05 -0700 2006',
  RFC822: '02 Jan 06 15:04 MST',
  RFC822Z: '02 Jan 06 15:04 -0700',
  RFC850: 'Monday, 02-Jan-06 15:04:05 MST',
  RFC1123: 'Mon, 02 Jan 2006 15:04:05 MST',
  RFC1123Z: 'Mon, 02 Jan 2006 15:04:05 -0700',
  RFC3339: '2006-01-02T15:04:05Z07:00',
  RFC3339Nano: '2006-01-02T15:04:05.999999999Z07:00',
};

export const RFC3339_NANO = 'RFC3339Nano';

/** Splits a layout, or the name of one of Go's, into words and what stands between them. */
export function layoutParts(layout: string): LayoutPart[] {
  const text = Object.hasOwn(NAMED, layout) ? (NAMED[layout] ?? layout) : layout;
  const parts: LayoutPart[] = [];
  let at = 0;
  for (const { 0: word, index } of text.matchAll(WORDS)) {
    if (index > at) parts.push({ literal: text.slice(at, index) });
    parts.push({ word });
    at = index + word.length;
  }
  if (at < text.length) parts.push({ literal: text.slice(at) });
  return parts;
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export const DAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;
