import { DAYS, layoutParts, MONTHS } from './time-layout.ts';
import type { Moment } from './time-zone.ts';

/** A moment by a layout of Go's time package. */
export function formatTime(moment: Moment, layout: string): string {
  return layoutParts(layout)
    .map((part) => ('literal' in part ? part.literal : formatWord(part.word, moment)))
    .join('');
}

type Format = (moment: Moment) => string;

const FORMATS: Readonly<Record<string, Format>> = {
  January: ({ month }) => MONTHS[month - 1] ?? '',
  Jan: ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3),
  '1': ({ month }) => String(month),
  '01': ({ month }) => padded(month, 2),
  Monday: ({ weekday }) => DAYS[weekday] ?? '',
  Mon: ({ weekday }) => (DAYS[weekday] ?? '').slice(0, 3),
  '2': ({ day }) => String(day),
  _2: ({ day }) => String(day).padStart(2),
  '02': ({ day }) => padded(day, 2),
  __2: ({ yearDay }) => String(yearDay).padStart(3),
  '002': ({ yearDay }) => padded(yearDay, 3),
  '15': ({ hour }) => padded(hour, 2),
  '3': ({ hour }) => String(hour % 12 || 12),
  '03': ({ hour }) => padded(hour % 12 || 12, 2),
  '4': ({ minute }) => String(minute),
  '04': ({ minute }) => padded(minute, 2),
  '5': ({ second }) => String(second),
  '05': ({ second }) => padded(second, 2),
  '2006': ({ year }) => padded(year, 4),
  '06': ({ year }) => padded(year % 100, 2),
  PM: ({ hour }) => (hour >= 12 ? 'PM' : 'AM'),
  pm: ({ hour }) => (hour >= 12 ? 'pm' : 'am'),
  MST: ({ abbreviation }) => abbreviation(),
};

function formatWord(word: string, moment: Moment): string {
  const format = Object.hasOwn(FORMATS, word) ? FORMATS[word] : undefined;
  if (format !== undefined) return format(moment);
  return /^[.,]/.test(word) ? fraction(word, moment.nanos) : zone(word, moment.offset);
}

/** `.000` keeps its zeros, `.999` loses them, and the point when nothing is left. */
function fraction(word: string, nanos: number): string {
  const digits = padded(nanos, 9).slice(0, word.length - 1);
  if (word[1] === '0') return word.slice(0, 1) + digits;
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '' : word.slice(0, 1) + kept;
}

function zone(word: string, offset: number): string {
  if (word.startsWith('Z') && offset === 0) return 'Z';
  const size = Math.abs(offset);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60].map((part) =>
    padded(part, 2),
  );
  const digits = word.replaceAll(/\D/g, '').length / 2;
  return (offset < 0 ? '-' : '+') + parts.slice(0, digits).join(word.includes(':') ? ':' : '');
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
