import { InvalidArgumentError } from 'commander';

/** The value as one of those allowed. @throws InvalidArgumentError that names them. */
export function oneOf<const T extends string>(
  allowed: readonly T[],
  value: string,
  option: string,
): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`${option} is one of ${allowed.join(', ')}.`);
}

/** Collects `key=value` pairs. @throws InvalidArgumentError */
export function keyValue(
  value: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is written key=value.');
  return { ...before, [value.slice(0, at)]: value.slice(at + 1) };
}

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}
