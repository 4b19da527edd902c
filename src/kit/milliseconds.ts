/** Microseconds are what the clock can tell; more digits would be noise in a record. */
export function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}
