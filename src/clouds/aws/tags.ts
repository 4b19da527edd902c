import { z } from 'zod';

import type { ReadTags } from '../../sources/source.ts';
import { isRecord } from '../../kit/record.ts';

/** Members of an item that may hold its tags. */
export interface TagPlaces {
  readonly tags?: unknown;
  readonly supplementaryConfiguration?: unknown;
  readonly configuration?: unknown;
}

/** What one place says: nothing at all, something that cannot be read, or tags. */
type Said =
  | { readonly said: 'nothing' }
  | { readonly said: 'nonsense'; readonly reason: string }
  | { readonly said: 'tags'; readonly values: Readonly<Record<string, string>> };

const NOTHING: Said = { said: 'nothing' };

/**
 * The tags of a configuration item. AWS Config has five shapes for them: (a) a map `tags` (history), (b) a list of
 * `{key, value, tag}` (advanced queries), (c) a JSON text in `supplementaryConfiguration.Tags`, of `{key, value}` or
 * `{tagKey, tagValue}`, (d) a map in the same place, (e) `configuration.tags` or `.Tags`, in any of them.
 *
 * The first place that has tags is taken. No tags are known to be there only when a place says so: a shape that cannot be
 * read, or no shape at all, is unknown.
 */
export function normaliseTags(item: TagPlaces): ReadTags {
  const places = [
    saidBy(item.tags),
    saidBy(memberOf(item.supplementaryConfiguration, 'Tags', 'tags')),
    saidBy(memberOf(item.configuration, 'tags', 'Tags', 'TagList', 'tagList', 'TagSet', 'tagSet')),
  ];
  let empty = false;
  for (const place of places) {
    if (place.said === 'nonsense') return { state: 'unknown', reason: place.reason };
    if (place.said === 'nothing') continue;
    if (Object.keys(place.values).length > 0) return { state: 'known', values: place.values };
    empty = true;
  }
  return empty
    ? { state: 'known', values: {} }
    : { state: 'unknown', reason: 'AWS Config tells no tags of this resource' };
}

function memberOf(value: unknown, ...names: readonly string[]): unknown {
  const record = unfolded(value);
  if (!isRecord(record)) return undefined;
  const name = names.find((one) => Object.hasOwn(record, one) && record[one] !== null);
  return name === undefined ? undefined : record[name];
}

function saidBy(value: unknown): Said {
  const told = unfolded(value);
  if (told === undefined || told === null) return NOTHING;
  if (Array.isArray(told)) return saidByList(told);
  if (isRecord(told)) return saidByPairs(Object.entries(told));
  return nonsense('a tag list that is neither a list nor a map');
}

/** A JSON text is what it holds; any other text stays one. */
function unfolded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** In the spellings of the services. */
const Pair = z.union([
  z.object({ key: z.string(), value: z.string().nullish() }).transform(pairOf),
  z
    .object({ Key: z.string(), Value: z.string().nullish() })
    .transform(({ Key: key, Value: value }) => pairOf({ key, value })),
  z
    .object({ tagKey: z.string(), tagValue: z.string().nullish() })
    .transform(({ tagKey: key, tagValue: value }) => pairOf({ key, value })),
  z
    .object({ TagKey: z.string(), TagValue: z.string().nullish() })
    .transform(({ TagKey: key, TagValue: value }) => pairOf({ key, value })),
]);

function pairOf({ key, value }: { key: string; value?: string | null | undefined }): {
  key: string;
  value: string;
} {
  return { key, value: value ?? '' };
}

function saidByList(list: readonly unknown[]): Said {
  const pairs: [string, string][] = [];
  for (const one of list) {
    const pair = Pair.safeParse(one);
    if (!pair.success) return nonsense('a tag without a key and a value');
    pairs.push([pair.data.key, pair.data.value]);
  }
  return saidByPairs(pairs);
}

function saidByPairs(pairs: readonly (readonly [string, unknown])[]): Said {
  const values = new Map<string, string>();
  for (const [key, value] of pairs) {
    const text = value ?? '';
    if (typeof text !== 'string') return nonsense(`a value that is no text, of the tag ${key}`);
    if ((values.get(key) ?? text) !== text) return nonsense(`two values of the tag ${key}`);
    values.set(key, text);
  }
  return { said: 'tags', values: Object.fromEntries(values) };
}

function nonsense(what: string): Said {
  return { said: 'nonsense', reason: `AWS Config tells ${what}` };
}
