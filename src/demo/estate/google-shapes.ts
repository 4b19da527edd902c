import type { GoogleAsset } from '../../clouds/fakes/google/index.ts';
import type { Chance } from './seeded.ts';
import type { Tags } from './habits.ts';

/** Where a resource of Google Cloud is, how it was made, and the labels that it wears. */
export interface GoogleSite {
  readonly project: string;
  readonly chance: Chance;
  readonly careful: boolean;
  readonly name: string;
  readonly labels: Tags;
}

export type GoogleShape = (site: GoogleSite) => GoogleAsset;

const REGION = 'europe-west3';
const ZONE = `${REGION}-a`;
const WEB = 'https://www.googleapis.com/compute/v1/projects';

function keyOf({ project }: GoogleSite): string {
  return `projects/${project}/locations/${REGION}/keyRings/main/cryptoKeys/data`;
}

export function project(id: string, number: string, labels: Tags): GoogleAsset {
  return {
    name: `//cloudresourcemanager.googleapis.com/projects/${number}`,
    assetType: 'cloudresourcemanager.googleapis.com/Project',
    project: id,
    location: 'global',
    data: {
      projectId: id,
      projectNumber: number,
      name: id,
      lifecycleState: 'ACTIVE',
      createTime: '2025-02-01T10:00:00.000Z',
      labels,
    },
  };
}

export const bucket: GoogleShape = (site) => {
  const { careful, project: id, labels, chance } = site;
  const name = `${id}-${site.name}-${chance.hex(4)}`;
  return {
    name: `//storage.googleapis.com/${name}`,
    assetType: 'storage.googleapis.com/Bucket',
    project: id,
    location: REGION,
    data: {
      kind: 'storage#bucket',
      id: name,
      name,
      location: REGION.toUpperCase(),
      locationType: 'region',
      storageClass: 'STANDARD',
      timeCreated: '2026-04-02T07:00:00.000Z',
      labels,
      iamConfiguration: {
        publicAccessPrevention: careful ? 'enforced' : 'inherited',
        uniformBucketLevelAccess: careful ? { enabled: true } : {},
      },
      ...(careful
        ? {
            versioning: { enabled: true },
            logging: { logBucket: `${id}-logs` },
            lifecycle: {
              rule: [{ action: { type: 'Delete' }, condition: { numNewerVersions: 3 } }],
            },
            encryption: { defaultKmsKeyName: keyOf(site) },
          }
        : {}),
    },
  };
};

export const machine: GoogleShape = (site) => {
  const { careful, project: id, labels, chance } = site;
  const name = `${site.name}-${chance.hex(4)}`;
  return {
    name: `//compute.googleapis.com/projects/${id}/zones/${ZONE}/instances/${name}`,
    assetType: 'compute.googleapis.com/Instance',
    project: id,
    location: ZONE,
    data: {
      name,
      zone: `${WEB}/${id}/zones/${ZONE}`,
      machineType: `${WEB}/${id}/zones/${ZONE}/machineTypes/e2-medium`,
      status: 'RUNNING',
      creationTimestamp: '2026-07-01T09:00:00.000-07:00',
      labels,
      deletionProtection: careful,
      disks: [{ boot: true, type: 'PERSISTENT', diskSizeGb: '50' }],
      networkInterfaces: [
        {
          name: 'nic0',
          networkIP: '10.0.0.3',
          ...(careful ? {} : { accessConfigs: [{ type: 'ONE_TO_ONE_NAT', natIP: '203.0.113.9' }] }),
        },
      ],
      metadata: { items: careful ? [{ key: 'enable-oslogin', value: 'TRUE' }] : [] },
      scheduling: { provisioningModel: 'STANDARD', preemptible: false },
    },
  };
};

export const disk: GoogleShape = (site) => {
  const { careful, project: id, labels, chance } = site;
  const name = `${site.name}-${chance.hex(4)}`;
  return {
    name: `//compute.googleapis.com/projects/${id}/zones/${ZONE}/disks/${name}`,
    assetType: 'compute.googleapis.com/Disk',
    project: id,
    location: ZONE,
    data: {
      name,
      sizeGb: careful ? '200' : '500',
      zone: `${WEB}/${id}/zones/${ZONE}`,
      type: `${WEB}/${id}/zones/${ZONE}/diskTypes/pd-ssd`,
      status: 'READY',
      labels,
      ...(careful
        ? { diskEncryptionKey: { kmsKeyName: `${keyOf(site)}/cryptoKeyVersions/1` } }
        : {}),
    },
  };
};

export const topic: GoogleShape = (site) => {
  const { careful, project: id, labels, chance } = site;
  const name = `projects/${id}/topics/${site.name}-${chance.hex(4)}`;
  return {
    name: `//pubsub.googleapis.com/${name}`,
    assetType: 'pubsub.googleapis.com/Topic',
    project: id,
    location: 'global',
    data: { name, labels, ...(careful ? { kmsKeyName: keyOf(site) } : {}) },
  };
};

export const database: GoogleShape = (site) => {
  const { careful, project: id, labels, chance } = site;
  const name = `${site.name}-${chance.hex(4)}`;
  return {
    name: `//cloudsql.googleapis.com/projects/${id}/instances/${name}`,
    assetType: 'sqladmin.googleapis.com/Instance',
    project: id,
    location: REGION,
    data: {
      name,
      region: REGION,
      databaseVersion: 'POSTGRES_17',
      state: 'RUNNABLE',
      settings: {
        tier: 'db-custom-2-7680',
        dataDiskSizeGb: '10',
        availabilityType: careful ? 'REGIONAL' : 'ZONAL',
        ipConfiguration: careful
          ? { ipv4Enabled: false, authorizedNetworks: [], sslMode: 'ENCRYPTED_ONLY' }
          : {
              ipv4Enabled: true,
              authorizedNetworks: [{ name: 'all', value: '0.0.0.0/0', kind: 'sql#aclEntry' }],
              sslMode: 'ALLOW_UNENCRYPTED_AND_ENCRYPTED',
            },
        backupConfiguration: { kind: 'sql#backupConfiguration', enabled: careful },
        userLabels: labels,
      },
    },
  };
};

export const dataset: GoogleShape = ({ careful, project: id, labels, name }) => ({
  name: `//bigquery.googleapis.com/projects/${id}/datasets/${name}`,
  assetType: 'bigquery.googleapis.com/Dataset',
  project: id,
  location: 'EU',
  data: {
    kind: 'bigquery#dataset',
    id: `${id}:${name}`,
    datasetReference: { datasetId: name, projectId: id },
    location: 'EU',
    labels,
    access: [
      { role: 'OWNER', specialGroup: 'projectOwners' },
      ...(careful ? [] : [{ role: 'READER', specialGroup: 'allAuthenticatedUsers' }]),
    ],
  },
});

/** Of a kind that takes no labels. */
export const firewall: GoogleShape = ({ careful, project: id, name }) => ({
  name: `//compute.googleapis.com/projects/${id}/global/firewalls/${name}`,
  assetType: 'compute.googleapis.com/Firewall',
  project: id,
  location: 'global',
  data: {
    name,
    network: `${WEB}/${id}/global/networks/main`,
    direction: 'INGRESS',
    priority: 1000,
    sourceRanges: [careful ? '10.0.0.0/8' : '0.0.0.0/0'],
    allowed: [{ IPProtocol: 'tcp', ports: ['22'] }],
    disabled: false,
    logConfig: { enable: careful },
  },
});
