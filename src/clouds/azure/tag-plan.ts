import type { TagChange } from '../tagger.ts';
import { refusesForType } from './tag-limits.ts';

export type Tags = Readonly<Record<string, string>>;

/** What is to be sent; or why nothing is. */
export type TagPlan =
  | { readonly set: Tags; readonly remove: Tags }
  | { readonly refused: string; readonly reason: string };

/**
 * What a change comes to, given the tags as they are. Pure.
 *
 * Azure takes names of another case for the same tag: a Merge of `owner` would overwrite the value of `Owner` and leave its
 * name, a Delete of `Owner` would take away the `owner` just written. So a name that is there in another case is refused, and
 * only what stands there to the letter is removed.
 */
export function planTags({ target, set, remove }: TagChange, current: Tags): TagPlan {
  const twin =
    twinOf(Object.keys(set), Object.keys(current)) ?? twinOf(Object.keys(set), Object.keys(set));
  if (twin !== undefined)
    return {
      reason: 'TagNameCase',
      refused:
        `Azure takes '${twin.wanted}' and '${twin.stored}' for one tag, and keeps the name that was written first: ` +
        `remove '${twin.stored}' before '${twin.wanted}' is set, or let the rule take '${twin.stored}'`,
    };
  const added = Object.keys(set).filter((key) => !Object.hasOwn(current, key));
  const refused = refusesForType(target.type, added, Object.keys(current).length);
  if (refused !== undefined) return { reason: 'TagLimit', refused };
  return {
    set: pick(set, (key, value) => !Object.hasOwn(current, key) || current[key] !== value),
    // With its value: what somebody has changed in the meantime stays.
    remove: pick(current, (key) => remove.includes(key) && !Object.hasOwn(set, key)),
  };
}

function twinOf(
  wanted: readonly string[],
  stored: readonly string[],
): { wanted: string; stored: string } | undefined {
  for (const one of wanted) {
    const other = stored.find((key) => key !== one && key.toLowerCase() === one.toLowerCase());
    if (other !== undefined) return { wanted: one, stored: other };
  }
  return undefined;
}

function pick(tags: Tags, keep: (key: string, value: string) => boolean): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key, value]) => keep(key, value)));
}
