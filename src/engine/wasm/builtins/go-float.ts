/** A float as Go's strconv.FormatFloat prints it: `e`, `f` or `g`; a precision of -1 is the shortest that reads back. */
export function formatFloat(value: number, verb: 'e' | 'f' | 'g', precision: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (verb === 'e') return sign + exponential(size, precision);
  if (verb === 'f') return sign + fixed(size, precision);
  return sign + general(size, precision);
}

/** JavaScript rounds a tie up, Go to even; and both stop being plain at different sizes. */
function fixed(size: number, precision: number): string {
  if (precision < 0) return plain(size);
  const digits = Math.min(precision, MAX_DIGITS);
  const text =
    size >= 1e21
      ? `${BigInt(size)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`
      : roundHalfEven(size, digits);
  return precision > digits ? text + '0'.repeat(precision - digits) : text;
}

const MAX_DIGITS = 99;

function roundHalfEven(size: number, digits: number): string {
  const longer = size.toFixed(digits + 1);
  if (!longer.endsWith('5') || !isExact(size, digits + 1)) return size.toFixed(digits);
  const units = BigInt(longer.replace('.', '')) / 10n;
  const even = units % 2n === 0n ? units : units + 1n;
  if (digits === 0) return String(even);
  const padded = String(even).padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** True when the number has no more decimals than these. A double that is a tie has few, so 100 digits tell. */
function isExact(size: number, digits: number): boolean {
  return /^0*$/.test(size.toFixed(100).split('.')[1]?.slice(digits) ?? '');
}

/** The shortest digits without an exponent. */
function plain(size: number): string {
  const [digits = '', exponent = '0'] = size.toExponential().split('e');
  const point = Number(exponent) + 1;
  const all = digits.replace('.', '');
  if (point <= 0) return `0.${'0'.repeat(-point)}${all}`;
  if (point >= all.length) return all + '0'.repeat(point - all.length);
  return `${all.slice(0, point)}.${all.slice(point)}`;
}

function exponential(size: number, precision: number): string {
  const text = precision < 0 ? size.toExponential() : size.toExponential(Math.min(precision, 100));
  const [digits = '', exponent = '+0'] = text.split('e');
  return `${digits}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`;
}

/** strconv's %g: with an exponent when that is below -4 or reaches the precision; the shortest form counts as six. */
function general(size: number, precision: number): string {
  const wanted = precision === 0 ? 1 : precision;
  const text = wanted < 0 ? size.toExponential() : size.toExponential(Math.min(wanted - 1, 100));
  const [mantissa = '', exponent = '0'] = text.split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '') || '0';
  const power = Number(exponent);
  if (power < -4 || power >= exponentLimit(wanted, digits.length, power + 1)) {
    return exponential(Number(`${size === 0 ? 0 : digits}e${power - digits.length + 1}`), -1);
  }
  return plain(Number(`${digits}e${power - digits.length + 1}`));
}

function exponentLimit(precision: number, digits: number, point: number): number {
  if (precision < 0) return SHORTEST_LIMIT;
  return precision > digits && digits >= point ? digits : precision;
}

const SHORTEST_LIMIT = 6;
