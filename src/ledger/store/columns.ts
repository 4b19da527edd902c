/**
 * SQLite takes 32,766 variables in a statement, PostgreSQL 65,535. Far fewer, so that what is bound to one stays small.
 */
const VARIABLES = 2_000;

/** Some rows at a time, so that a statement never has too many variables. */
export function* chunks<T>(rows: readonly T[], columns: number): Generator<T[]> {
  const size = Math.max(1, Math.floor(VARIABLES / columns));
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

/** Text that others chose, as both databases can hold it: PostgreSQL has no way to write U+0000, nor half a character. */
export function text(value: string): string {
  return value.replaceAll('\0', '\uFFFD').toWellFormed();
}
