import { overlaps, splitPath } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import type { Violation } from '../model/verdict.ts';
import { SENSITIVE } from './marker.ts';
import { hides } from './redactor.ts';
import type { Redactor } from './redactor.ts';

/**
 * A violation without sensitive values: by path, where what it reports is marked or has a name that says secret, and by
 * value. What it is about stays named as it is: findings are told apart by address and path.
 */
export function redactViolation(
  violation: Violation,
  resource: Resource | undefined,
  { text, json }: Redactor,
): Violation {
  const { address, path, message, expected, actual, fix } = violation;
  return {
    address,
    path,
    message: text(message),
    ...(expected === undefined ? {} : { expected: json(expected) }),
    ...(actual === undefined ? {} : { actual: hiddenAt(path, actual, resource) ?? json(actual) }),
    ...(fix === undefined ? {} : { fix: text(fix) }),
  };
}

/** The marker, when the value at a path must not be shown, whatever it is. */
export function hiddenAt(
  path: string,
  value: unknown,
  resource: Resource | undefined,
): typeof SENSITIVE | undefined {
  if (value === null || value === undefined) return undefined;
  if (resource?.sensitive.some((marked) => overlaps(marked, path)) === true) return SENSITIVE;
  const name = splitPath(path).at(-1);
  return typeof value === 'string' && hides(String(name), value) ? SENSITIVE : undefined;
}
