import type { Manager } from '../../clouds/inventory.ts';
import { suggestCode } from './code/suggest.ts';
import type { PastRepair, PlanInput, RepairSubject, TaggerLimits } from './input.ts';
import { mendKey } from './mend-key.ts';
import type { PlannedChange, Refusal, RefusalCode, Suggestion } from './model.ts';
import { snapshotOf, valueOf } from './tags.ts';
import type { MendingRule, Wishes } from './wishes.ts';

/** What becomes of one resource. */
export interface Mended {
  readonly change?: PlannedChange;
  readonly suggestion?: Suggestion;
  readonly refusals: readonly Refusal[];
}

/** The tags of one resource that can be mended, put together. */
interface Draft extends Pick<PlannedChange, 'set' | 'remove' | 'watch' | 'rules'> {
  readonly writeLive: boolean;
}

/** For a resource that nothing can write: its code can still be suggested. */
const ANY_CLOUD: TaggerLimits = {
  adapter: '',
  limits: {
    batch: 1,
    tags: Infinity,
    refuses: () => undefined,
    spell: (key, value) => ({ key, value }),
  },
};

export function mendResource(
  { address, keys }: Wishes,
  subject: RepairSubject | undefined,
  past: ReadonlyMap<string, readonly PastRepair[]>,
  input: Pick<PlanInput, 'taggers' | 'now'>,
): Mended {
  const all = [...keys.values()].flat();
  const refuse = (code: RefusalCode, message: string): Mended => ({
    refusals: [{ address, keys: [...keys.keys()], rules: ids(all), code, message }],
  });
  if (subject === undefined)
    return refuse('not-found', 'the inventory does not have it (any more)');
  const never = neverTouched(subject);
  if (never !== undefined) return refuse(...never);

  const tagger = Object.hasOwn(input.taggers, subject.inventory)
    ? input.taggers[subject.inventory]
    : undefined;
  const cloud = tagger ?? ANY_CLOUD;
  const refusals: Refusal[] = [];
  const draft = draftOf(keys, (key, rules) => {
    const mended = mendKey(key, rules, subject, cloud, past.get(key) ?? [], input.now);
    if (mended.ok) return mended;
    const { code, message } = mended;
    refusals.push({ address, keys: [key], rules: ids(rules), code, message });
    return undefined;
  });
  if (draft === undefined) return { refusals };
  const placed = place(draft, subject, tagger);
  if ('code' in placed)
    return {
      refusals: [...refusals, { address, keys: keysOf(draft), rules: draft.rules, ...placed }],
    };
  return { ...placed, refusals };
}

type MendOne = (
  key: string,
  rules: readonly MendingRule[],
) => Pick<PlannedChange, 'set' | 'remove' | 'watch'> | undefined;

/** One write for all tags of a resource that can be mended; `undefined` when none can. */
function draftOf(keys: Wishes['keys'], mend: MendOne): Draft | undefined {
  const parts = [...keys].flatMap(([key, rules]) => {
    const mended = mend(key, rules);
    return mended === undefined ? [] : [{ ...mended, rules }];
  });
  if (parts.length === 0) return undefined;
  const used = parts.flatMap(({ rules }) => rules);
  return {
    set: Object.fromEntries(parts.flatMap(({ set }) => Object.entries(set))),
    remove: Object.fromEntries(parts.flatMap(({ remove }) => Object.entries(remove))),
    watch: [...new Set(parts.flatMap(({ watch }) => watch))].sort(),
    rules: ids(used),
    writeLive: used.every(({ repair }) => repair.iac === 'write'),
  };
}

/** Resources that no repair writes to, whatever their rules say. */
function neverTouched({ resource, managedBy }: RepairSubject): [RefusalCode, string] | undefined {
  if (resource.facts['taggable'] !== true)
    return ['untaggable', `${resource.type} cannot have tags`];
  // Tagging a stack through the Tagging API is an UpdateStack, which "may initiate additional resource property updates".
  if (resource.type.startsWith('AWS::CloudFormation::'))
    return [
      'managed',
      'tag a stack by updating it: the tagging API would start an update of everything in it',
    ];
  if (managedBy?.tool === 'kubernetes-controller')
    return [
      'managed',
      `it is made by ${managedBy.name || 'a controller'}, which will make it again: label that instead`,
    ];
  if (managedBy?.tool === 'azure-managed')
    return [
      'managed',
      `Azure manages it for ${managedBy.name || 'another resource'}: tag that instead`,
    ];
  return undefined;
}

type Placed = Pick<Mended, 'change' | 'suggestion'> | Pick<Refusal, 'code' | 'message'>;

/** Written live, suggested as code, or neither. */
function place(draft: Draft, subject: RepairSubject, tagger: TaggerLimits | undefined): Placed {
  const manager = managerOf(subject);
  const live = manager === undefined || (manager.tool !== 'cloudformation' && draft.writeLive);
  const code =
    manager === undefined
      ? undefined
      : suggestCode(subject, manager, wantedOf(draft), Object.keys(draft.remove), live);
  if (!live && code === undefined)
    return {
      code: 'managed',
      message: `${manager.name || 'another tool'} owns it and would take the tags back: change them there`,
    };
  const { resource, inventory } = subject;
  const { address, kind, type, scope } = resource;
  const { set, remove, watch, rules } = draft;
  if (!live && code !== undefined)
    return {
      suggestion: {
        address,
        kind,
        set,
        remove,
        rules,
        managedBy: `${manager.tool} ${manager.name}`.trim(),
        code,
      },
    };
  if (tagger === undefined)
    return {
      code: 'no-tagger',
      message: `nothing that is configured can write tags of ${inventory}`,
    };
  const full = tooMany(draft, subject, tagger);
  if (full !== undefined) return { code: 'too-many-tags', message: full };
  return {
    change: {
      address,
      kind,
      inventory,
      target: { address, type, scope },
      set,
      remove,
      snapshot: snapshotOf(resource.tags, [...Object.keys(set), ...Object.keys(remove), ...watch]),
      watch,
      rules,
      ...(code === undefined ? {} : { code }),
    },
  };
}

/** A stack leaves its mark on what it made, whether or not the inventory knows. */
function managerOf({ resource, managedBy }: RepairSubject): Manager | undefined {
  const stack = valueOf(resource.tags, 'aws:cloudformation:stack-name');
  return stack === undefined ? managedBy : { tool: 'cloudformation', name: stack };
}

/** The new tag is written before a misspelt one goes: in between both are there. Tags of the cloud itself do not count. */
function tooMany(
  { set }: Draft,
  { resource }: RepairSubject,
  { limits }: TaggerLimits,
): string | undefined {
  const own = Object.keys(resource.tags).filter((key) => !/^aws:/i.test(key));
  const more = Object.keys(set).filter((key) => !Object.hasOwn(resource.tags, key));
  const total = own.length + more.length;
  return total > limits.tags && more.length > 0
    ? `it would have ${total} tags, and ${limits.tags} are the most that it can have`
    : undefined;
}

function wantedOf({ set }: Draft): Record<string, string> {
  return Object.fromEntries(Object.entries(set).map(([key, { after }]) => [key, after]));
}

function keysOf({ set, remove }: Draft): string[] {
  return [...Object.keys(set), ...Object.keys(remove)].sort();
}

function ids(rules: readonly MendingRule[]): string[] {
  return [...new Set(rules.map(({ id }) => id))].sort();
}
