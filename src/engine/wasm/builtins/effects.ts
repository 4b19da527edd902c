import type { Builtin } from './builtin.ts';

/** What would be seen outside: policies are quiet here. The calls hold, and do nothing. */
export const EFFECTS = {
  print: () => true,
  'internal.print': () => true,
  trace: () => true,
} as const satisfies Record<string, Builtin>;
