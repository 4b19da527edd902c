import { InvalidArgumentError } from 'commander';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * `24h`, `7d`, a date or a time -> RFC 3339 in UTC.
 *
 * @throws InvalidArgumentError
 */
export function parseTime(text: string): string {
  const ago = /^(\d{1,5})([mhdw])$/.exec(text);
  if (ago?.[1] !== undefined)
    return new Date(Date.now() - Number(ago[1]) * unit(ago[2])).toISOString();
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new InvalidArgumentError(
    'It is a date (2026-11-22), a time (2026-11-22T08:00:00Z) or how long ago (30m, 24h, 7d, 2w).',
  );
}

function unit(letter: string | undefined): number {
  return letter === 'm' || letter === 'h' || letter === 'd' || letter === 'w'
    ? UNITS[letter]
    : Number.NaN;
}
