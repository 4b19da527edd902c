import { BuiltinError } from './value.ts';

/** An exact fraction; `under` is positive. */
export interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;
/** Ten to this power still fits in memory and time; OPA itself stops at six digits of exponent. */
const LARGEST_EXPONENT = 10_000;

/** @throws BuiltinError when the text is no decimal number, or one of absurd size. */
export function parseRational(text: string): Rational {
  const found = DECIMAL.exec(text);
  const [, sign, whole = '', fraction = '', exponent = '0'] = found ?? [];
  if (found === null || whole + fraction === '')
    throw new BuiltinError('could not parse amount to a number');
  const power = Number(exponent) - fraction.length;
  if (Math.abs(power) > LARGEST_EXPONENT) throw new BuiltinError('exponent too large');
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  return power >= 0
    ? { over: digits * 10n ** BigInt(power), under: 1n }
    : { over: digits, under: 10n ** BigInt(-power) };
}
