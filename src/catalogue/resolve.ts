import type { Resource } from '../model/resource.ts';
import type { RawResource } from '../sources/source.ts';
import { indexDocument } from './document.ts';
import { UNKNOWN } from './facts.ts';
import type { Facts } from './facts.ts';
import type { Shape, TagPlace } from './kind.ts';
import { findRestatement, restatedType } from './live/registry.ts';
import type { LiveDialect } from './live/restatement.ts';
import { restatedView } from './live/view.ts';
import { findShape } from './registry.ts';
import { effectiveTags, readTags, sensitiveTags } from './tags.ts';
import { toldShape } from './told.ts';
import type { View } from './view.ts';

/**
 * Gives the resources of one document their kind, effective tags and facts. Linear in their number.
 *
 * A type that the catalogue does not know keeps its own name as kind, and can be tagged when it has a `tags` or `labels`
 * attribute.
 */
export function toResources(resources: readonly RawResource[]): Resource[] {
  const index = indexDocument(resources);
  return resources.map((resource) => toResource(resource, () => index.view(resource)));
}

/** @param native the resource in the words of its document; of a live one, which is told in other words, nobody asks for it. */
function toResource(raw: RawResource, native: () => View): Resource {
  const { view, found, sensitive } = understood(raw, native);
  const place = tagPlace(raw, view.resource.type, found?.shape);
  const { tags, unknown: unknownTags } =
    raw.tags === undefined ? effectiveTags(native(), place) : readTags(raw.tags, place);
  const { known, toCome } = sorted(commonFacts(view, place), found?.shape.facts(view));
  const resource: Resource = {
    address: raw.address,
    kind: found?.kind ?? raw.type,
    type: raw.type,
    provider: raw.provider,
    action: raw.action,
    scope: raw.scope,
    tags,
    facts: known,
    config: raw.attributes,
    unknown: joined(unknownTags, toCome, prefixed('config', raw.unknown)),
    sensitive: joined(
      sensitivePaths(raw),
      sensitive,
      sensitiveTags(place, raw.sensitive),
      sensitiveFacts(raw, view, known),
    ),
  };
  // Set one by one: a literal with six parts spread into it costs as much as some kinds' facts.
  if (raw.before !== undefined) resource.before = raw.before;
  if (raw.location !== undefined) resource.location = raw.location;
  if (raw.previousAddress !== undefined) resource.previousAddress = raw.previousAddress;
  if (raw.imported !== undefined) resource.imported = raw.imported;
  return resource;
}

/** One list; most are empty. */
function joined(...lists: readonly (readonly string[])[]): string[] {
  const all: string[] = [];
  for (const list of lists) for (const one of list) all.push(one);
  return all;
}

/** A resource as its facts are read, and the catalogue's entry for it. */
interface Understood {
  readonly view: View;
  readonly found: ReturnType<typeof findShape>;
  readonly sensitive: readonly string[];
}

function understood(raw: RawResource, native: () => View): Understood {
  if (raw.told !== undefined)
    return { view: native(), found: toldShape(raw, raw.told), sensitive: [] };
  if (!isLive(raw.dialect))
    return { view: native(), found: findShape(raw.dialect, raw.type), sensitive: [] };
  const restatement = findRestatement(raw.dialect, raw.type);
  if (restatement === undefined) return { view: native(), found: undefined, sensitive: [] };
  const type = restatedType(restatement, raw.attributes);
  return {
    view: restatedView(raw, type, restatement.restate?.(raw.attributes)),
    found: findShape('terraform', type),
    sensitive: prefixed('config', restatement.sensitive ?? []),
  };
}

function isLive(dialect: RawResource['dialect']): dialect is LiveDialect {
  return dialect === 'aws-config' || dialect === 'azure-resource' || dialect === 'google-asset';
}

/** @param type in the words that the shape was found by. */
function tagPlace(raw: RawResource, type: string, shape: Shape | undefined): TagPlace {
  if (shape === undefined) return inferTagPlace(raw);
  return shape.untaggable?.includes(type) === true ? { shape: 'none' } : shape.tags;
}

/** Google keeps network tags, not governance tags, under `tags`: where there are labels, they count. */
function inferTagPlace(raw: RawResource): TagPlace {
  // An inventory reads tags of what can have them.
  if (raw.tags !== undefined) return { shape: 'map', path: 'tags' };
  if (raw.dialect === 'kubernetes')
    return hasAttribute(raw, 'metadata')
      ? { shape: 'map', path: 'metadata.labels' }
      : { shape: 'none' };
  if (hasAttribute(raw, 'labels'))
    return { shape: 'map', path: 'labels', all: ['effective_labels', 'terraform_labels'] };
  if (!hasAttribute(raw, 'tags') || raw.provider === 'gcp') return { shape: 'none' };
  const tags = raw.attributes['tags'];
  if (!Array.isArray(tags)) return { shape: 'map', path: 'tags', all: 'tags_all' };
  return tags.some((tag) => typeof tag === 'object')
    ? { shape: 'key-value', path: 'tags', key: 'key', value: 'value' }
    : { shape: 'colon', path: 'tags' };
}

function hasAttribute(raw: RawResource, name: string): boolean {
  return Object.hasOwn(raw.attributes, name) || raw.unknown.includes(name);
}

/** What is told of every kind alike. */
function commonFacts(view: View, place: TagPlace): Facts {
  const facts: Facts = {};
  if (place.shape !== 'none') facts.taggable = true;
  const region = view.resource.scope['region'];
  if (region !== undefined) facts.region = region;
  const name = view.written.string(
    view.resource.dialect === 'kubernetes' ? 'metadata.name' : 'name',
  );
  if (name !== undefined) facts.name = name;
  return facts;
}

/** Facts by name, as they are walked through. */
type Named = Readonly<Record<string, Facts[keyof Facts]>>;

/**
 * Facts that are known, and the paths of those still to come. What the kind says goes before what is told of every kind alike;
 * both are read side by side, for merging them first would cost more than all the rest.
 */
function sorted(
  common: Named,
  ofKind: Named = {},
): { known: Resource['facts']; toCome: readonly string[] } {
  const known: Resource['facts'] = {};
  const toCome: string[] = [];
  const sort = (name: string, value: Named[string]): void => {
    if (value === UNKNOWN) toCome.push(`facts.${name}`);
    else if (value !== undefined) known[name] = value;
  };
  for (const name of Object.keys(common))
    sort(name, Object.hasOwn(ofKind, name) ? ofKind[name] : common[name]);
  for (const name of Object.keys(ofKind))
    if (!Object.hasOwn(common, name)) sort(name, ofKind[name]);
  return { known, toCome };
}

function sensitivePaths(raw: RawResource): readonly string[] {
  const config = prefixed('config', raw.sensitive);
  return raw.before === undefined ? config : [...config, ...prefixed('before', raw.sensitive)];
}

/** A fact that repeats the text of a sensitive attribute is as sensitive as that. */
function sensitiveFacts(raw: RawResource, view: View, facts: Resource['facts']): readonly string[] {
  if (raw.sensitive.length === 0) return [];
  const secrets = new Set(raw.sensitive.map((path) => view.string(path)));
  const repeats = (value: unknown): boolean => typeof value === 'string' && secrets.has(value);
  return Object.keys(facts)
    .filter((name) => repeats(facts[name]))
    .map((name) => `facts.${name}`);
}

/** A list position or a quoted key follows without a dot. */
function prefixed(root: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return paths;
  return paths.map((path) =>
    path === '' ? root : path.startsWith('[') ? `${root}${path}` : `${root}.${path}`,
  );
}
