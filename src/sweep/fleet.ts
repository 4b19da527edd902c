import type { Creator, CreatorUnknown, LiveResource, Manager } from '../clouds/inventory.ts';
import { joinPath, overlaps, splitPath } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import { SENSITIVE } from '../redact/marker.ts';
import { hides, PLAIN } from '../redact/redactor.ts';

/** One thing that exists, as the last sweep that saw it left it in the store. */
export interface FleetResource {
  readonly address: string;
  readonly kind: string;
  readonly type: string;
  readonly provider: string;
  readonly scope: Readonly<Record<string, string>>;
  /** The account, subscription, project or cluster it is in; empty where it is in none. */
  readonly account: string;
  readonly region: string;
  readonly tags: FleetTags;
  readonly taggable: boolean;
  /** Addresses of what it stands in, the nearest first. */
  readonly parents: readonly string[];
  readonly managedBy: Manager | undefined;
  readonly createdBy: Creator | undefined;
  /** Where it was looked up in vain. */
  readonly creatorUnknown?: CreatorUnknown | undefined;
  readonly createdAt: string | undefined;
  /** When the cloud took it down. */
  readonly capturedAt: string;
  /** Where it was read. */
  readonly inventory: string;
  readonly partition: string;
}

/** Three states, as everywhere: what could not be read is never the same as having none. */
export type FleetTags =
  | {
      readonly state: 'known';
      readonly values: Readonly<Record<string, string>>;
      /** Keys that are there, with values that could not be read. */
      readonly unknown: readonly string[];
    }
  | { readonly state: 'unknown'; readonly reason: string };

/** What is in which account: the widest thing that a cloud gives permissions for. */
export function accountOf(scope: Readonly<Record<string, string>>): string {
  return scope['account'] ?? scope['subscription'] ?? scope['project'] ?? scope['cluster'] ?? '';
}

export function regionOf(scope: Readonly<Record<string, string>>): string {
  return scope['region'] ?? scope['zone'] ?? '';
}

/** A live resource and its normal form -> what is kept of it. Attributes are not: the next sweep reads them again. */
export function toFleetResource(
  live: LiveResource,
  resource: Resource,
  read: { readonly inventory: string; readonly partition: string; readonly now: string },
): FleetResource {
  return {
    address: resource.address,
    kind: resource.kind,
    type: resource.type,
    provider: resource.provider,
    scope: resource.scope,
    account: accountOf(resource.scope),
    region: regionOf(resource.scope),
    tags: fleetTags(live, resource),
    taggable: resource.facts['taggable'] === true,
    parents: live.parents ?? [],
    managedBy: live.managedBy,
    createdBy: live.createdBy,
    createdAt: live.createdAt,
    capturedAt: live.capturedAt ?? read.now,
    inventory: read.inventory,
    partition: read.partition,
  };
}

function fleetTags({ resource: raw }: LiveResource, resource: Resource): FleetTags {
  if (resource.unknown.includes('tags')) {
    const reason = raw.tags?.state === 'unknown' ? raw.tags.reason : 'they were not read';
    return { state: 'unknown', reason };
  }
  const unknown = resource.unknown.flatMap((path) => {
    const [root, key] = splitPath(path);
    return root === 'tags' && key !== undefined ? [String(key)] : [];
  });
  return { state: 'known', values: shownTags(resource), unknown };
}

/**
 * A tag that is marked, or holds a credential, keeps its key alone: half a value would be taken for one, and written back by
 * a repair.
 */
function shownTags({ tags, sensitive }: Resource): Readonly<Record<string, string>> {
  const marked = (key: string): boolean =>
    sensitive.some((path) => overlaps(path, joinPath('tags', key)));
  const hidden = ([key, value]: [string, string]): boolean =>
    (sensitive.length > 0 && marked(key)) || hides(key, value) || PLAIN.text(value) !== value;
  return Object.fromEntries(
    Object.entries(tags).map((tag) => [tag[0], hidden(tag) ? SENSITIVE : tag[1]]),
  );
}

/** What reads the fleet. */
export interface Fleet {
  readonly find: (address: string) => Promise<FleetResource | undefined>;
  /** In any order; addresses that nobody has are left out. */
  readonly findAll: (addresses: readonly string[]) => Promise<readonly FleetResource[]>;
  /** What stands in something, the nearest or not; by address. */
  readonly inside: (parent: string, limit: number, after?: string) => Promise<FleetPage>;
  readonly list: (filter: FleetFilter, limit: number, after?: string) => Promise<FleetPage>;
  readonly count: (filter: FleetFilter) => Promise<number>;
}

export interface FleetFilter {
  readonly inventory?: string;
  readonly account?: string;
  readonly region?: string;
  readonly kind?: string;
}

export interface FleetPage {
  readonly resources: readonly FleetResource[];
  readonly next?: string;
}
