import type { RawResource } from '../../sources/source.ts';
import { viewOf } from '../view.ts';
import type { Companions, DocumentIndex, View } from '../view.ts';
import type { Restated } from './restatement.ts';

const TOLD_NOTHING: Restated = { attributes: {} };
const UNTOLD: Companions = { views: [], certain: false };
const NONE: readonly never[] = [];

/**
 * The view of a live resource in the words of Terraform. Companions are those that the resource tells of itself: what
 * other resources say of it is not looked up, so that each is judged alone, in any order and in bounded memory.
 *
 * @param type of Terraform.
 */
export function restatedView(
  live: RawResource,
  type: string,
  restated: Restated = TOLD_NOTHING,
): View {
  const { attributes, unknown = NONE, companions = NONE, tells = NONE } = restated;
  const self: RawResource = {
    ...live,
    type,
    dialect: 'terraform',
    attributes,
    unknown,
    partial: true,
  };
  let others: readonly View[] | undefined;
  const told = (types: readonly string[]): Companions => {
    if (tells.length === 0 && companions.length === 0) return UNTOLD;
    // Asked for by many facts: one view of each serves them all.
    others ??= companions.map((one) => viewOf({ ...self, ...one, unknown: NONE }, index));
    return {
      views: others.filter(({ resource }) => types.includes(resource.type)),
      certain: types.every((one) => tells.includes(one)),
    };
  };
  const of = (resource: RawResource, types: readonly string[]): Companions =>
    resource === self ? told(types) : UNTOLD;
  const index: DocumentIndex = {
    view: (resource) => viewOf(resource, index),
    companions: of,
    targets: (resource, _attribute, types) => of(resource, types),
    ofType: (types) => told(types).views,
  };
  return index.view(self);
}
