import { pathOf } from '../names.ts';
import { operationBelow } from './operations.ts';
import type { LabelService, WantedLabels } from './service.ts';

/** A merge patch (RFC 7396): what is to go is null. Harmless where the service replaces the whole set instead. */
function merged({ all, removed }: WantedLabels): Record<string, string | null> {
  return { ...all, ...Object.fromEntries(removed.map((key) => [key, null])) };
}

const BUCKET: LabelService = {
  type: 'storage.googleapis.com/Bucket',
  host: 'storage.googleapis.com',
  path: (name) => {
    const bucket = pathOf(name, 'storage.googleapis.com');
    return bucket === undefined || bucket.includes('/') ? undefined : `/storage/v1/b/${bucket}`;
  },
  labels: ['labels'],
  version: ['metageneration'],
  update: (path, wanted) => ({
    method: 'PATCH',
    path,
    query: { ifMetagenerationMatch: wanted.version },
    body: { labels: merged(wanted) },
  }),
  permissions: { read: 'storage.buckets.get', write: 'storage.buckets.update' },
};

const SQL_INSTANCE: LabelService = {
  type: 'sqladmin.googleapis.com/Instance',
  host: 'sqladmin.googleapis.com',
  path: (name) => {
    const rest = pathOf(name, 'cloudsql.googleapis.com');
    return rest === undefined ? undefined : `/v1/${rest}`;
  },
  labels: ['settings', 'userLabels'],
  version: ['settings', 'settingsVersion'],
  update: (path, wanted) => ({
    method: 'PATCH',
    path,
    body: { settings: { settingsVersion: wanted.version, userLabels: merged(wanted) } },
  }),
  operation: operationBelow(/^\/v1\/projects\/[^/]+/),
  permissions: { read: 'cloudsql.instances.get', write: 'cloudsql.instances.update' },
};

function bigquery(type: string, collection: string): LabelService {
  return {
    type: `bigquery.googleapis.com/${type}`,
    host: 'bigquery.googleapis.com',
    path: (name) => {
      const rest = pathOf(name, 'bigquery.googleapis.com');
      return rest === undefined ? undefined : `/bigquery/v2/${rest}`;
    },
    labels: ['labels'],
    version: ['etag'],
    update: (path, wanted) => ({
      method: 'PATCH',
      path,
      headers: { 'if-match': wanted.version },
      body: { labels: merged(wanted) },
    }),
    permissions: {
      read: `bigquery.${collection}.get`,
      write: `bigquery.${collection}.update`,
    },
  };
}

const CLUSTER: LabelService = {
  type: 'container.googleapis.com/Cluster',
  host: 'container.googleapis.com',
  // Asset Inventory names zonal clusters by `zones`; the API takes both kinds of places as `locations`.
  path: (name) => {
    const rest = pathOf(name, 'container.googleapis.com');
    return rest === undefined ? undefined : `/v1/${rest.replace('/zones/', '/locations/')}`;
  },
  labels: ['resourceLabels'],
  version: ['labelFingerprint'],
  update: (path, { all, version }) => ({
    method: 'POST',
    path: `${path}:setResourceLabels`,
    body: { resourceLabels: all, labelFingerprint: version },
  }),
  operation: operationBelow(/^\/v1\/projects\/[^/]+\/locations\/[^/]+/, 'container.operations.get'),
  permissions: { read: 'container.clusters.get', write: 'container.clusters.update' },
};

export const OWN_WAYS: readonly LabelService[] = [
  BUCKET,
  SQL_INSTANCE,
  bigquery('Dataset', 'datasets'),
  bigquery('Table', 'tables'),
  CLUSTER,
];
