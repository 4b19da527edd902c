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
import { joinCompared } from './compared.ts';
import { ObjectList } from './schema.ts';
import type { KubernetesSettings } from './schema.ts';

/**
 * A part for every kind of the cluster, or for every kind of a namespace where no more may be read; and one for all the kinds
 * that rules compare.
 */
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
  return { partitions: joinCompared(name, partitions, served, wanted), gaps, accounts: [name] };
}

interface Scouting extends Cluster {
  readonly signal: AbortSignal;
  /** The names that are read; fails where they cannot be listed. */
  readonly namespaces: () => Promise<readonly string[]>;
}

type Found = Pick<InventoryPlan, 'partitions' | 'gaps'>;

async function scout(kind: ServedKind, scouting: Scouting): Promise<Found> {
  const { named } = namespacesOf(scouting.settings.namespaces);
  if (kind.namespaced && named !== undefined) return await scoutEach(kind, scouting, named);
  const found = await probe(kind, scouting, undefined);
  const [refused] = found.gaps;
  if (refused?.code !== 'CLOUD_DENIED' || !kind.namespaced) return found;
  return await narrower(kind, scouting, refused);
}

/** A role for some namespaces is not one for the cluster: each is asked on its own then. */
async function narrower(kind: ServedKind, scouting: Scouting, refused: Gap): Promise<Found> {
  const namespaces = await unlessRefused(scouting.namespaces);
  if (namespaces instanceof CloudError) return { partitions: [], gaps: [refused] };
  const found = await scoutEach(kind, scouting, namespaces);
  // Refused everywhere is one refusal, not hundreds.
  const everywhere = found.partitions.length === 0;
  return everywhere ? { partitions: [], gaps: [refused] } : found;
}

async function scoutEach(
  kind: ServedKind,
  scouting: Scouting,
  namespaces: readonly string[],
): Promise<Found> {
  const found: Found[] = [];
  for (const namespace of namespaces) found.push(await probe(kind, scouting, namespace));
  return {
    partitions: found.flatMap(({ partitions }) => partitions),
    gaps: found.flatMap(({ gaps }) => gaps),
  };
}

/** A list of one object tells whether more may be read, and how many there are. */
async function probe(
  kind: ServedKind,
  { settings, api, signal }: Scouting,
  namespace: string | undefined,
): Promise<Found> {
  const request = {
    path: listPath(kind, namespace, { limit: '1' }),
    action: `list ${resourceName(kind)}`,
  };
  const answer = await unlessRefused(async () => await api.ask(ObjectList, request, signal));
  const part = partOf(settings, kind, namespace);
  if (answer instanceof CloudError) {
    const { code, message } = answer;
    return { partitions: [], gaps: [{ scope: part.scope, type: kind.type, code, message }] };
  }
  const expected = (answer.items ?? []).length + (answer.metadata.remainingItemCount ?? 0);
  return { partitions: [{ ...part, expected }], gaps: [] };
}

/** A refusal is a result here; that nobody wants to know any more is not. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<T | CloudError> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CloudError) || error.code === 'CLOUD_STOPPED') throw error;
    return error;
  }
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
