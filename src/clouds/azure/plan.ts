import { findRestatement } from '../../catalogue/live/registry.ts';
import { findShape, KINDS } from '../../catalogue/registry.ts';
import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import type { Gap, InventoryPlan, Wanted } from '../inventory.ts';
import type { Graph } from './graph.ts';
import { literal } from './graph.ts';
import { CONTAINERS, partsOf } from './parts.ts';
import type { Counted } from './parts.ts';
import { CountRow } from './schema.ts';
import type { AzureSettings } from './schema.ts';
import { findSubscriptions, gapOf, inParts } from './subscriptions.ts';
import type { KnownSubscription } from './subscriptions.ts';

const AZURE_KINDS = KINDS.map(({ kind }) => kind).filter((kind) => kind.startsWith('azure.'));

/**
 * Some parts for each subscription, in which the types are that it has some of.
 *
 * @throws CloudError when nothing at all can be planned.
 */
export async function planInventory(
  graph: Graph,
  settings: AzureSettings,
  outside: CloudOutside,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<InventoryPlan> {
  if (signal.aborted) throw new CloudError('CLOUD_STOPPED', 'the plan was given up');
  const { readable, gaps, accounts } = await findSubscriptions(graph, settings, wanted, signal);
  tellDisabled(readable, settings, outside);
  const ids = readable.map(({ id }) => id);
  const regions = regionsOf(settings, wanted);
  const counted = await inParts(ids, async (part) => await count(graph, part, regions, signal));
  const uncounted = new Set(counted.refused.map(({ account }) => account));
  const types = [
    ...ids.filter((id) => !uncounted.has(id)).flatMap(containersOf),
    ...counted.results.flat(),
  ].filter(({ type }) => isWanted(type, wanted));
  return {
    partitions: partsOf(types).sort((a, b) => (a.key < b.key ? -1 : 1)),
    gaps: [...gaps, ...counted.refused.map(({ account, error }): Gap => gapOf(account, error))],
    accounts,
  };
}

/** A disabled subscription can be read, and nothing in it can be changed: whoever plans repairs should know. */
function tellDisabled(
  subscriptions: readonly KnownSubscription[],
  { name }: AzureSettings,
  { warn }: CloudOutside,
): void {
  const disabled = subscriptions.filter(({ state }) => state === 'Disabled' || state === 'Deleted');
  if (disabled.length > 0)
    warn('subscriptions are disabled: they can be read, and not be changed', {
      inventory: name,
      subscriptions: disabled.map(({ id }) => id),
    });
}

/** The regions that both the settings and the sweep ask for; undefined: all. */
function regionsOf(settings: AzureSettings, { regions }: Wanted): readonly string[] | undefined {
  if (settings.regions === undefined) return regions;
  if (regions === undefined) return settings.regions;
  return settings.regions.filter((region) => regions.includes(region));
}

/** @throws CloudError (CLOUD_PROTOCOL) where the summary does not fit a page: without ids it has no pages. */
async function count(
  graph: Graph,
  subscriptions: readonly string[],
  regions: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<Counted[]> {
  if (regions?.length === 0) return [];
  const by = regions === undefined ? 'subscriptionId, type' : 'subscriptionId, location, type';
  const query = `resources${inRegions(regions)} | summarize count() by ${by}`;
  const page = await graph.ask({ query, subscriptions, action: 'counts of types' }, signal);
  if (page.resultTruncated === 'true' || page.data.length < page.totalRecords)
    throw new CloudError('CLOUD_PROTOCOL', 'there are more types than Resource Graph counts');
  return page.data.map(countedOf);
}

function countedOf(told: unknown): Counted {
  const row = CountRow.safeParse(told);
  if (!row.success)
    throw new CloudError('CLOUD_PROTOCOL', 'Resource Graph counts in another shape', {
      cause: row.error,
    });
  const { subscriptionId, location: region, type, count_: expected } = row.data;
  return {
    subscription: subscriptionId.toLowerCase(),
    ...(region === undefined ? {} : { region }),
    type: type.toLowerCase(),
    expected,
  };
}

/** Wherever they are: a region says of a resource group where its list is kept, not where its resources are. */
function containersOf(subscription: string): Counted[] {
  return CONTAINERS.map((type) => ({ subscription, type }));
}

/** The condition of a query, with its bar; '' for all regions. */
function inRegions(regions: readonly string[] | undefined): string {
  return regions === undefined ? '' : ` | where location in~ (${regions.map(literal).join(', ')})`;
}

/** True for a type whose kind is wanted; in doubt too, where one type is several kinds and only a resource says which. */
function isWanted(type: string, wanted: Wanted): boolean {
  const told = findRestatement('azure-resource', type)?.as;
  if (told === undefined) return wanted.kind(type);
  if (typeof told === 'function') return AZURE_KINDS.some(wanted.kind);
  return wanted.kind(findShape('terraform', told)?.kind ?? type);
}
