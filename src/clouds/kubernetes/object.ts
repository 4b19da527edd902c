import { isRecord } from '../../kit/record.ts';
import { addressOf, describeObject, nameOf, ObjectHead } from '../../sources/kubernetes-object.ts';
import type { LiveResource, Manager } from '../inventory.ts';
import { Ownership } from './schema.ts';
import type { ServedKind } from './directory.ts';

const HIDDEN = '(sensitive)';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * An object of the API as a live resource; undefined for what has no name, which the API never answers.
 *
 * @param item without the apiVersion and kind that a list says once for all its items.
 */
export function toLiveResource(
  cluster: string,
  { apiVersion, kind }: Pick<ServedKind, 'apiVersion' | 'kind'>,
  item: Readonly<Record<string, unknown>>,
): LiveResource | undefined {
  const attributes = withoutSecrets({ ...item, apiVersion, kind });
  const head = ObjectHead.safeParse(attributes);
  const name = head.success ? nameOf(head.data.metadata) : undefined;
  if (!head.success || name === undefined) return undefined;
  const namespace = head.data.metadata.namespace ?? undefined;
  const described = describeObject({ apiVersion, kind, name, namespace }, attributes);
  const ownership = Ownership.safeParse(attributes['metadata']).data ?? {};
  const { creationTimestamp } = ownership;
  const managedBy = managerOf(ownership);
  return {
    resource: {
      ...described,
      address: liveAddress(cluster, { apiVersion, kind, name, namespace }),
      action: 'present',
      scope: { cluster, ...described.scope },
    },
    parents: parentsOf(cluster, namespace, ownership),
    ...(typeof creationTimestamp === 'string' ? { createdAt: creationTimestamp } : {}),
    ...(managedBy === undefined ? {} : { managedBy }),
  };
}

interface Subject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/**
 * `west/default/Deployment/web`. A kind of somebody else's group is told with it, as kubectl does: two groups have a
 * Gateway, and their objects may have one name.
 */
export function liveAddress(
  cluster: string,
  { apiVersion, kind, name, namespace }: Subject,
): string {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  const builtIn = !group.includes('.') || group.endsWith('.k8s.io');
  const spelt = builtIn ? kind : `${kind}.${group}`;
  return `${cluster}/${addressOf({ kind: spelt, name, namespace })}`;
}

/** What is secret is let go of as soon as it is read; what only the API server's bookkeeping needs, too. */
function withoutSecrets(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { metadata, ...rest } = object;
  const cleaned = isRecord(metadata) ? { ...rest, metadata: cleanMetadata(metadata) } : object;
  if (object['kind'] !== 'Secret') return { ...cleaned };
  return { ...cleaned, ...hideValues(object, 'data'), ...hideValues(object, 'stringData') };
}

function cleanMetadata(metadata: Record<string, unknown>): Record<string, unknown> {
  const { managedFields: _bookkeeping, annotations, ...rest } = metadata;
  if (!isRecord(annotations)) return rest;
  if (!Object.hasOwn(annotations, LAST_APPLIED)) return { ...rest, annotations };
  return { ...rest, annotations: { ...annotations, [LAST_APPLIED]: HIDDEN } };
}

function hideValues(
  object: Readonly<Record<string, unknown>>,
  member: string,
): Record<string, unknown> {
  const values = object[member];
  if (!isRecord(values)) return {};
  return { [member]: Object.fromEntries(Object.keys(values).map((key) => [key, HIDDEN])) };
}

/** Owners first, the controller before others, then the namespace. */
function parentsOf(cluster: string, namespace: string | undefined, ownership: Ownership): string[] {
  const owners = ownersOf(ownership).map((owner) => liveAddress(cluster, { ...owner, namespace }));
  if (namespace === undefined) return owners;
  return [
    ...owners,
    `${cluster}/${addressOf({ kind: 'Namespace', name: namespace, namespace: undefined })}`,
  ];
}

function ownersOf({ ownerReferences }: Ownership): NonNullable<Ownership['ownerReferences']> {
  const owners = ownerReferences ?? [];
  return [
    ...owners.filter(({ controller }) => controller === true),
    ...owners.filter(({ controller }) => controller !== true),
  ];
}

/** Who will undo what others change: a controller, the API server itself, a chart. */
function managerOf(ownership: Ownership): Manager | undefined {
  const [owner] = ownersOf(ownership);
  if (owner !== undefined)
    return { tool: 'kubernetes-controller', name: `${owner.kind}/${owner.name}` };
  const labels = ownership.labels ?? {};
  if (labels['kubernetes.io/bootstrapping'] !== undefined)
    return { tool: 'kubernetes-controller', name: 'kube-apiserver' };
  return labelled(labels['app.kubernetes.io/managed-by'], ownership.annotations ?? {});
}

function labelled(
  tool: string | undefined,
  annotations: Readonly<Record<string, string>>,
): Manager | undefined {
  if (tool === undefined || tool === '') return undefined;
  if (tool.toLowerCase() === 'terraform') return { tool: 'terraform', name: '' };
  const release = [
    annotations['meta.helm.sh/release-namespace'],
    annotations['meta.helm.sh/release-name'],
  ].filter((part) => part !== undefined);
  const of = tool === 'Helm' && release.length > 0 ? ` ${release.join('/')}` : '';
  return { tool: 'other', name: `${tool}${of}` };
}
