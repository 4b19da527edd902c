import { matchesAny } from '../../kit/glob.ts';
import { valueAt } from '../../kit/paths.ts';
import { CloudError } from '../errors.ts';
import type { Gap, InventoryPlan, Partition, Wanted } from '../inventory.ts';
import type { Cluster } from './cluster.ts';
import { choose, namespacesOf } from './choose.ts';
import type { Namespaces } from './choose.ts';
import { resourceName } from './directory.ts';
import type { ServedKind } from './directory.ts';
import { listPath } from './list.ts';
import { ObjectList } from './schema.ts';
import type { KubernetesSettings } from './schema.ts';

/** A part for every kind of the cluster, or for every kind of a namespace where no more may be read. */
export async function planCluster(
  cluster: Cluster,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<InventoryPlan> {
  const { settings, directory } = cluster;
  const name = settings.cluster;
  if (wanted.accounts !== undefined && !matchesAny(wanted.accounts, name))
    return { partitions: [], gaps: [], accounts: [] };
  const served = await directory.all(signal);
  const kinds = choose(served.kinds, wanted.kind, settings.kinds);
  const gaps: Gap[] = served.failures.map(({ apiVersion, error }) => ({
    scope: { cluster: name },
    type: apiVersion,
    code: error.code,
    message: `what the API group ${apiVersion} holds is not known: ${error.message}`,
  }));
  const scouting: Scouting = { ...cluster, signal, namespaces: lazily(cluster, signal) };
  const partitions: Partition[] = [];
  for (const kind of kinds) {
    const found = await scout(kind, scouting);
    partitions.push(...found.partitions);
    gaps.push(...found.gaps);
  }
  return { partitions, gaps, accounts: [name] };
}

interface Scouting extends Cluster {
  readonly signal: AbortSignal;
  /** The names that are read; fails where they cannot be listed. */
  readonly namespaces: () => Promise<readonly string[]>;
}

type Found = Pick<InventoryPlan, 'partitions' | 'gaps'>;

/** A list of one object tells whether more may be read, and how many there are. */
async function scout(kind: ServedKind, scouting: Scouting): Promise<Found> {
  const { settings, api, signal } = scouting;
  const { named } = namespacesOf(settings.namespaces);
  if (kind.namespaced && named !== undefined) return byNamespace(settings, kind, named);
  const request = {
    path: listPath(kind, undefined, { limit: '1' }),
    action: `list ${resourceName(kind)}`,
  };
  try {
    const { items, metadata } = await api.ask(ObjectList, request, signal);
    const expected = (items ?? []).length + (metadata.remainingItemCount ?? 0);
    return { partitions: [{ ...partOf(settings, kind, undefined), expected }], gaps: [] };
  } catch (error) {
    if (!(error instanceof CloudError) || error.code === 'CLOUD_STOPPED') throw error;
    if (error.code === 'CLOUD_DENIED' && kind.namespaced)
      return await narrower(kind, scouting, error);
    return { partitions: [], gaps: [gapOf(settings, kind, error)] };
  }
}

/** A role for some namespaces is not one for the cluster: each namespace is asked on its own then. */
async function narrower(kind: ServedKind, scouting: Scouting, refused: CloudError): Promise<Found> {
  try {
    return byNamespace(scouting.settings, kind, await scouting.namespaces());
  } catch (error) {
    if (!(error instanceof CloudError) || error.code === 'CLOUD_STOPPED') throw error;
    return { partitions: [], gaps: [gapOf(scouting.settings, kind, refused)] };
  }
}

function byNamespace(
  settings: KubernetesSettings,
  kind: ServedKind,
  namespaces: readonly string[],
): Found {
  return { partitions: namespaces.map((one) => partOf(settings, kind, one)), gaps: [] };
}

function partOf(
  { cluster }: KubernetesSettings,
  { type }: ServedKind,
  namespace: string | undefined,
): Partition {
  return {
    key: `${cluster}/${namespace ?? '*'}/${type}`,
    scope: { cluster, ...(namespace === undefined ? {} : { namespace }) },
    type,
  };
}

function gapOf({ cluster }: KubernetesSettings, { type }: ServedKind, error: CloudError): Gap {
  return { scope: { cluster }, type, code: error.code, message: error.message };
}

/** Asked for once, and only where a kind needs it. */
function lazily(cluster: Cluster, signal: AbortSignal): () => Promise<readonly string[]> {
  let names: Promise<readonly string[]> | undefined;
  return async () => {
    names ??= listNamespaces(cluster, namespacesOf(cluster.settings.namespaces), signal);
    return await names;
  };
}

async function listNamespaces(
  { api, settings }: Cluster,
  { includes }: Namespaces,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names: string[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const query = {
      limit: String(settings.pageSize),
      ...(token === undefined ? {} : { continue: token }),
    };
    const request = { path: listPath(NAMESPACES, undefined, query), action: 'list namespaces' };
    const { items, metadata } = await api.ask(ObjectList, request, signal);
    for (const item of items ?? []) names.push(...nameIn(item).filter(includes));
    token = metadata.continue === '' ? undefined : metadata.continue;
    if (token !== undefined && seen.has(token))
      throw new CloudError('CLOUD_PROTOCOL', 'the list of namespaces goes round in circles');
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return names.sort();
}

const NAMESPACES = { apiVersion: 'v1', plural: 'namespaces' };

function nameIn(item: Readonly<Record<string, unknown>>): string[] {
  const name = valueAt(item, ['metadata', 'name']);
  return typeof name === 'string' ? [name] : [];
}
