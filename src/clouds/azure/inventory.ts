import type { CloudOutside } from '../adapter.ts';
import type { Gap, Inventory, LiveResource, Page, Partition } from '../inventory.ts';
import { connect } from './connection.ts';
import type { Instead } from './connection.ts';
import { literal, openGraph } from './graph.ts';
import type { Graph } from './graph.ts';
import { toLive } from './live.ts';
import { follow, readCursor, writeCursor } from './paging.ts';
import { isContainer, typesOf } from './parts.ts';
import { planInventory } from './plan.ts';
import { readPolicyContext } from './policy.ts';
import type { PolicyContext } from './policy.ts';
import { ResourceRow } from './schema.ts';
import type { AzureSettings } from './schema.ts';

/** Columns that every row of Resource Graph has; a name that it does not know would fail the query. */
const RESOURCE_COLUMNS =
  'id, name, type, location, subscriptionId, resourceGroup, kind, sku, properties, identity, zones, managedBy, tags';
const CONTAINER_COLUMNS =
  'id, name, type, location, subscriptionId, resourceGroup, properties, managedBy, tags';

export interface AzureInventory extends Inventory {
  /**
   * What Azure's own policies say of a subscription: context for the summary of a sweep, and a check from another side. What
   * cannot be read is in its gaps.
   *
   * @throws CloudError (CLOUD_STOPPED) alone.
   */
  readonly policyContext: (subscription: string, signal: AbortSignal) => Promise<PolicyContext>;
}

/**
 * Reads subscriptions, resource groups and resources by Azure Resource Graph.
 *
 * @throws CloudError (CLOUD_SETTINGS, CLOUD_CREDENTIALS)
 */
export async function openAzureInventory(
  settings: AzureSettings,
  outside: CloudOutside,
  instead?: Instead,
): Promise<AzureInventory> {
  const connection = await connect(settings, outside, instead);
  const graph = openGraph(connection);
  return {
    name: settings.name,
    adapter: 'azure',
    plan: async (wanted, signal) => await planInventory(graph, settings, outside, wanted, signal),
    read: async (partition, cursor, signal) => await readPage(graph, partition, cursor, signal),
    policyContext: async (subscription, signal) =>
      await readPolicyContext(connection, subscription, signal),
    // Nothing is held between two calls.
    close: () => Promise.resolve(),
  };
}

async function readPage(
  graph: Graph,
  partition: Partition,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const before = readCursor(cursor);
  const { subscription = '' } = partition.scope;
  const question = {
    query: queryOf(partition),
    subscriptions: [subscription],
    action: partition.key,
    ...(before === undefined ? {} : { skipToken: before.token }),
  };
  const page = await graph.ask(question, signal);
  const { next, incomplete } = follow(page, before);
  const { resources, unread } = rowsOf(page.data);
  const gaps = [
    ...(incomplete === undefined ? [] : [incomplete]),
    ...(page.limitHit ? ['there are more subscriptions than Azure looks at'] : []),
    ...(unread === 0 ? [] : [`${unread} rows are told in another shape`]),
  ].map((message) => gapOf(partition, message));
  return {
    resources,
    ...(next === undefined ? {} : { next: writeCursor(next) }),
    ...(gaps.length === 0 ? {} : { gaps }),
  };
}

function queryOf(partition: Partition): string {
  const types = typesOf(partition);
  const { region } = partition.scope;
  const ofContainers = types.every(isContainer);
  const where = region === undefined ? '' : ` | where location =~ ${literal(region)}`;
  const table = ofContainers ? 'resourcecontainers' : 'resources';
  const columns = ofContainers ? CONTAINER_COLUMNS : RESOURCE_COLUMNS;
  const names = types.map(literal).join(', ');
  return `${table} | where type in~ (${names})${where} | project ${columns} | order by id asc`;
}

function rowsOf(data: readonly unknown[]): { resources: LiveResource[]; unread: number } {
  const rows = data.map((told) => ResourceRow.safeParse(told));
  const resources = rows.flatMap((row) => (row.success ? [toLive(row.data)] : []));
  return { resources, unread: rows.length - resources.length };
}

function gapOf({ scope, type, key }: Partition, message: string): Gap {
  return {
    scope,
    ...(type === undefined ? {} : { type }),
    code: 'CLOUD_PROTOCOL',
    message: `${key}: ${message}`,
  };
}
