import type { RawResource } from '../sources/source.ts';
import type { UNKNOWN } from './facts.ts';

/** A value read from a resource: there, absent (`undefined`), or not known until apply. */
export type Read<T> = T | undefined | typeof UNKNOWN;

/**
 * How a kind's fact functions see a resource. Reading through the view keeps unknown apart from absent, so that no
 * fact is made of a value that is still to come.
 */
export interface View {
  readonly resource: RawResource;
  /** Whatever stands at a path, plain data; UNKNOWN when it, or anything above it, is not known. */
  readonly read: (path: string) => Read<unknown>;
  /** As `read`; strings `"true"` and `"false"` (old Terraform) count. Anything else that is no boolean is absent. */
  readonly boolean: (path: string) => Read<boolean>;
  readonly string: (path: string) => Read<string>;
  readonly number: (path: string) => Read<number>;
  /** The list at a path; a single object counts as a list of one, null as an empty list. Elements may be unknown. */
  readonly list: (path: string) => Read<readonly View[]>;
  /**
   * Resources of these native types in the same document whose attribute names this one. `certain` is false when
   * some resource of the type may or may not name this one: then what is missing is unknown, not absent.
   */
  readonly companions: (types: readonly string[], attribute: string) => Companions;
}

export interface Companions {
  readonly views: readonly View[];
  readonly certain: boolean;
}
