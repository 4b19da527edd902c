import type { Builtin } from './builtin.ts';
import { text } from './operands.ts';
import { parseRational } from './rational.ts';
import type { Rational } from './rational.ts';
import { BuiltinError, decimal } from './value.ts';
import type { RegoValue } from './value.ts';

/** Amounts with units: `10Gi`, `0.5m`, `2.5MB`. */
export const UNITS = {
  'units.parse': (values) => parseUnits(text(values, 0).replaceAll('"', '')),
  'units.parse_bytes': (values) => parseBytes(text(values, 0).replaceAll('"', '').toLowerCase()),
} as const satisfies Record<string, Builtin>;

const LETTERS = 'kmgtpe';

/** A letter as a power of 1000, or with an `i` of 1024. */
function power(letter: string, binary: boolean): bigint {
  return (binary ? 1024n : 1000n) ** BigInt(LETTERS.indexOf(letter.toLowerCase()) + 1);
}

function parseUnits(amount: string): RegoValue {
  const { number, unit } = separate(amount);
  const { over, under } = parseRational(number);
  const factor = unitFactor(unit);
  return toDecimal({ over: over * factor.over, under: under * factor.under });
}

/** Only the case of the first letter counts: `m` is a thousandth, `M` a million; `mi` and `Mi` are the same. */
function unitFactor(unit: string): Rational {
  if (unit === '') return { over: 1n, under: 1n };
  if (unit === 'm') return { over: 1n, under: 1000n };
  const letter = unit.slice(0, 1);
  const rest = unit.slice(1).toLowerCase();
  if (!/[kgtpeKMGTPEm]/.test(letter) || (rest !== '' && rest !== 'i')) {
    throw new BuiltinError(`unit ${unit} not recognized`);
  }
  return { over: power(letter, rest === 'i'), under: 1n };
}

/** An integer, or ten decimals. */
function toDecimal({ over, under }: Rational): RegoValue {
  if (over % under === 0n) return over / under;
  const negative = over < 0n;
  const scaled = (negative ? -over : over) * 10n ** 10n;
  const rounded = (2n * scaled + under) / (2n * under);
  const digits = String(rounded).padStart(11, '0');
  return decimal(`${negative ? '-' : ''}${digits.slice(0, -10)}.${digits.slice(-10)}`);
}

function parseBytes(amount: string): bigint {
  const { number, unit } = separate(amount);
  const found = /^(?:([kmgtpe])(i?)b?)?$/.exec(unit);
  if (found === null) throw new BuiltinError(`byte unit ${unit} not recognized`);
  const [, letter, binary] = found;
  const factor = letter === undefined ? 1n : power(letter, binary === 'i');
  const { over, under } = parseRational(number);
  return (over * factor) / under;
}

const AMOUNT = /^((?:[\d.+-]|[eE][+-]?\d|[eE][+-])*)(.*)$/s;

function separate(amount: string): { readonly number: string; readonly unit: string } {
  if (amount.includes(' ')) throw new BuiltinError('spaces not allowed in resource strings');
  const [, number = '', unit = ''] = AMOUNT.exec(amount) ?? [];
  if (number === '') throw new BuiltinError('no amount provided');
  return { number, unit };
}
