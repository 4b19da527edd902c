import type { Creator, Manager } from '../clouds/inventory.ts';
import { SENSITIVE } from '../redact/marker.ts';
import { joinPath } from '../kit/paths.ts';
import type { ReadTags } from '../sources/source.ts';
import type { Parent, RepairSubject } from './plan/input.ts';
import { parentRole } from './plan/parents.ts';

/** What a sweep left in the store of one thing that exists; the part of it that repairs look at. */
export interface KnownResource {
  readonly address: string;
  readonly kind: string;
  readonly type: string;
  readonly provider: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly tags: KnownTags;
  readonly taggable: boolean;
  /** Addresses, the nearest first. */
  readonly parents: readonly string[];
  readonly managedBy: Manager | undefined;
  readonly createdBy: Creator | undefined;
  readonly inventory: string;
}

type KnownTags =
  | {
      readonly state: 'known';
      readonly values: Readonly<Record<string, string>>;
      /** Keys that are there, with values that could not be read. */
      readonly unknown: readonly string[];
    }
  | { readonly state: 'unknown'; readonly reason: string };

/**
 * What was kept of a resource -> what a repair is planned from. Its attributes were not kept, so they are unknown: a rule about
 * them says neither better nor worse of it.
 *
 * @param find a resource by its address. A parent that no sweep has seen has no say; one whose tags could not be read has: it
 * might know the value.
 * @param code where code declares it, when a state tells.
 */
export function toSubject(
  known: KnownResource,
  find: (address: string) => KnownResource | undefined,
  code?: string,
): RepairSubject {
  const { address, kind, type, provider, scope, inventory, createdBy, managedBy } = known;
  return {
    resource: {
      address,
      kind,
      type,
      provider,
      action: 'present',
      scope: { ...scope },
      tags: shown(known.tags),
      facts: known.taggable ? { taggable: true } : {},
      config: {},
      unknown: ['config', ...hidden(known.tags)],
      sensitive: [],
    },
    inventory,
    parents: known.parents.flatMap((parent) => toParent(find(parent))),
    ...(createdBy === undefined ? {} : { createdBy }),
    ...(managedBy === undefined ? {} : { managedBy }),
    ...(code === undefined ? {} : { code }),
  };
}

/** A value that is only hinted at must never be written anywhere. */
function shown(tags: KnownTags): Record<string, string> {
  if (tags.state === 'unknown') return {};
  return Object.fromEntries(Object.entries(tags.values).filter(([, value]) => value !== SENSITIVE));
}

function hidden(tags: KnownTags): string[] {
  if (tags.state === 'unknown') return ['tags'];
  const marked = Object.keys(tags.values).filter((key) => tags.values[key] === SENSITIVE);
  return [...tags.unknown, ...marked].map((key) => joinPath('tags', key));
}

function toParent(parent: KnownResource | undefined): Parent[] {
  const role = parent === undefined ? undefined : parentRole(parent.address);
  if (parent === undefined || role === undefined) return [];
  return [{ role, address: parent.address, tags: readable(parent.tags) }];
}

/** Half of the tags of a parent would give half of an answer. */
function readable(tags: KnownTags): ReadTags {
  if (tags.state === 'unknown') return tags;
  const some = hidden(tags);
  if (some.length > 0) return { state: 'unknown', reason: `${some.join(', ')} could not be read` };
  return { state: 'known', values: tags.values };
}
