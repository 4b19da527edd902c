import type { Argument, Spec } from './sprintf-argument.ts';

/** Where the walk over the format stands, and which argument comes next. */
export interface Walk {
  at: number;
  next: number;
  reordered: boolean;
}

interface ReadSpec {
  readonly spec: Spec;
  /** `%!(BADWIDTH)` and the like, written before the argument. */
  readonly complaints: string;
  readonly badIndex: boolean;
}

interface Progress extends Walk {
  readonly format: string;
  readonly values: readonly Argument[];
  afterIndex: boolean;
  goodIndex: boolean;
  complaints: string;
}

/** Verbs that follow their percent sign at once, as nearly all do: there is nothing to read. */
const PLAIN: ReadonlyMap<string, ReadSpec> = new Map(
  ['s', 'd', 'v', 'q', 't', '%'].map((verb) => [verb, plainSpec(verb)]),
);

function plainSpec(verb: string): ReadSpec {
  const flags = { minus: false, plus: false, sharp: false, space: false, zero: false };
  return { spec: { ...flags, verb }, complaints: '', badIndex: false };
}

/**
 * Reads one verb with its flags, width and precision, after its percent sign; moves the walk behind it and onto the
 * argument it names. Follows doPrintf of Go's fmt/print.go step by step.
 */
export function readSpec(format: string, walk: Walk, values: readonly Argument[]): ReadSpec {
  const plain = PLAIN.get(format[walk.at] ?? '');
  if (plain !== undefined) {
    walk.at++;
    return plain;
  }
  const progress: Progress = {
    ...walk,
    format,
    values,
    afterIndex: false,
    goodIndex: true,
    complaints: '',
  };
  const flags = readFlags(progress);
  readIndex(progress);
  const width = readWidth(progress);
  const precision = readPrecision(progress);
  if (!progress.afterIndex) readIndex(progress);
  const code = format.codePointAt(progress.at);
  const verb = code === undefined ? '' : String.fromCodePoint(code);
  walk.at = progress.at + verb.length;
  walk.next = progress.next;
  walk.reordered = progress.reordered;
  const leftward = flags.minus || (width ?? 0) < 0;
  const spec: Spec = {
    ...flags,
    verb,
    minus: leftward,
    zero: flags.zero && !leftward,
    ...(width === undefined ? {} : { width: Math.abs(width) }),
    ...(precision === undefined ? {} : { precision }),
  };
  return { spec, complaints: progress.complaints, badIndex: !progress.goodIndex };
}

type Flags = Pick<Spec, 'minus' | 'plus' | 'sharp' | 'space' | 'zero'>;

function readFlags(progress: Progress): Flags {
  const start = progress.at;
  while ('#0+- '.includes(progress.format[progress.at] ?? 'x')) progress.at++;
  const text = progress.format.slice(start, progress.at);
  return {
    minus: text.includes('-'),
    plus: text.includes('+'),
    sharp: text.includes('#'),
    space: text.includes(' '),
    zero: text.includes('0'),
  };
}

function readWidth(progress: Progress): number | undefined {
  if (progress.format[progress.at] === '*') {
    const width = readStar(progress);
    if (width === undefined) progress.complaints += '%!(BADWIDTH)';
    return width;
  }
  const width = readNumber(progress);
  if (progress.afterIndex && width !== undefined) progress.goodIndex = false;
  return width;
}

function readPrecision(progress: Progress): number | undefined {
  if (progress.format[progress.at] !== '.') return undefined;
  progress.at++;
  if (progress.afterIndex) progress.goodIndex = false;
  readIndex(progress);
  if (progress.format[progress.at] !== '*') return readNumber(progress) ?? 0;
  const precision = readStar(progress);
  if (precision !== undefined && precision >= 0) return precision;
  progress.complaints += '%!(BADPREC)';
  return undefined;
}

/** A star takes its number from the arguments. */
function readStar(progress: Progress): number | undefined {
  progress.at++;
  progress.afterIndex = false;
  const value = progress.values[progress.next]?.value;
  if (progress.next < progress.values.length) progress.next++;
  if (typeof value !== 'bigint' || value > LARGEST || value < -LARGEST) return undefined;
  return Number(value);
}

// Go stops at a million too: a width is no way to fill the memory.
const LARGEST = 1_000_000n;

function readNumber(progress: Progress): number | undefined {
  const digits = /^\d+/.exec(progress.format.slice(progress.at, progress.at + 16))?.[0];
  if (digits === undefined) return undefined;
  if (BigInt(digits.slice(0, -1) || '0') > LARGEST) return undefined;
  progress.at += digits.length;
  return Number(digits);
}

/** `[3]`: the next argument is the third. */
function readIndex(progress: Progress): void {
  progress.afterIndex = false;
  if (progress.format[progress.at] !== '[') return;
  progress.reordered = true;
  const close = progress.format.indexOf(']', progress.at);
  const text = close === -1 ? '' : progress.format.slice(progress.at + 1, close);
  progress.at = close === -1 ? progress.at + 1 : close + 1;
  const index = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (index < 1 || index > progress.values.length) {
    progress.goodIndex = false;
    return;
  }
  progress.next = index - 1;
  progress.afterIndex = true;
}
