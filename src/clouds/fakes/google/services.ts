/**
 * How a service takes labels, by its documentation.
 * - `set-labels`: POST …/setLabels with a fingerprint (Compute). `set-resource-labels`: POST …:setResourceLabels (GKE).
 * - `merge`: PATCH that merges, null removes (Storage, BigQuery, Cloud SQL).
 * - `mask`: PATCH with updateMask in the query. `wrapped`: PATCH with the mask in the body, beside the resource.
 */
export type LabelStyle = 'set-labels' | 'set-resource-labels' | 'merge' | 'mask' | 'wrapped';

export interface FakeService {
  readonly type: string;
  readonly host: string;
  /** The service in full resource names, where it is not the host. */
  readonly nameHost: string;
  /** What stands before the resource's name in paths: `/compute/v1/`. */
  readonly prefix: string;
  readonly style: LabelStyle;
  /** Where labels stand in the asset's data. */
  readonly labels: readonly string[];
  /** True where Asset Inventory tells the resource in words of an older API than the one that changes labels. */
  readonly retold?: boolean;
  /** Where the version stands in answers, and what a write that carries another one is answered. */
  readonly version?: {
    readonly at: readonly string[];
    readonly stale: readonly [status: number, reason: string];
  };
  /** `wrapped`: the member that the resource stands in, and the mask beside it. */
  readonly wrapper?: readonly [resource: string, mask: string];
  /** True where a change is an operation that takes its time. */
  readonly slow: boolean;
  readonly get: string;
  readonly update: string;
  /** Permission to look at operations; '' where none is asked for. */
  readonly operations: string;
}

const LABELS = ['labels'];
const NOT_MET = [412, 'conditionNotMet'] as const;
const ABORTED = [409, 'ABORTED'] as const;

function compute(type: string, collection: string, operations: string): FakeService {
  return {
    type: `compute.googleapis.com/${type}`,
    host: 'compute.googleapis.com',
    nameHost: 'compute.googleapis.com',
    prefix: '/compute/v1/',
    style: 'set-labels',
    labels: LABELS,
    version: { at: ['labelFingerprint'], stale: NOT_MET },
    slow: true,
    get: `compute.${collection}.get`,
    update: `compute.${collection}.setLabels`,
    operations: `compute.${operations}.get`,
  };
}

interface Patched {
  readonly type: string;
  readonly version: string;
  readonly collection: string;
  readonly etag?: boolean;
  readonly operations?: string;
  readonly wrapper?: readonly [string, string];
  readonly retold?: boolean;
}

function patched({
  type,
  version,
  collection,
  etag,
  operations,
  wrapper,
  retold,
}: Patched): FakeService {
  const host = type.slice(0, type.indexOf('/'));
  return {
    type,
    host,
    nameHost: host,
    prefix: `/${version}/`,
    style: wrapper === undefined ? 'mask' : 'wrapped',
    ...(retold === true ? { labels: ['metadata', 'labels'], retold } : { labels: LABELS }),
    ...(etag === true ? { version: { at: ['etag'], stale: ABORTED } } : {}),
    ...(wrapper === undefined ? {} : { wrapper }),
    slow: operations !== undefined,
    get: `${collection}.get`,
    update: `${collection}.update`,
    operations: operations ?? '',
  };
}

function bigquery(type: string, collection: string): FakeService {
  return {
    type: `bigquery.googleapis.com/${type}`,
    host: 'bigquery.googleapis.com',
    nameHost: 'bigquery.googleapis.com',
    prefix: '/bigquery/v2/',
    style: 'merge',
    labels: LABELS,
    version: { at: ['etag'], stale: NOT_MET },
    slow: false,
    get: `bigquery.${collection}.get`,
    update: `bigquery.${collection}.update`,
    operations: '',
  };
}

