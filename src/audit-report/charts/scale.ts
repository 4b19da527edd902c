const STEPS = [1, 2, 2.5, 5, 10];
const MOST_TICKS = 5;

/** Round numbers from nothing to the end of an axis that holds `most`; at least 0 and 1. */
export function ticksUpTo(most: number): readonly number[] {
  const end = Number.isFinite(most) && most > 0 ? most : 1;
  const step = niceStep(end / MOST_TICKS, end);
  const count = Math.ceil(end / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

function niceStep(rough: number, end: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = STEPS.map((step) => step * power).find((step) => step >= rough - 1e-12) ?? rough;
  // Things are counted: half a finding is not worth a line.
  return end >= 1 ? Math.max(1, Math.ceil(nice)) : nice;
}

const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const SHORT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** `12,345`. */
export function number(value: number): string {
  return NUMBERS.format(value);
}

/** `12K`, for an axis. */
export function shortNumber(value: number): string {
  return SHORT.format(value);
}

/** A position on paper with no more digits than anybody sees. */
export function at(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The value of a figure: what is a count and nothing else is shown as counts are. */
export function figureValue(value: string): string {
  return /^\d{4,15}$/.test(value) ? number(Number(value)) : value;
}
