import { formatArgument } from './sprintf-argument.ts';
import type { Argument, Spec } from './sprintf-argument.ts';
import { readSpec } from './sprintf-spec.ts';
import type { Walk } from './sprintf-spec.ts';
import { toText } from './rego-text.ts';
import { isArray } from './value.ts';
import type { RegoValue } from './value.ts';

const PLAIN: Spec = {
  verb: 'v',
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
};

/**
 * OPA's `sprintf`: Go's fmt.Sprintf, where integers arrive as int64 or *big.Int, other numbers as float64, strings as
 * they are, and everything else as its Rego text. Mistakes show inside the text (`%!d(MISSING)`), as in Go.
 */
export function sprintf(format: string, values: readonly RegoValue[]): string {
  const state = { at: 0, next: 0, reordered: false };
  const arguments_ = values.map(toArgument);
  let out = '';
  for (;;) {
    const percent = format.indexOf('%', state.at);
    if (percent === -1) break;
    out += format.slice(state.at, percent);
    state.at = percent + 1;
    out += formatNext(format, state, arguments_);
  }
  out += format.slice(state.at);
  return out + (state.reordered ? '' : extra(arguments_.slice(state.next)));
}

function formatNext(format: string, walk: Walk, values: readonly Argument[]): string {
  const { spec, complaints, badIndex } = readSpec(format, walk, values);
  if (spec.verb === '') return `${complaints}%!(NOVERB)`;
  if (spec.verb === '%') return `${complaints}%`;
  if (badIndex) return `${complaints}%!${spec.verb}(BADINDEX)`;
  const value = values[walk.next];
  if (value === undefined) return `${complaints}%!${spec.verb}(MISSING)`;
  walk.next++;
  return complaints + formatArgument(spec, value);
}

function extra(values: readonly Argument[]): string {
  if (values.length === 0) return '';
  return `%!(EXTRA ${values.map((value) => `${value.type}=${formatArgument(PLAIN, value)}`).join(', ')})`;
}

const INT64 = 1n << 63n;

function toArgument(value: RegoValue): Argument {
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value === 'bigint')
    return { type: value >= -INT64 && value < INT64 ? 'int64' : '*big.Int', value };
  if (value === null || typeof value !== 'object' || isArray(value) || value.type !== 'decimal') {
    return { type: 'string', value: toText(value) };
  }
  const float = Number(value.text);
  return Number.isFinite(float)
    ? { type: 'float64', value: float }
    : { type: 'string', value: value.text };
}
