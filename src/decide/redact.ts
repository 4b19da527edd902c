import { overlaps, splitPath, valueAt } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import type { Violation } from '../model/verdict.ts';

/** What stands in place of a value that the document marks as sensitive. */
export const SENSITIVE = '(sensitive)';

/** Shorter values are too common as parts of other words to be taken out of texts. */
const SHORTEST_VALUE = 4;

/**
 * A violation without sensitive values: by path, where what it reports is marked, and by value, where a marked value
 * shows up in a text.
 */
export function redact(violation: Violation, resource: Resource): Violation {
  if (resource.sensitive.length === 0) return violation;
  const marked = resource.sensitive.some((path) => overlaps(path, violation.path));
  const values = sensitiveTexts(resource);
  const clean = (value: unknown): unknown =>
    marked && value != null ? SENSITIVE : without(values, value);
  return {
    address: violation.address,
    path: violation.path,
    message: withoutTexts(values, violation.message),
    ...(violation.expected === undefined ? {} : { expected: without(values, violation.expected) }),
    ...(violation.actual === undefined ? {} : { actual: clean(violation.actual) }),
    ...(violation.fix === undefined ? {} : { fix: withoutTexts(values, violation.fix) }),
  };
}

function sensitiveTexts(resource: Resource): readonly string[] {
  const texts = resource.sensitive.flatMap((path) => textsIn(valueAt(resource, splitPath(path))));
  // The longest first, so that a value that contains another one goes whole.
  return [...new Set(texts)].sort((a, b) => b.length - a.length);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= SHORTEST_VALUE ? [value] : [];
  if (typeof value === 'number') return textsIn(String(value));
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsIn);
}

function without(values: readonly string[], value: unknown): unknown {
  if (typeof value === 'string') return withoutTexts(values, value);
  if (typeof value === 'number') return values.includes(String(value)) ? SENSITIVE : value;
  if (Array.isArray(value)) return value.map((element) => without(values, element));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      withoutTexts(values, key),
      without(values, member),
    ]),
  );
}

function withoutTexts(values: readonly string[], text: string): string {
  return values.reduce((rest, value) => rest.replaceAll(value, SENSITIVE), text);
}
