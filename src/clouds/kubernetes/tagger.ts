import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import type { CloudErrorCode } from '../errors.ts';
import type { TagChange, Tagger, TagReading, TagResult, TagTarget } from '../tagger.ts';
import { openCluster } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { pathOf, resourceName } from './directory.ts';
import { ApiRefusal } from './faults.ts';
import { LABEL_LIMITS } from './labels.ts';
import { LabelHolder } from './schema.ts';
import type { KubernetesSettings } from './schema.ts';

/** Metadata alone: what a Secret holds does not leave the API server. */
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** Writes labels, one object a call, and only on the version that was read. @throws CloudError CLOUD_SETTINGS */
export async function openKubernetesTagger(
  settings: KubernetesSettings,
  outside: CloudOutside,
): Promise<Tagger> {
  const cluster = await openCluster(settings, outside);
  return {
    name: settings.name,
    adapter: 'kubernetes',
    limits: LABEL_LIMITS,
    read: async (targets, signal) => {
      const readings: TagReading[] = [];
      for (const target of targets) readings.push(await readLabels(cluster, target, signal));
      return readings;
    },
    write: async (changes, signal) => {
      const results: TagResult[] = [];
      for (const change of changes) results.push(await writeLabels(cluster, change, signal));
      return results;
    },
    close: () => Promise.resolve(),
  };
}

async function readLabels(
  cluster: Cluster,
  target: TagTarget,
  signal: AbortSignal,
): Promise<TagReading> {
  try {
    const { path, action } = await placeOf(cluster, target, 'get', signal);
    const { metadata } = await cluster.api.ask(
      LabelHolder,
      { path, action, accept: METADATA },
      signal,
    );
    const { labels, resourceVersion } = metadata;
    return { target, tags: { state: 'known', values: labels ?? {} }, version: resourceVersion };
  } catch (error) {
    if (!(error instanceof CloudError) || error.code === 'CLOUD_STOPPED') throw error;
    if (error.code === 'CLOUD_MISSING') return { target, tags: { state: 'missing' } };
    return { target, tags: { state: 'unknown', reason: error.message } };
  }
}

async function writeLabels(
  cluster: Cluster,
  change: TagChange,
  signal: AbortSignal,
): Promise<TagResult> {
  const { target, set, remove, version } = change;
  const refused = Object.entries(set)
    .map(([key, value]) => LABEL_LIMITS.refuses(key, value))
    .find((reason) => reason !== undefined);
  if (refused !== undefined) return failed(target, 'CLOUD_INVALID', 'InvalidLabel', refused);
  if (signal.aborted)
    return failed(target, 'CLOUD_STOPPED', 'Stopped', 'the write was given up before it began');
  const labels = { ...Object.fromEntries(remove.map((key) => [key, null])), ...set };
  const metadata = { labels, ...(version === undefined ? {} : { resourceVersion: version }) };
  let sent = false;
  try {
    const { path, action } = await placeOf(cluster, target, 'patch', signal);
    const request = {
      ...({ method: 'PATCH', accept: METADATA, patch: { metadata } } as const),
      ...{ path: `${path}?fieldManager=portcullis`, action },
    };
    sent = true;
    await cluster.api.ask(LabelHolder, request, signal);
    return { target, outcome: 'done' };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return outcomeOf(target, error, sent);
  }
}

function outcomeOf(target: TagTarget, error: CloudError, sent: boolean): TagResult {
  const { code, message, cause } = error;
  const refusal = cause instanceof ApiRefusal ? cause : undefined;
  const reason = refusal?.reason ?? code;
  if (refusal?.status === 409) return { target, outcome: 'conflict', code, reason, message };
  if (!sent || isCertain(error, refusal)) return failed(target, code, reason, message);
  return { target, outcome: 'uncertain', code, reason, message };
}

/** The API server said no, and that it did nothing. An error of its own, or silence, says neither. */
function isCertain({ code }: CloudError, refusal: ApiRefusal | undefined): boolean {
  if (refusal !== undefined) return refusal.status >= 400 && refusal.status < 500;
  return code === 'CLOUD_CREDENTIALS' || code === 'CLOUD_SETTINGS';
}

function failed(
  target: TagTarget,
  code: CloudErrorCode,
  reason: string,
  message: string,
): TagResult {
  return { target, outcome: 'failed', code, reason, message };
}

/** The adapter's own addresses end with the name, and no name of an object holds a slash. */
async function placeOf(
  { directory }: Cluster,
  { address, type, scope }: TagTarget,
  verb: 'get' | 'patch',
  signal: AbortSignal,
): Promise<{ readonly path: string; readonly action: string }> {
  const kind = await directory.find(type, signal);
  const name = address.slice(address.lastIndexOf('/') + 1);
  const namespace = scope['namespace'];
  const inside =
    kind.namespaced && namespace !== undefined
      ? `/namespaces/${encodeURIComponent(namespace)}`
      : '';
  return {
    path: `${pathOf(kind.apiVersion)}${inside}/${kind.plural}/${encodeURIComponent(name)}`,
    action: `${verb} ${resourceName(kind)}`,
  };
}
