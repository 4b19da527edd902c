import type { Builtin } from './builtin.ts';
import { text } from './operands.ts';

export const GLOB = {
  'glob.quote_meta': (values) => text(values, 0).replaceAll(/[*?\\[\]{}]/g, String.raw`\$&`),
} as const satisfies Record<string, Builtin>;

/** A regular expression that matches a text and nothing else: Go's regexp.QuoteMeta. */
export function quoteMeta(literal: string): string {
  return literal.replaceAll(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`);
}
