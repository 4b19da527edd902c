const SIZE = /^(\d{1,15})\s?(B|kB|KB|MB|GB|KiB|MiB|GiB)$/;
const DURATION = /^(\d{1,12})\s?(ms|s|m|h)$/;

const BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 60e3, h: 3600e3 };

/** Timers in Node silently fire at once beyond this many milliseconds. */
export const LONGEST_DURATION = 2 ** 31 - 1;

/**
 * Bytes of a size such as `10MB` or `64KiB`. The unit is never guessed: a limit that was misread is no limit.
 *
 * @returns `undefined` for anything else.
 */
export function parseSize(text: string): number | undefined {
  return measure(SIZE.exec(text), BYTES);
}

/** Milliseconds of a duration such as `250ms`, `30s`, `5m`, `1h`; `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const milliseconds = measure(DURATION.exec(text), MILLISECONDS);
  return milliseconds === undefined || milliseconds > LONGEST_DURATION ? undefined : milliseconds;
}

function measure(
  match: RegExpExecArray | null,
  units: Readonly<Record<string, number>>,
): number | undefined {
  const unit = units[match?.[2] ?? ''];
  if (unit === undefined) return undefined;
  const amount = Number(match?.[1]) * unit;
  return Number.isSafeInteger(amount) ? amount : undefined;
}
