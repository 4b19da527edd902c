import { COMPUTE } from './compute.ts';
import { MASKED } from './masked.ts';
import { OWN_WAYS } from './own-ways.ts';
import type { LabelService } from './service.ts';

/** Every asset type whose labels can be read from its service, and written. */
export const LABEL_SERVICES: readonly LabelService[] = [...COMPUTE, ...MASKED, ...OWN_WAYS];

const BY_TYPE = new Map(LABEL_SERVICES.map((service) => [service.type, service]));

/** Undefined: labels of this type cannot be written. */
export function findLabelService(assetType: string): LabelService | undefined {
  return BY_TYPE.get(assetType);
}

/**
 * Where labels stand in an asset's data, for types that have them: the service's own place, and others that are read
 * only, or whose data is in the words of an older version of the API.
 */
const PLACES: ReadonlyMap<string, readonly string[]> = new Map([
  ...LABEL_SERVICES.map(({ type, labels }): [string, readonly string[]] => [type, labels]),
  // Asset Inventory tells Cloud Run in the words of its first version, a Kubernetes object.
  ['run.googleapis.com/Service', ['metadata', 'labels']],
  ['run.googleapis.com/Job', ['metadata', 'labels']],
  ['compute.googleapis.com/InstanceTemplate', ['properties', 'labels']],
  ['container.googleapis.com/NodePool', ['config', 'resourceLabels']],
  ...[
    'aiplatform.googleapis.com/Dataset',
    'aiplatform.googleapis.com/Endpoint',
    'aiplatform.googleapis.com/Featurestore',
    'aiplatform.googleapis.com/IndexEndpoint',
    'aiplatform.googleapis.com/Tensorboard',
    'bigtableadmin.googleapis.com/Instance',
    'cloudfunctions.googleapis.com/CloudFunction',
    'composer.googleapis.com/Environment',
    'dataproc.googleapis.com/Cluster',
    'dns.googleapis.com/ManagedZone',
    'memcache.googleapis.com/Instance',
    'memorystore.googleapis.com/Instance',
    'notebooks.googleapis.com/Instance',
    'redis.googleapis.com/Cluster',
  ].map((type): [string, readonly string[]] => [type, ['labels']]),
]);

/** Undefined: whether this type has labels is not known. */
export function labelPlace(assetType: string): readonly string[] | undefined {
  return PLACES.get(assetType);
}
