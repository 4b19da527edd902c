import type { RawViolation } from '../engine/engine.ts';

/**
 * An address is opaque: a policy passes it on and never looks inside. So resources that look alike to a policy are judged
 * once, under an address that stands in for theirs. It is plain text, which no formatting of Rego's escapes or shortens.
 */
export function standIn(position: number): string {
  return `resource-5b1f0c9e7d2a4c68-${position}.`;
}

/** Puts the address of one of the resources in place of the one that stood in for it, wherever the policy repeats it. */
export function named(violation: RawViolation, address: string): RawViolation {
  const stood = violation.address;
  if (stood === address) return violation;
  // Most mention it nowhere, and there are millions: a copy costs less than taking members out of it one by one.
  if (!mentions(violation, stood)) return { ...violation, address };
  const { path, message, fix, expected, actual } = violation;
  const put = (value: string): string => value.replaceAll(stood, address);
  return {
    address,
    path: put(path),
    message: put(message),
    ...(fix === undefined ? {} : { fix: put(fix) }),
    ...('expected' in violation ? { expected: deepPut(expected, put) } : {}),
    ...('actual' in violation ? { actual: deepPut(actual, put) } : {}),
  };
}

const MENTIONS = new WeakMap<RawViolation, boolean>();

/** One violation is named for every resource that looks alike, and is looked through once. */
function mentions(violation: RawViolation, stood: string): boolean {
  let found = MENTIONS.get(violation);
  if (found === undefined) {
    found = JSON.stringify({ ...violation, address: '' }).includes(stood);
    MENTIONS.set(violation, found);
  }
  return found;
}

function deepPut(value: unknown, put: (text: string) => string): unknown {
  if (typeof value === 'string') return put(value);
  if (Array.isArray(value)) return value.map((item) => deepPut(item, put));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [put(key), deepPut(member, put)]),
  );
}
