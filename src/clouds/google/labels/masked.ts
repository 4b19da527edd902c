import { pathOf } from '../names.ts';
import { namedOperation } from './operations.ts';
import type { LabelService, OperationStyle, ServicePermissions } from './service.ts';

interface Masked {
  /** `cloudkms.googleapis.com/CryptoKey`. */
  readonly type: string;
  readonly version: 'v1' | 'v2' | 'v3';
  /** True where the service keeps an etag of the resource and minds it. */
  readonly etag?: boolean;
  /** The member that the resource is wrapped in, and the name of the mask beside it. */
  readonly wrapped?: { readonly as: string; readonly mask: string };
  readonly operation?: OperationStyle;
  readonly permissions: ServicePermissions;
}

/** Services of the newer kind: PATCH with an update mask, which replaces the field that the mask names, all of it. */
function masked({ type, version, etag, wrapped, operation, permissions }: Masked): LabelService {
  const host = type.slice(0, type.indexOf('/'));
  return {
    type,
    host,
    path: (name) => {
      const rest = pathOf(name, host);
      return rest === undefined ? undefined : `/${version}/${rest}`;
    },
    labels: ['labels'],
    ...(etag === true ? { version: ['etag'] } : {}),
    update: (path, wanted) => {
      const resource = {
        labels: wanted.all,
        ...(etag === true ? { etag: wanted.version } : {}),
      };
      if (wrapped === undefined)
        return { method: 'PATCH', path, query: { updateMask: 'labels' }, body: resource };
      return {
        method: 'PATCH',
        path,
        body: {
          [wrapped.as]: { ...resource, name: decodeURIComponent(path.slice(version.length + 2)) },
          [wrapped.mask]: 'labels',
        },
      };
    },
    ...(operation === undefined ? {} : { operation }),
    permissions,
  };
}

/** @param prefix as IAM spells service and collection: `pubsub.topics`. */
function getAndUpdate(prefix: string): ServicePermissions {
  return { read: `${prefix}.get`, write: `${prefix}.update` };
}

function pubsub(type: string, collection: string, as: string): LabelService {
  return masked({
    type: `pubsub.googleapis.com/${type}`,
    version: 'v1',
    wrapped: { as, mask: 'updateMask' },
    permissions: getAndUpdate(`pubsub.${collection}`),
  });
}

export const MASKED: readonly LabelService[] = [
  pubsub('Topic', 'topics', 'topic'),
  pubsub('Subscription', 'subscriptions', 'subscription'),
  pubsub('Snapshot', 'snapshots', 'snapshot'),
  masked({
    type: 'spanner.googleapis.com/Instance',
    version: 'v1',
    wrapped: { as: 'instance', mask: 'fieldMask' },
    operation: namedOperation('v1', 'spanner.instanceOperations.get'),
    permissions: getAndUpdate('spanner.instances'),
  }),
  masked({
    type: 'cloudkms.googleapis.com/CryptoKey',
    version: 'v1',
    permissions: getAndUpdate('cloudkms.cryptoKeys'),
  }),
  masked({
    type: 'secretmanager.googleapis.com/Secret',
    version: 'v1',
    etag: true,
    permissions: getAndUpdate('secretmanager.secrets'),
  }),
  masked({
    type: 'artifactregistry.googleapis.com/Repository',
    version: 'v1',
    permissions: getAndUpdate('artifactregistry.repositories'),
  }),
  masked({
    type: 'run.googleapis.com/Service',
    version: 'v2',
    etag: true,
    operation: namedOperation('v2', 'run.operations.get'),
    permissions: getAndUpdate('run.services'),
  }),
  masked({
    type: 'run.googleapis.com/Job',
    version: 'v2',
    etag: true,
    operation: namedOperation('v2', 'run.operations.get'),
    permissions: getAndUpdate('run.jobs'),
  }),
  masked({
    type: 'cloudfunctions.googleapis.com/Function',
    version: 'v2',
    operation: namedOperation('v2', 'cloudfunctions.operations.get'),
    permissions: getAndUpdate('cloudfunctions.functions'),
  }),
  masked({
    type: 'redis.googleapis.com/Instance',
    version: 'v1',
    operation: namedOperation('v1', 'redis.operations.get'),
    permissions: getAndUpdate('redis.instances'),
  }),
  masked({
    type: 'file.googleapis.com/Instance',
    version: 'v1',
    operation: namedOperation('v1', 'file.operations.get'),
    permissions: getAndUpdate('file.instances'),
  }),
  masked({
    type: 'alloydb.googleapis.com/Cluster',
    version: 'v1',
    etag: true,
    operation: namedOperation('v1', 'alloydb.operations.get'),
    permissions: getAndUpdate('alloydb.clusters'),
  }),
  masked({
    type: 'cloudresourcemanager.googleapis.com/Project',
    version: 'v3',
    etag: true,
    operation: namedOperation('v3'),
    permissions: getAndUpdate('resourcemanager.projects'),
  }),
];
