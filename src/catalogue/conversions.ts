import { UNKNOWN } from './facts.ts';

/** A value read from a resource: there, absent (`undefined`), or not known until apply. */
export type Read<T> = T | undefined | typeof UNKNOWN;

/* What stands in a document, as the type that a fact wants: of any other type is absent. */

export function known<T>(
  value: Read<unknown>,
  convert: (value: unknown) => T | undefined,
): Read<T> {
  return value === UNKNOWN ? UNKNOWN : convert(value);
}

export function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1') return true;
  return value === 'false' || value === '0' ? false : undefined;
}

export function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
