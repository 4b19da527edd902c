import { joinPath } from '../kit/paths.ts';
import type { DefaultTags, ReadTags } from '../sources/source.ts';
import { UNKNOWN } from './facts.ts';
import type { TagPlace } from './kind.ts';
import type { Read, View } from './view.ts';

/**
 * The tags that a resource will really carry. A key in `tags` without an entry in `unknown` is known; a key in neither
 * is known to be missing.
 */
export interface EffectiveTags {
  readonly tags: Record<string, string>;
  /** `tags.owner`: the key will be there, its value is still to come. `tags`: keys may be there that nobody knows yet. */
  readonly unknown: readonly string[];
}

const NO_TAGS: EffectiveTags = { tags: {}, unknown: [] };
const NOT_KNOWN: EffectiveTags = { tags: {}, unknown: ['tags'] };

/**
 * Finds the effective tags at the place where a kind keeps them, the provider's default tags included.
 *
 * The trap it is built around: an untagged AWS resource has `tags` null and `tags_all` unknown, so an unknown `tags_all`
 * alone says nothing; then the tags are those written, over the provider's defaults.
 */
export function effectiveTags(view: View, place: TagPlace): EffectiveTags {
  switch (place.shape) {
    case 'none':
      return NO_TAGS;
    case 'map':
      return mapTags(view, place);
    case 'key-value':
      return keyValueTags(view, place);
    case 'colon':
      return colonTags(view, place.path);
  }
}

/** Tags that an inventory read by itself; those that it could not read are unknown, all of them. */
export function readTags(read: ReadTags, place: TagPlace): EffectiveTags {
  if (place.shape === 'none') return NO_TAGS;
  if (read.state === 'unknown') return NOT_KNOWN;
  const tags: Record<string, string> = {};
  for (const [key, value] of Object.entries(read.values)) setTag(tags, key, value);
  return { tags, unknown: [] };
}

function mapTags(view: View, place: TagPlace & { shape: 'map' }): EffectiveTags {
  for (const path of [place.all ?? []].flat()) {
    const all = view.read(path);
    if (isMap(all)) return readMap(view, path, all);
  }
  // Labels inside a block (`settings[0].user_labels`) are computed where nobody writes them: that is no label yet to come.
  const own = view.written.read(place.path);
  // One value still to come makes the provider report the whole map as unknown, keys and all.
  if (own === UNKNOWN) return NOT_KNOWN;
  return withDefaults(
    isMap(own) ? readMap(view, place.path, own) : NO_TAGS,
    view.resource.defaultTags,
  );
}

function readMap(view: View, path: string, map: object): EffectiveTags {
  const tags: Record<string, string> = {};
  for (const [key, value] of Object.entries(map)) setTag(tags, key, value);
  const unknown = unknownKeys(view, path).map((key) => joinPath('tags', key));
  return { tags, unknown };
}

/** Keys right below a path whose values are not known: the map itself does not show them. */
function unknownKeys(view: View, path: string): readonly string[] {
  const prefix = `${path}.`;
  const below = view.resource.unknown.filter(
    (entry) => entry.startsWith(prefix) || entry.startsWith(`${path}[`),
  );
  return below
    .map((entry) => keyBelow(entry.slice(path.length)))
    .filter((key) => key !== undefined);
}

function keyBelow(rest: string): string | undefined {
  const quoted = /^\[("(?:[^"\\]|\\.)*")\]$/.exec(rest)?.[1];
  if (quoted !== undefined) return String(JSON.parse(quoted));
  return /^\.([^.[\]"]+)$/.exec(rest)?.[1];
}

/** The resource's own tags stand over the provider's defaults of the same key. */
function withDefaults(own: EffectiveTags, defaults: DefaultTags | undefined): EffectiveTags {
  if (defaults === undefined) return own;
  const isOwn = (key: string): boolean =>
    Object.hasOwn(own.tags, key) || own.unknown.includes(joinPath('tags', key));
  const tags: Record<string, string> = {};
  for (const [key, value] of Object.entries(defaults.tags))
    if (!isOwn(key)) setTag(tags, key, value);
  for (const [key, value] of Object.entries(own.tags)) setTag(tags, key, value);
  if (defaults.unknown.includes('')) return { tags, unknown: ['tags'] };
  const unknown = defaults.unknown.filter((key) => !isOwn(key)).map((key) => joinPath('tags', key));
  return { tags, unknown: [...own.unknown, ...unknown] };
}

/** Lists of {key, value} blocks, as autoscaling groups have them; a provider's default tags do not reach those. */
function keyValueTags(view: View, place: TagPlace & { shape: 'key-value' }): EffectiveTags {
  const tags: Record<string, string> = {};
  const unknown: string[] = [];
  for (const path of [place.path, place.also].filter((name) => name !== undefined)) {
    const items = view.list(path);
    if (items === UNKNOWN) return NOT_KNOWN;
    for (const item of items ?? []) {
      const key = item.string(place.key);
      if (key === UNKNOWN || item.read('') === UNKNOWN) return NOT_KNOWN;
      if (key === undefined) continue;
      const value = item.read(place.value);
      if (value === UNKNOWN) unknown.push(joinPath('tags', key));
      else setTag(tags, key, value);
    }
  }
  return { tags, unknown };
}

/** Lists of `key:value` strings, as Datadog has them; a string without a colon is a key with an empty value. */
function colonTags(view: View, path: string): EffectiveTags {
  const items = view.list(path);
  if (items === UNKNOWN) return NOT_KNOWN;
  const tags: Record<string, string> = {};
  for (const item of items ?? []) {
    const text = item.string('');
    if (text === UNKNOWN) return NOT_KNOWN;
    if (text === undefined) continue;
    const colon = text.indexOf(':');
    setTag(tags, colon < 0 ? text : text.slice(0, colon), colon < 0 ? '' : text.slice(colon + 1));
  }
  return { tags, unknown: [] };
}

/** Where the sensitive marks of a tag place lead: `tags` or `tags.owner`. */
export function sensitiveTags(place: TagPlace, sensitive: readonly string[]): readonly string[] {
  if (place.shape === 'none' || sensitive.length === 0) return [];
  const paths = place.shape === 'map' ? [place.path, ...[place.all ?? []].flat()] : [place.path];
  const marks = sensitive.flatMap((mark) => paths.map((path) => sensitiveTag(place, path, mark)));
  return [...new Set(marks.filter((mark) => mark !== undefined))];
}

function sensitiveTag(place: TagPlace, path: string, mark: string): string | undefined {
  if (mark === path || mark === '' || path.startsWith(`${mark}.`)) return 'tags';
  if (!mark.startsWith(`${path}.`) && !mark.startsWith(`${path}[`)) return undefined;
  const key = place.shape === 'map' ? keyBelow(mark.slice(path.length)) : undefined;
  return key === undefined ? 'tags' : joinPath('tags', key);
}

function isMap(value: Read<unknown>): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A key named __proto__ must become a tag like any other, not the prototype. */
const OWN = { enumerable: true, configurable: true, writable: true };

/**
 * Tags are text: numbers and booleans are spelled out. Null counts as the empty string, which is known to say nothing,
 * so a rule that wants a filled tag finds it empty.
 */
function setTag(tags: Record<string, string>, key: string, value: unknown): void {
  const text =
    typeof value === 'string'
      ? value
      : value === null || value === undefined
        ? ''
        : JSON.stringify(value);
  if (key !== '__proto__') tags[key] = text;
  else Object.defineProperty(tags, key, { ...OWN, value: text });
}
