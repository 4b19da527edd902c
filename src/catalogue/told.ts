import type { RawResource, Told } from '../sources/source.ts';
import { UNKNOWN } from './facts.ts';
import type { Facts } from './facts.ts';
import type { Kind, Shape } from './kind.ts';
import { restatedView } from './live/view.ts';
import { KINDS } from './registry.ts';

const BY_NAME: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind.kind, kind]));

/** What holds of a kind before anything is told of a resource; worked out once for each. */
const UNTOLD = new Map<string, Facts>();

/**
 * The shape of a resource whose kind and facts are told. Of a kind that the catalogue knows, a fact that is not told is
 * unknown: the kind has such a property, and silence about it is not a no. Of any other kind only what is told is known.
 */
export function toldShape(
  { type }: RawResource,
  { kind, facts }: Told,
): { readonly kind: string; readonly shape: Shape } {
  const { taggable, ...told } = facts;
  return {
    kind,
    shape: {
      types: [type],
      tags: taggable === false ? { shape: 'none' } : { shape: 'map', path: 'tags' },
      facts: () => ({ ...untold(kind), ...told }),
    },
  };
}

function untold(kind: string): Facts {
  const known = UNTOLD.get(kind);
  if (known !== undefined) return known;
  const shapes = BY_NAME.get(kind)?.shapes;
  const shape = shapes?.terraform ?? Object.values(shapes ?? {})[0];
  // Kinds of strangers are not kept: there is no end of them.
  if (shape === undefined) return {};
  const facts = shape.types.map((type) => shape.facts(restatedView(NOTHING, type))).reduce(agreed);
  UNTOLD.set(kind, facts);
  return facts;
}

/** A regional disk survives a zone, another disk does not: of a disk nothing is known until it is told. */
function agreed(one: Facts, other: Facts): Facts {
  const facts: Facts = { ...other };
  for (const [name, value] of Object.entries({ ...other, ...one }))
    if (Reflect.get(other, name) !== value || Reflect.get(one, name) !== value)
      Object.assign(facts, { [name]: UNKNOWN });
  return facts;
}

/** A resource of which nothing can be read. */
const NOTHING: RawResource = {
  address: '',
  type: '',
  provider: '',
  dialect: 'inventory',
  action: 'present',
  scope: {},
  attributes: {},
  unknown: [],
  sensitive: [],
  references: [],
};
