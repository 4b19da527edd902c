import type { Dialect } from '../sources/source.ts';
import type { Facts } from './facts.ts';
import type { View } from './view.ts';

/**
 * Where a kind keeps its governance tags in one dialect.
 * - `map`: a map under the path, `tags`. `all` names maps that already hold the provider's defaults, the best one first.
 * - `key-value`: a list of {key, value} objects under the path; `also` is an older name of the same list.
 * - `colon`: a list of `key:value` strings under the path.
 * - `none`: this type cannot be tagged.
 */
export type TagPlace =
  | { readonly shape: 'map'; readonly path: string; readonly all?: string | readonly string[] }
  | {
      readonly shape: 'key-value';
      readonly path: string;
      readonly also?: string;
      readonly key: string;
      readonly value: string;
    }
  | { readonly shape: 'colon'; readonly path: string }
  | { readonly shape: 'none' };

/** How one dialect writes a kind: the native types, where the tags are, and how its facts are derived. */
export interface Shape {
  readonly types: readonly string[];
  readonly tags: TagPlace;
  /** Those of `types` that cannot be tagged although their kind can. */
  readonly untaggable?: readonly string[];
  /** Pure; sees the resource and its companions, answers with each fact known, unknown or left out. */
  readonly facts: (view: View) => Facts;
}

/** One entry of the catalogue: a kind of resource across every dialect that can describe it. */
export interface Kind {
  readonly kind: string;
  readonly title: string;
  readonly shapes: Partial<Record<Dialect, Shape>>;
}
