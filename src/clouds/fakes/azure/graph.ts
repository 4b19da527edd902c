import { z } from 'zod';

import { armError } from './answer.ts';
import type { FakeAnswer } from './answer.ts';
import type { FakeArmResource, FakeAzureEstate, FakeSubscription, LiveEstate } from './estate.ts';
import { snapshot } from './estate.ts';
import type { FakeHarm } from './faults.ts';
import { KustoError, parseKusto, runKusto } from './kusto.ts';
import type { Row } from './kusto.ts';

const Request = z.object({
  subscriptions: z.array(z.string()).optional(),
  managementGroups: z.array(z.string()).optional(),
  query: z.string(),
  options: z
    .object({
      $top: z.int().min(1).max(1000).optional(),
      $skipToken: z.string().optional(),
      resultFormat: z.literal('objectArray').optional(),
    })
    .optional(),
});
type Request = z.infer<typeof Request>;

const Token = z.object({ query: z.string(), offset: z.int() });

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  resources: (
    'id name type tenantId kind location resourceGroup subscriptionId managedBy sku plan ' +
    'properties tags identity zones extendedLocation'
  ).split(' '),
  resourcecontainers:
    'id name type tenantId location resourceGroup subscriptionId managedBy properties tags'.split(
      ' ',
    ),
};

const GROUPS = 'microsoft.resources/subscriptions/resourcegroups';

/** @see https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources */
export interface FakeGraph {
  readonly query: (body: unknown, harm: FakeHarm | undefined) => FakeAnswer;
}

/**
 * Resource Graph over an estate. Subscriptions that the caller may not see are left out without a word; pages are only given
 * where a query tells ids.
 */
export function createGraph(live: LiveEstate): FakeGraph {
  const atStart = snapshot(live);
  return {
    query: (body, harm) => {
      const request = Request.safeParse(body);
      if (!request.success) return invalid('InvalidRequest', z.prettifyError(request.error));
      try {
        return answer(harm?.kind === 'stale' ? atStart : snapshot(live), request.data, harm);
      } catch (thrown) {
        if (thrown instanceof KustoError) return invalid('InvalidQuery', thrown.message);
        throw thrown;
      }
    },
  };
}

function answer(estate: FakeAzureEstate, request: Request, harm: FakeHarm | undefined): FakeAnswer {
  const scope = scopeOf(estate, request);
  if (!Array.isArray(scope)) return scope;
  const query = parseKusto(request.query);
  const columns = COLUMNS[query.table];
  if (columns === undefined)
    throw new KustoError(`'${query.table}' is not a table that this fake has.`);
  const rows = runKusto(query, tableOf(estate.tenant, query.table, scope), columns);
  return page(rows, request, harm);
}

/** The subscriptions to look at, or a refusal. */
function scopeOf(estate: FakeAzureEstate, request: Request): FakeSubscription[] | FakeAnswer {
  const wanted = new Set(request.subscriptions?.map((id) => id.toLowerCase()) ?? []);
  for (const id of request.managementGroups ?? []) {
    const group = estate.managementGroups?.find((one) => one.id === id);
    if (group === undefined || group.denied === true)
      return armError(403, 'AuthorizationFailed', `No access to the management group '${id}'.`);
    for (const subscription of group.subscriptions) wanted.add(subscription.toLowerCase());
  }
  const seen = estate.subscriptions.filter(
    ({ id, denied }) => denied !== true && wanted.has(id.toLowerCase()),
  );
  if (seen.length > 0) return seen;
  return invalid(
    'NoValidSubscriptionsInQueryRequest',
    'There must be at least one subscription that is eligible to contain resources.',
  );
}

function tableOf(tenant: string, table: string, scope: readonly FakeSubscription[]): Row[] {
  return scope.flatMap((subscription) => {
    const groups = subscription.resources.filter(isGroup);
    if (table === 'resourcecontainers')
      return [
        subscriptionRow(tenant, subscription),
        ...groups.map((group) => resourceRow(tenant, subscription.id, group)),
      ];
    return subscription.resources
      .filter((resource) => !isGroup(resource))
      .map((resource) => resourceRow(tenant, subscription.id, resource));
  });
}