/** Every type whose labels the fake lets read and write. */
export const FAKE_SERVICES: readonly FakeService[] = [
  compute('Instance', 'instances', 'zoneOperations'),
  compute('Disk', 'disks', 'zoneOperations'),
  compute('RegionDisk', 'disks', 'regionOperations'),
  compute('Image', 'images', 'globalOperations'),
  compute('Snapshot', 'snapshots', 'globalOperations'),
  compute('Address', 'addresses', 'regionOperations'),
  compute('GlobalAddress', 'globalAddresses', 'globalOperations'),
  compute('ForwardingRule', 'forwardingRules', 'regionOperations'),
  compute('GlobalForwardingRule', 'globalForwardingRules', 'globalOperations'),
  compute('VpnGateway', 'vpnGateways', 'regionOperations'),
  compute('TargetVpnGateway', 'targetVpnGateways', 'regionOperations'),
  compute('VpnTunnel', 'vpnTunnels', 'regionOperations'),
  compute('ExternalVpnGateway', 'externalVpnGateways', 'globalOperations'),
  compute('SecurityPolicy', 'securityPolicies', 'globalOperations'),
  compute('InterconnectAttachment', 'interconnectAttachments', 'regionOperations'),
  patched({
    type: 'pubsub.googleapis.com/Topic',
    version: 'v1',
    collection: 'pubsub.topics',
    wrapper: ['topic', 'updateMask'],
  }),
  patched({
    type: 'pubsub.googleapis.com/Subscription',
    version: 'v1',
    collection: 'pubsub.subscriptions',
    wrapper: ['subscription', 'updateMask'],
  }),
  patched({
    type: 'pubsub.googleapis.com/Snapshot',
    version: 'v1',
    collection: 'pubsub.snapshots',
    wrapper: ['snapshot', 'updateMask'],
  }),
  patched({
    type: 'spanner.googleapis.com/Instance',
    version: 'v1',
    collection: 'spanner.instances',
    wrapper: ['instance', 'fieldMask'],
    operations: 'spanner.instanceOperations.get',
  }),
  patched({
    type: 'cloudkms.googleapis.com/CryptoKey',
    version: 'v1',
    collection: 'cloudkms.cryptoKeys',
  }),
  patched({
    type: 'secretmanager.googleapis.com/Secret',
    version: 'v1',
    collection: 'secretmanager.secrets',
    etag: true,
  }),
  patched({
    type: 'artifactregistry.googleapis.com/Repository',
    version: 'v1',
    collection: 'artifactregistry.repositories',
  }),
  patched({
    type: 'run.googleapis.com/Service',
    version: 'v2',
    collection: 'run.services',
    etag: true,
    operations: 'run.operations.get',
    retold: true,
  }),
  patched({
    type: 'run.googleapis.com/Job',
    version: 'v2',
    collection: 'run.jobs',
    etag: true,
    operations: 'run.operations.get',
    retold: true,
  }),
  patched({
    type: 'cloudfunctions.googleapis.com/Function',
    version: 'v2',
    collection: 'cloudfunctions.functions',
    operations: 'cloudfunctions.operations.get',
  }),
  patched({
    type: 'redis.googleapis.com/Instance',
    version: 'v1',
    collection: 'redis.instances',
    operations: 'redis.operations.get',
  }),
  patched({
    type: 'file.googleapis.com/Instance',
    version: 'v1',
    collection: 'file.instances',
    operations: 'file.operations.get',
  }),
  patched({
    type: 'alloydb.googleapis.com/Cluster',
    version: 'v1',
    collection: 'alloydb.clusters',
    etag: true,
    operations: 'alloydb.operations.get',
  }),
  patched({
    type: 'cloudresourcemanager.googleapis.com/Project',
    version: 'v3',
    collection: 'resourcemanager.projects',
    etag: true,
    operations: '',
  }),
  {
    type: 'storage.googleapis.com/Bucket',
    host: 'storage.googleapis.com',
    nameHost: 'storage.googleapis.com',
    prefix: '/storage/v1/b/',
    style: 'merge',
    labels: LABELS,
    version: { at: ['metageneration'], stale: NOT_MET },
    slow: false,
    get: 'storage.buckets.get',
    update: 'storage.buckets.update',
    operations: '',
  },
  {
    type: 'sqladmin.googleapis.com/Instance',
    host: 'sqladmin.googleapis.com',
    nameHost: 'cloudsql.googleapis.com',
    prefix: '/v1/',
    style: 'merge',
    labels: ['settings', 'userLabels'],
    version: { at: ['settings', 'settingsVersion'], stale: [412, 'staleData'] },
    slow: true,
    get: 'cloudsql.instances.get',
    update: 'cloudsql.instances.update',
    operations: 'cloudsql.instances.get',
  },
  bigquery('Dataset', 'datasets'),
  bigquery('Table', 'tables'),
  {
    type: 'container.googleapis.com/Cluster',
    host: 'container.googleapis.com',
    nameHost: 'container.googleapis.com',
    prefix: '/v1/',
    style: 'set-resource-labels',
    labels: ['resourceLabels'],
    version: { at: ['labelFingerprint'], stale: [400, 'FAILED_PRECONDITION'] },
    slow: true,
    get: 'container.clusters.get',
    update: 'container.clusters.update',
    operations: 'container.operations.get',
  },
];

const BY_TYPE = new Map(FAKE_SERVICES.map((service) => [service.type, service]));

export function findFakeService(assetType: string): FakeService | undefined {
  return BY_TYPE.get(assetType);
}
