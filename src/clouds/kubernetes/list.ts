import { z } from 'zod';

import { CloudError } from '../errors.ts';
import type { Gap, LiveResource, Page, Partition } from '../inventory.ts';
import { namespacesOf } from './choose.ts';
import type { Cluster } from './cluster.ts';
import { pathOf, resourceName } from './directory.ts';
import type { ServedKind } from './directory.ts';
import { ApiRefusal } from './faults.ts';
import { toLiveResource } from './object.ts';
import { ObjectList } from './schema.ts';
import type { KubernetesSettings } from './schema.ts';

/** Where a list goes on; `again` when it was begun a second time. */
const Cursor = z.object({ token: z.string().min(1), again: z.boolean() });
type Cursor = z.infer<typeof Cursor>;

/**
 * One page of a kind. Pages of one list are of one moment; when the API server has forgotten that moment (410 Gone, after
 * five minutes by default), the list is begun again, once.
 *
 * @throws CloudError
 */
export async function readPage(
  cluster: Cluster,
  partition: Pick<Partition, 'scope' | 'type'>,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const kind = await cluster.directory.find(partition.type ?? '', signal);
  const place = parseCursor(cursor);
  const namespace = partition.scope['namespace'];
  try {
    return await ask(cluster, { kind, namespace, place, again: place?.again ?? false }, signal);
  } catch (error) {
    if (place === undefined || place.again || !isExpired(error)) throw error;
    return await ask(cluster, { kind, namespace, place: undefined, again: true }, signal);
  }
}

interface Wanted {
  readonly kind: ServedKind;
  readonly namespace: string | undefined;
  readonly place: Cursor | undefined;
  readonly again: boolean;
}

async function ask(
  { settings, api }: Cluster,
  { kind, namespace, place, again }: Wanted,
  signal: AbortSignal,
): Promise<Page> {
  const request = {
    path: listPath(kind, namespace, {
      limit: String(settings.pageSize),
      ...(place === undefined ? {} : { continue: place.token }),
    }),
    action: `list ${resourceName(kind)}`,
  };
  const { items, metadata } = await api.ask(ObjectList, request, signal);
  const page = toPage(settings, kind, items ?? []);
  const token = metadata.continue;
  if (token === undefined || token === '') return page;
  if (token === place?.token)
    throw new CloudError('CLOUD_PROTOCOL', `the list of ${kind.type} does not go on`);
  return { ...page, next: JSON.stringify({ token, again } satisfies Cursor) };
}

function toPage(
  { cluster, namespaces }: KubernetesSettings,
  kind: ServedKind,
  items: readonly Readonly<Record<string, unknown>>[],
): Page {
  const { includes } = namespacesOf(namespaces);
  const isWanted = ({ resource }: LiveResource): boolean => {
    const namespace = namespaceOf(kind, resource.scope['namespace'], resource.address);
    return namespace === undefined || includes(namespace);
  };
  const live = items.map((item) => toLiveResource(cluster, kind, item));
  const nameless = live.filter((one) => one === undefined).length;
  const gap: Gap = {
    scope: { cluster },
    type: kind.type,
    code: 'CLOUD_PROTOCOL',
    message: `${nameless} objects of ${kind.type} have no name`,
  };
  return {
    resources: live.filter((one) => one !== undefined).filter(isWanted),
    ...(nameless === 0 ? {} : { gaps: [gap] }),
  };
}

/** A namespace is in itself. */
function namespaceOf(
  { type }: ServedKind,
  namespace: string | undefined,
  address: string,
): string | undefined {
  return type === 'v1/Namespace' ? address.slice(address.lastIndexOf('/') + 1) : namespace;
}

function isExpired(error: unknown): boolean {
  return (
    error instanceof CloudError && error.cause instanceof ApiRefusal && error.cause.status === 410
  );
}

function parseCursor(cursor: string | undefined): Cursor | undefined {
  if (cursor === undefined) return undefined;
  try {
    return Cursor.parse(JSON.parse(cursor));
  } catch {
    throw new CloudError('CLOUD_PROTOCOL', 'the place where the list was to go on is not readable');
  }
}

/** `/apis/apps/v1/namespaces/default/deployments?limit=500`. */
export function listPath(
  { apiVersion, plural }: Pick<ServedKind, 'apiVersion' | 'plural'>,
  namespace: string | undefined,
  query: Readonly<Record<string, string>>,
): string {
  const inside = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${pathOf(apiVersion)}${inside}/${plural}?${new URLSearchParams(query).toString()}`;
}
