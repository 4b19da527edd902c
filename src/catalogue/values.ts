import { UNKNOWN } from './facts.ts';
import type { Companions, Read, View } from './view.ts';

/** A statement that holds, does not hold, or cannot be told yet: Kleene's strong three-valued logic. */
export type Truth = boolean | typeof UNKNOWN;

export function not(truth: Truth): Truth {
  return truth === UNKNOWN ? UNKNOWN : !truth;
}

/** False as soon as one is false, whatever the unknown ones turn out to be. Of none: true. */
export function allOf(...truths: readonly Truth[]): Truth {
  let all: Truth = true;
  for (const truth of truths) {
    if (truth === false) return false;
    if (truth === UNKNOWN) all = UNKNOWN;
  }
  return all;
}

/** True as soon as one is true, whatever the unknown ones turn out to be. Of none: false. */
export function anyOf(...truths: readonly Truth[]): Truth {
  let any: Truth = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth === UNKNOWN) any = UNKNOWN;
  }
  return any;
}

/** The value read, or the provider's default where nothing was written. */
export function orElse<T, U>(read: Read<T>, fallback: U): T | U | typeof UNKNOWN {
  return read === undefined ? fallback : read;
}

/** A known value put through a function; absent and unknown stay what they are. */
export function map<T, U>(read: Read<T>, change: (value: T) => U): Read<U> {
  if (read === UNKNOWN) return UNKNOWN;
  return read === undefined ? undefined : change(read);
}

/** Whether a known value passes; what is absent does not. */
export function holds<T>(read: Read<T>, test: (value: T) => Truth): Truth {
  if (read === UNKNOWN) return UNKNOWN;
  return read === undefined ? false : test(read);
}

export function equals<T>(read: Read<T>, wanted: T): Truth {
  return holds(read, (value) => value === wanted);
}

export function oneOf<T>(read: Read<T>, wanted: readonly T[]): Truth {
  return holds(read, (value) => wanted.includes(value));
}

/** Something is there: not absent, not the empty string, not an empty list or object. */
export function present(read: Read<unknown>): Truth {
  return holds(read, (value) => {
    if (value === '' || value === null) return false;
    return typeof value !== 'object' || Object.keys(value).length > 0;
  });
}

/** One of two answers; unknown when it is not known which, unless they are the same. */
export function when<T, U>(truth: Truth, then: T, otherwise: U): T | U | typeof UNKNOWN {
  if (truth === UNKNOWN) return Object.is(then, otherwise) ? then : UNKNOWN;
  return truth ? then : otherwise;
}

/** True when one element passes. An absent list is empty; an unknown one may hold anything. */
export function someOf<T>(items: Read<readonly T[]>, test: (item: T) => Truth): Truth {
  return holds(items, (known) => {
    let truth: Truth = false;
    for (const item of known) {
      const said = test(item);
      if (said === true) return true;
      if (said === UNKNOWN) truth = UNKNOWN;
    }
    return truth;
  });
}

/** True when there is no element that fails. An absent list is empty; an unknown one may hold anything. */
export function everyOf<T>(items: Read<readonly T[]>, test: (item: T) => Truth): Truth {
  if (items === undefined) return true;
  return holds(items, (known) => allOf(...known.map(test)));
}

/** The strings of a list, each of them known or not; what is no string is left out. */
export function strings(view: View, path: string): Read<readonly Read<string>[]> {
  return map(view.list(path), (items) => items.map((item) => item.string('')));
}

/** True when a list of strings holds one of those wanted. */
export function includesAny(view: View, path: string, wanted: readonly string[]): Truth {
  return someOf(strings(view, path), (item) => oneOf(item, wanted));
}

/** True when a companion passes; with none that does, false only where no other resource may be a companion too. */
export function someCompanion(
  { views, certain }: Companions,
  test: (companion: View) => Truth = () => true,
): Truth {
  const found = someOf(views, test);
  return found === false && !certain ? UNKNOWN : found;
}

/** A value of a document as text. `String` throws at data like `{"toString": 1}`, which anybody can write. */
export function spelled(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}
