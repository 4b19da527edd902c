import type { z } from 'zod';

import { StoreError } from './errors.ts';

/**
 * SQLite takes 32,766 variables in a statement, PostgreSQL 65,535. Far fewer, so that the same statement serves again and
 * again, and what is bound to it stays small.
 */
const VARIABLES = 2_000;

/** Some rows at a time, so that a statement never has too many variables. */
export function* chunks<T>(rows: readonly T[], columns: number): Generator<readonly T[]> {
  const size = Math.max(1, Math.floor(VARIABLES / columns));
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

/** Text of the outside as both databases can hold it: PostgreSQL has no way to write U+0000, nor half a character. */
export function text(value: string): string {
  return value.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** JSON that PostgreSQL can read as such, too. */
export function json(value: unknown): string {
  return JSON.stringify(value ?? null).replaceAll('\\u0000', '\\ufffd');
}

export function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : json(value);
}

/** @throws StoreError STORE_CORRUPT: what we wrote ourselves reads back in one way only. */
export function fromJson<T>(schema: z.ZodType<T>, value: string, what: string): T {
  const parsed = schema.safeParse(JSON.parse(value));
  if (parsed.success) return parsed.data;
  throw new StoreError(
    'STORE_CORRUPT',
    `The fleet store holds ${what} that is not what was written.`,
    {
      help: 'Restore it from a backup, or remove it and sweep again: findings then begin anew.',
      cause: parsed.error,
    },
  );
}

/** Null is how a column says what a value says by its absence. */
export function orAbsent<T>(value: T | null): T | undefined {
  return value ?? undefined;
}

export function iso(date: Date): string {
  return date.toISOString();
}
