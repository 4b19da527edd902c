import type { RegoValue } from './value.ts';

/** What a builtin may know besides its arguments; fixed for one evaluation, so that the same call gives the same answer. */
export interface BuiltinContext {
  /** Nanoseconds since 1970: `input.now`. */
  readonly nowNs: bigint;
}

/**
 * A function of Rego that the host answers. `undefined`, or a thrown BuiltinError, makes the call undefined.
 */
export type Builtin = (
  values: readonly RegoValue[],
  context: BuiltinContext,
) => RegoValue | undefined;
