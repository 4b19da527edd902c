import type { NowTags } from './compare.ts';
import type { PlannedChange, Refusal, RepairPlan } from './model.ts';
import { sealPlan } from './seal.ts';
import { snapshotOf, valueOf } from './tags.ts';
import type { Tags } from './tags.ts';

/** A change that a run made, and the tags as they are now. */
export interface Undoable {
  readonly change: PlannedChange;
  readonly now: NowTags;
}

/**
 * The way back: restores what still has our value, and leaves alone what anybody changed since. A tag that was not there before
 * is removed; one that was taken away comes back unless somebody put another there.
 */
export function planUndo(run: string, made: readonly Undoable[]): RepairPlan {
  const undone = made.map((one) => undoOne(run, one));
  return sealPlan({
    purpose: 'undo',
    undoes: run,
    changes: undone.flatMap(({ change }) => change ?? []),
    suggestions: [],
    refusals: undone.flatMap(({ refusals }) => refusals),
    gates: [],
    breaches: [],
    complete: true,
    gaps: [],
  });
}

function undoOne(
  run: string,
  { change, now }: Undoable,
): { readonly change?: PlannedChange; readonly refusals: readonly Refusal[] } {
  const { address, rules } = change;
  const keys = [...Object.keys(change.set), ...Object.keys(change.remove)].sort();
  if (now.state !== 'known') {
    const missing = now.state === 'missing';
    const message = missing ? 'the resource is gone' : `its tags could not be read: ${now.reason}`;
    const code = missing ? 'not-found' : 'tags-unknown';
    return { refusals: [{ address, keys, rules, code, message }] };
  }
  const { set, remove, foreign } = wayBack(run, change, now.values);
  const refusals = foreign.map(({ key, message }): Refusal => ({
    address,
    keys: [key],
    rules,
    code: 'not-ours',
    message,
  }));
  const touched = [...Object.keys(set), ...Object.keys(remove)];
  if (touched.length === 0) return { refusals };
  const { kind, inventory, target } = change;
  const snapshot = snapshotOf(now.values, touched);
  return {
    change: { address, kind, inventory, target, set, remove, snapshot, watch: [], rules },
    refusals,
  };
}

interface WayBack {
  readonly set: PlannedChange['set'];
  readonly remove: PlannedChange['remove'];
  /** What stays, because it is not ours (any more). */
  readonly foreign: readonly { readonly key: string; readonly message: string }[];
}

function wayBack(run: string, change: PlannedChange, now: Tags): WayBack {
  const source = { kind: 'undo', from: run } as const;
  const set: [string, PlannedChange['set'][string]][] = [];
  const remove: [string, PlannedChange['remove'][string]][] = [];
  const foreign: { key: string; message: string }[] = [];
  for (const [key, { before, after }] of Object.entries(change.set)) {
    const current = valueOf(now, key);
    if (current !== after)
      foreign.push({
        key,
        message: stays(key, current, { ours: after, before: before ?? undefined }),
      });
    else if (before === null) remove.push([key, { before: after }]);
    else set.push([key, { before: after, after: before, source }]);
  }
  for (const [key, { before }] of Object.entries(change.remove)) {
    const current = valueOf(now, key);
    if (current === undefined) set.push([key, { before: null, after: before, source }]);
    else foreign.push({ key, message: stays(key, current, { ours: undefined, before }) });
  }
  return { set: Object.fromEntries(set), remove: Object.fromEntries(remove), foreign };
}

function stays(
  key: string,
  current: string | undefined,
  { ours, before }: { readonly ours: string | undefined; readonly before: string | undefined },
): string {
  if (current === before) return `${key} is as it was before already`;
  const say = (value: string | undefined): string =>
    value === undefined ? 'away' : JSON.stringify(value);
  return `${key} was changed since and stays: we left it ${say(ours)}, and it is ${say(current)} now`;
}