function isGroup({ type }: FakeArmResource): boolean {
  return type.toLowerCase() === GROUPS;
}

function subscriptionRow(tenant: string, { id, name, state, tags }: FakeSubscription): Row {
  return {
    id: `/subscriptions/${id}`,
    name,
    type: 'microsoft.resources/subscriptions',
    tenantId: tenant,
    location: '',
    resourceGroup: '',
    subscriptionId: id,
    managedBy: '',
    properties: { state: state ?? 'Enabled' },
    tags: orNull(tags),
  };
}

/** Resource Graph tells types and groups in lower case, and what is not there as '' or null. */
function resourceRow(tenant: string, subscriptionId: string, resource: FakeArmResource): Row {
  const [, group = ''] = /\/resourceGroups\/([^/]+)/i.exec(resource.id) ?? [];
  return {
    id: resource.id,
    name: resource.name,
    type: resource.type.toLowerCase(),
    tenantId: tenant,
    kind: resource.kind ?? '',
    location: resource.location,
    resourceGroup: group.toLowerCase(),
    subscriptionId,
    managedBy: resource.managedBy ?? '',
    sku: resource.sku ?? null,
    plan: null,
    properties: resource.properties ?? {},
    tags: orNull(resource.tags),
    identity: resource.identity ?? null,
    zones: resource.zones ?? null,
    extendedLocation: null,
  };
}

function orNull(tags: Readonly<Record<string, string>> | undefined): unknown {
  return tags === undefined || Object.keys(tags).length === 0 ? null : tags;
}

function page(rows: readonly Row[], request: Request, harm: FakeHarm | undefined): FakeAnswer {
  const from = offsetOf(request);
  if (from === undefined)
    return invalid('InvalidSkipToken', 'The skip token does not belong to this query.');
  const data = cut(rows, from, request.options?.$top ?? 1000, harm);
  const next = nextOffset(rows, from, data.length, harm);
  const truncated = next !== undefined || harm?.kind === 'truncated';
  return {
    status: 200,
    headers: limitHeaders(harm),
    body: {
      totalRecords: rows.length,
      count: data.length,
      data: harm?.kind === 'no-tags' ? data.map(withoutTags) : data,
      facets: [],
      resultTruncated: truncated ? 'true' : 'false',
      ...(next !== undefined && pageable(rows) ? { $skipToken: tokenOf(request, next) } : {}),
    },
  };
}

function limitHeaders(harm: FakeHarm | undefined): Record<string, string> {
  return harm?.kind === 'limit-hit' ? { 'x-ms-tenant-subscription-limit-hit': 'true' } : {};
}

function cut(
  rows: readonly Row[],
  from: number,
  top: number,
  harm: FakeHarm | undefined,
): readonly Row[] {
  const size = harm?.kind === 'short' || harm?.kind === 'lost' ? harm.rows : top;
  const end = harm?.kind === 'truncated' ? Math.max(0, rows.length - 1) : rows.length;
  return rows.slice(from, Math.min(end, from + size));
}

function nextOffset(
  rows: readonly Row[],
  from: number,
  count: number,
  harm: FakeHarm | undefined,
): number | undefined {
  if (harm?.kind === 'truncated' || harm?.kind === 'lost') return undefined;
  if (harm?.kind === 'repeat-token') return from;
  return from + count < rows.length ? from + count : undefined;
}

function pageable([first]: readonly Row[]): boolean {
  return first !== undefined && 'id' in first;
}

function withoutTags(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => column !== 'tags'));
}

function tokenOf({ query }: Request, offset: number): string {
  return Buffer.from(JSON.stringify({ query, offset })).toString('base64');
}

function offsetOf({ query, options }: Request): number | undefined {
  if (options?.$skipToken === undefined) return 0;
  try {
    const text = Buffer.from(options.$skipToken, 'base64').toString('utf8');
    const token = Token.parse(JSON.parse(text));
    return token.query === query ? token.offset : undefined;
  } catch {
    return undefined;
  }
}

function invalid(code: string, message: string): FakeAnswer {
  return {
    status: 400,
    body: {
      error: {
        code: 'BadRequest',
        message: 'The request is not valid.',
        details: [{ code, message }],
      },
    },
  };
}
