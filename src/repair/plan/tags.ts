import { overlaps, joinPath } from '../../kit/paths.ts';
import type { Resource } from '../../model/resource.ts';
import type { TaggerLimits } from './input.ts';

export type Tags = Readonly<Record<string, string>>;

/** The value of a tag. Own members only: a tag may be called `constructor`. */
export function valueOf(tags: Tags, key: string): string | undefined {
  return Object.hasOwn(tags, key) ? tags[key] : undefined;
}

/** True for a value that says something. */
export function isFilled(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

/** What a key comes to when case, blanks and `- _ . :` do not count: `Cost-Center `, `cost_center` -> `costcenter`. */
export function plainKey(key: string): string {
  return key
    .normalize('NFC')
    .toLowerCase()
    .replace(/[-_.:\s]/gu, '');
}

/** Keys of a resource that mean `key` and are spelt otherwise, sorted. */
export function otherSpellings(
  tags: Tags,
  key: string,
  aliases: readonly string[] = [],
): readonly string[] {
  const meant = new Set([key, ...aliases].map(plainKey));
  return Object.keys(tags)
    .filter((other) => other !== key && meant.has(plainKey(other)))
    .sort();
}

/** True when the tags of a resource, or that one tag, could not be read. */
export function isUnknown({ unknown }: Resource, key: string): boolean {
  const path = joinPath('tags', key);
  return unknown.some((entry) => overlaps(entry, path));
}

/**
 * True when two keys are one tag to the cloud. Azure does not tell `Owner` from `owner`: writing one changes the other, and
 * removing what we added would remove what a person had written.
 */
export function isSameTag(cloud: TaggerLimits, a: string, b: string): boolean {
  if (a === b) return true;
  const { spell } = cloud.limits;
  if (spell(a, '').key === spell(b, '').key) return true;
  return cloud.adapter === 'azure' && a.toLowerCase() === b.toLowerCase();
}

/**
 * The tags that a change rests on: its own keys, whatever is spelt like them, and the keys whose values it used. A person who
 * adds `Owner` while we are about to add `owner` is noticed.
 */
export function snapshotOf(tags: Tags, keys: readonly string[]): Record<string, string> {
  const meant = new Set(keys.map(plainKey));
  return Object.fromEntries(
    Object.entries(tags)
      .filter(([key]) => meant.has(plainKey(key)))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Tags after a change. */
export function patchTags(
  tags: Tags,
  set: Readonly<Record<string, { readonly after: string }>>,
  remove: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries([
    ...Object.entries(tags).filter(([key]) => !Object.hasOwn(remove, key)),
    ...Object.entries(set).map(([key, { after }]) => [key, after] as const),
  ]);
}
