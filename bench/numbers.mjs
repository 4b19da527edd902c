/** The middle of the numbers; of an even count the mean of both. */
export function median(numbers) {
  return quantile(numbers, 0.5);
}

/** Linear between neighbours; NaN of nothing. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** Three digits that mean something. */
export function round(number) {
  return Number.isFinite(number) ? Number(number.toPrecision(3)) : number;
}

/** A generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
