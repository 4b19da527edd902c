import type { ReadTags } from '../../sources/source.ts';
import type { PlannedChange } from './model.ts';
import { patchTags, snapshotOf, valueOf } from './tags.ts';
import type { Tags } from './tags.ts';

/** Tags as a tagger reads them. */
export type NowTags = ReadTags | { readonly state: 'missing' };

/**
 * How a resource stands to a change of it.
 * - `before`: as the plan found it.
 * - `after`: as the plan wants it.
 * - `between`: each of its tags is as before or as after; a write was cut in two.
 * - `else`: somebody changed what the plan rests on. `ours` when a value of ours is there all the same.
 */
export type Standing =
  | { readonly at: 'before' | 'after' | 'between' }
  | { readonly at: 'else'; readonly ours: boolean; readonly why: string }
  | { readonly at: 'unread'; readonly why: string };

export function standing(change: PlannedChange, now: NowTags): Standing {
  if (now.state === 'missing') return { at: 'unread', why: 'the resource is gone' };
  if (now.state === 'unknown')
    return { at: 'unread', why: `its tags could not be read: ${now.reason}` };
  const keys = keysOf(change);
  const before = change.snapshot;
  const after = snapshotOf(patchTags(before, change.set, change.remove), [
    ...keys,
    ...change.watch,
  ]);
  const current = snapshotOf(now.values, [...keys, ...change.watch]);
  if (isSame(current, before)) return { at: 'before' };
  if (isSame(current, after)) return { at: 'after' };
  const changed = [
    ...new Set([...Object.keys(current), ...Object.keys(before), ...Object.keys(after)]),
  ]
    .sort()
    .filter((key) => ![before, after].some((tags) => valueOf(tags, key) === valueOf(current, key)));
  if (changed.length === 0) return { at: 'between' };
  const ours = Object.entries(change.set).some(([key, tag]) => valueOf(current, key) === tag.after);
  return {
    at: 'else',
    ours,
    why: `changed since: ${changed.map((key) => told(key, before, current)).join(', ')}`,
  };
}

/** What is left to write, given the tags as they are: all of it, or the rest of a write that was cut in two. */
export function remaining(
  change: PlannedChange,
  now: Tags,
): { readonly set: Record<string, string>; readonly remove: string[] } {
  return {
    set: Object.fromEntries(
      Object.entries(change.set)
        .filter(([key, { after }]) => valueOf(now, key) !== after)
        .map(([key, { after }]) => [key, after]),
    ),
    remove: Object.keys(change.remove).filter((key) => valueOf(now, key) !== undefined),
  };
}

function keysOf({ set, remove }: Pick<PlannedChange, 'set' | 'remove'>): string[] {
  return [...Object.keys(set), ...Object.keys(remove)];
}

function told(key: string, before: Tags, current: Tags): string {
  const say = (value: string | undefined): string =>
    value === undefined ? 'not there' : JSON.stringify(value);
  return `${key} was ${say(valueOf(before, key))}, is ${say(valueOf(current, key))}`;
}

function isSame(a: Tags, b: Tags): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => valueOf(a, key) === valueOf(b, key))
  );
}
