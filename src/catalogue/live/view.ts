import type { RawResource } from '../../sources/source.ts';
import { viewOf } from '../view.ts';
import type { Companions, DocumentIndex, View } from '../view.ts';
import type { Restated } from './restatement.ts';

const TOLD_NOTHING: Restated = { attributes: {} };

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
  const { attributes, unknown = [], companions = [], tells = [] } = restated;
  const views = new Map<RawResource, View>();
  const index: DocumentIndex = {
    view: (resource) => {
      const view = views.get(resource) ?? viewOf(resource, index);
      views.set(resource, view);
      return view;
    },
    companions: (resource, types) =>
      resource === self ? told(types) : { views: [], certain: false },
    targets: (resource, _attribute, types) =>
      resource === self ? told(types) : { views: [], certain: false },
    ofType: (types) => told(types).views,
  };
  const self: RawResource = {
    ...live,
    type,
    dialect: 'terraform',
    attributes,
    unknown,
    partial: true,
  };
  const others = companions.map((one): RawResource => ({
    ...self,
    type: one.type,
    attributes: one.attributes,
    unknown: [],
  }));
  const told = (types: readonly string[]): Companions => ({
    views: others.filter((one) => types.includes(one.type)).map((one) => index.view(one)),
    certain: types.every((one) => tells.includes(one)),
  });
  return index.view(self);
}
