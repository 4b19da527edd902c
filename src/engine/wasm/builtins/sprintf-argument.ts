import { formatFloat } from './go-float.ts';
import { canBackquote, quote, quoteRune } from './go-quote.ts';
import { BuiltinError } from './value.ts';

/** A verb with its flags, as `%-8.2f` says it. */
export interface Spec {
  readonly verb: string;
  readonly minus: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width?: number;
  readonly precision?: number;
}

/** A value with the name of the Go type under which OPA hands it to fmt. */
export type Argument =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'int64' | '*big.Int'; readonly value: bigint }
  | { readonly type: 'float64'; readonly value: number };

/** One argument by one verb, as Go's fmt prints it. */
export function formatArgument(spec: Spec, argument: Argument): string {
  if (spec.verb === 'T') return pad(spec, cut(spec, argument.type));
  const text = format(spec, argument);
  if (text !== undefined) return text;
  const type = argument.type === '*big.Int' ? 'big.Int' : argument.type;
  return `%!${spec.verb}(${type}=${formatArgument({ ...spec, verb: 'v' }, argument)})`;
}

function format(spec: Spec, argument: Argument): string | undefined {
  if (argument.type === 'string') return formatString(spec, argument.value);
  if (argument.type === 'float64') return formatFloatArgument(spec, argument.value);
  // math/big has no %c, %q and %U, but it has %s.
  const big = argument.type === '*big.Int';
  if ((big ? 'cqU' : 's').includes(spec.verb)) return undefined;
  return formatInteger(big && spec.verb === 's' ? { ...spec, verb: 'd' } : spec, argument.value);
}

function formatString(spec: Spec, text: string): string | undefined {
  switch (spec.verb) {
    case 'v':
      return spec.sharp
        ? formatQuoted({ ...spec, sharp: false }, text)
        : pad(spec, cut(spec, text));
    case 's':
      return pad(spec, cut(spec, text));
    case 'q':
      return formatQuoted(spec, text);
    case 'x':
    case 'X':
      return pad(spec, hexBytes(spec, text));
    default:
      return undefined;
  }
}

function formatQuoted(spec: Spec, text: string): string {
  const shown = cut(spec, text);
  if (spec.sharp && canBackquote(shown)) return pad(spec, `\`${shown}\``);
  return pad(spec, quote(shown, spec.plus));
}

function hexBytes(spec: Spec, text: string): string {
  const bytes = Buffer.from(text, 'utf8').subarray(0, spec.precision);
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const prefix = spec.sharp && pairs.length > 0 ? '0x' : '';
  const joined = prefix + pairs.join(spec.space ? ` ${prefix}` : '');
  return spec.verb === 'X' ? joined.toUpperCase() : joined;
}

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function formatInteger(spec: Spec, value: bigint): string | undefined {
  if (spec.verb === 'c') return pad(spec, rune(value));
  if (spec.verb === 'q') return pad(spec, quoteRune(rune(value), spec.plus));
  if (spec.verb === 'U') return pad({ ...spec, zero: false }, unicode(value));
  const base = BASES[spec.verb];
  if (base === undefined) return undefined;
  const sign = value < 0n ? '-' : spec.plus ? '+' : spec.space ? ' ' : '';
  const digits = integerDigits(spec, value < 0n ? -value : value, base, sign.length);
  const text = sign + digits;
  return pad({ ...spec, zero: false }, spec.verb === 'X' ? text.toUpperCase() : text);
}

function integerDigits(spec: Spec, size: bigint, base: number, signLength: number): string {
  if (spec.precision === 0 && size === 0n) return '';
  const zeroFilled = spec.zero ? (spec.width ?? 0) - signLength : 0;
  const digits = size.toString(base).padStart(spec.precision ?? zeroFilled, '0');
  if (spec.verb === 'O') return `0o${digits}`;
  if (!spec.sharp) return digits;
  if (base === 8) return digits.startsWith('0') ? digits : `0${digits}`;
  if (base === 2) return `0b${digits}`;
  return base === 16 ? `0x${digits}` : digits;
}

function rune(value: bigint): string {
  const valid = value >= 0n && value <= 0x10ffffn && (value < 0xd800n || value > 0xdfffn);
  return valid ? String.fromCodePoint(Number(value)) : '\ufffd';
}

function unicode(value: bigint): string {
  return `U+${BigInt.asUintN(64, value).toString(16).toUpperCase().padStart(4, '0')}`;
}

function formatFloatArgument(spec: Spec, value: number): string | undefined {
  if ('xXb'.includes(spec.verb))
    throw new BuiltinError(`sprintf does not print floats by %${spec.verb}`);
  const verb = FLOAT_VERBS[spec.verb];
  if (verb === undefined) return undefined;
  const text = formatFloat(value, verb, spec.precision ?? (verb === 'g' ? -1 : 6));
  return padNumber(spec, 'EG'.includes(spec.verb) ? text.toUpperCase() : text);
}

const FLOAT_VERBS: Readonly<Record<string, 'e' | 'f' | 'g'>> = {
  v: 'g',
  g: 'g',
  G: 'g',
  e: 'e',
  E: 'e',
  f: 'f',
  F: 'f',
};

/** Zeros go between the sign and the digits. */
function padNumber(spec: Spec, text: string): string {
  const negative = text.startsWith('-');
  const sign = negative ? '-' : spec.plus ? '+' : spec.space ? ' ' : '';
  const digits = negative ? text.slice(1) : text;
  if (!spec.zero) return pad(spec, sign + digits);
  return sign + digits.padStart((spec.width ?? 0) - sign.length, '0');
}

/** The precision of a string counts characters. */
function cut(spec: Spec, text: string): string {
  return spec.precision === undefined ? text : Array.from(text).slice(0, spec.precision).join('');
}

/** Width counts characters, not UTF-16 units. */
function pad(spec: Spec, text: string): string {
  const missing = (spec.width ?? 0) - Array.from(text).length;
  if (missing <= 0) return text;
  if (spec.minus) return text + ' '.repeat(missing);
  return (spec.zero ? '0' : ' ').repeat(missing) + text;
}
