import type { GoogleAsset } from '../../../../src/clouds/fakes/google/index.ts';

const P = 'projects/shop';
const L = `${P}/locations/europe-west1`;

/** One of every type whose labels can be written, named as Asset Inventory names it; and where its data keeps labels. */
export const ONE_OF_EACH: Readonly<
  Record<string, readonly [name: string, at?: readonly string[]]>
> = {
  'compute.googleapis.com/Instance': [
    `//compute.googleapis.com/${P}/zones/europe-west1-b/instances/x`,
  ],
  'compute.googleapis.com/Disk': [`//compute.googleapis.com/${P}/zones/europe-west1-b/disks/x`],
  'compute.googleapis.com/RegionDisk': [
    `//compute.googleapis.com/${P}/regions/europe-west1/disks/x`,
  ],
  'compute.googleapis.com/Image': [`//compute.googleapis.com/${P}/global/images/x`],
  'compute.googleapis.com/Snapshot': [`//compute.googleapis.com/${P}/global/snapshots/x`],
  'compute.googleapis.com/Address': [
    `//compute.googleapis.com/${P}/regions/europe-west1/addresses/x`,
  ],
  'compute.googleapis.com/GlobalAddress': [`//compute.googleapis.com/${P}/global/addresses/x`],
  'compute.googleapis.com/ForwardingRule': [
    `//compute.googleapis.com/${P}/regions/europe-west1/forwardingRules/x`,
  ],
  'compute.googleapis.com/GlobalForwardingRule': [
    `//compute.googleapis.com/${P}/global/forwardingRules/x`,
  ],
  'compute.googleapis.com/VpnGateway': [
    `//compute.googleapis.com/${P}/regions/europe-west1/vpnGateways/x`,
  ],
  'compute.googleapis.com/TargetVpnGateway': [
    `//compute.googleapis.com/${P}/regions/europe-west1/targetVpnGateways/x`,
  ],
  'compute.googleapis.com/VpnTunnel': [
    `//compute.googleapis.com/${P}/regions/europe-west1/vpnTunnels/x`,
  ],
  'compute.googleapis.com/ExternalVpnGateway': [
    `//compute.googleapis.com/${P}/global/externalVpnGateways/x`,
  ],
  'compute.googleapis.com/SecurityPolicy': [
    `//compute.googleapis.com/${P}/global/securityPolicies/x`,
  ],
  'compute.googleapis.com/InterconnectAttachment': [
    `//compute.googleapis.com/${P}/regions/europe-west1/interconnectAttachments/x`,
  ],
  'pubsub.googleapis.com/Topic': [`//pubsub.googleapis.com/${P}/topics/x%y+z`],
  'pubsub.googleapis.com/Subscription': [`//pubsub.googleapis.com/${P}/subscriptions/x`],
  'pubsub.googleapis.com/Snapshot': [`//pubsub.googleapis.com/${P}/snapshots/x`],
  'spanner.googleapis.com/Instance': [`//spanner.googleapis.com/${P}/instances/x`],
  'cloudkms.googleapis.com/CryptoKey': [`//cloudkms.googleapis.com/${L}/keyRings/r/cryptoKeys/x`],
  'secretmanager.googleapis.com/Secret': ['//secretmanager.googleapis.com/projects/1001/secrets/x'],
  'artifactregistry.googleapis.com/Repository': [
    `//artifactregistry.googleapis.com/${L}/repositories/x`,
  ],
  'run.googleapis.com/Service': [`//run.googleapis.com/${L}/services/x`, ['metadata', 'labels']],
  'run.googleapis.com/Job': [`//run.googleapis.com/${L}/jobs/x`, ['metadata', 'labels']],
  'cloudfunctions.googleapis.com/Function': [`//cloudfunctions.googleapis.com/${L}/functions/x`],
  'redis.googleapis.com/Instance': [`//redis.googleapis.com/${L}/instances/x`],
  'file.googleapis.com/Instance': [`//file.googleapis.com/${L}/instances/x`],
  'alloydb.googleapis.com/Cluster': [`//alloydb.googleapis.com/${L}/clusters/x`],
  'cloudresourcemanager.googleapis.com/Project': [
    '//cloudresourcemanager.googleapis.com/projects/1001',
  ],
  'storage.googleapis.com/Bucket': ['//storage.googleapis.com/x'],
  'sqladmin.googleapis.com/Instance': [
    `//cloudsql.googleapis.com/${P}/instances/x`,
    ['settings', 'userLabels'],
  ],
  'bigquery.googleapis.com/Dataset': [`//bigquery.googleapis.com/${P}/datasets/x`],
  'bigquery.googleapis.com/Table': [`//bigquery.googleapis.com/${P}/datasets/x/tables/y`],
  'container.googleapis.com/Cluster': [
    `//container.googleapis.com/${P}/zones/europe-west1-b/clusters/x`,
    ['resourceLabels'],
  ],
};

export function assetOf(assetType: string): GoogleAsset {
  const [name, at = ['labels']] = ONE_OF_EACH[assetType] ?? [''];
  const labels: unknown = { team: 'shop', stale: 'yes' };
  const data = [...at].reverse().reduce((inner, key) => ({ [key]: inner }), labels);
  return {
    name,
    assetType,
    project: 'shop',
    location: 'europe-west1',
    data: data as GoogleAsset['data'],
  };
}
