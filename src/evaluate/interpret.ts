import type { RawViolation } from '../engine/engine.ts';
import { overlaps } from '../kit/paths.ts';

/** What the engine said of one resource, and what is not known yet. */
export interface Observation {
  /** The policy's word that each violation hangs on its own path alone. */
  readonly perPath: boolean;
  readonly violations: readonly RawViolation[];
  /** Paths of the resource that are unknown and that the policy reads. */
  readonly own: readonly string[];
  /** Unknown paths of other resources that the policy reads: related ones, or the rest of a set judged as a whole. */
  readonly others: readonly string[];
}

export type Interpretation =
  | { readonly verdict: 'compliant' }
  | { readonly verdict: 'violation'; readonly violations: readonly RawViolation[] }
  | { readonly verdict: 'unknown'; readonly paths: readonly string[] };

/**
 * The verdict on one resource. The engine judged it as if what is unknown were absent; so, with something unknown that the
 * policy reads, its word stands only where that cannot matter:
 *
 * | unknown and read | perPath | engine                                | verdict                                  |
 * | ---------------- | ------- | ------------------------------------- | ---------------------------------------- |
 * | nothing          | any     | no violation                          | compliant                                |
 * | nothing          | any     | violations                            | violation, all of them                   |
 * | something        | no      | any                                   | unknown, all these paths                 |
 * | something        | yes     | a violation on a known path           | violation, those on known paths          |
 * | something        | yes     | violations on unknown paths alone     | unknown, the paths that they touch       |
 * | something        | yes     | no violation                          | unknown: a policy may be content with what is absent |
 */
export function interpret({ perPath, violations, own, others }: Observation): Interpretation {
  const unknown = [...own, ...others];
  if (unknown.length === 0) {
    return violations.length === 0
      ? { verdict: 'compliant' }
      : { verdict: 'violation', violations };
  }
  if (!perPath) return { verdict: 'unknown', paths: unknown };
  const certain = violations.filter(({ path }) => !own.some((hidden) => overlaps(hidden, path)));
  if (certain.length > 0) return { verdict: 'violation', violations: certain };
  const touched = own.filter((hidden) => violations.some(({ path }) => overlaps(hidden, path)));
  return { verdict: 'unknown', paths: touched.length > 0 ? touched : unknown };
}
