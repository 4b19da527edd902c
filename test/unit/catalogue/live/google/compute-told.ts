import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable, Saying } from '../tables.ts';

export const KEY = 'projects/p/locations/l/keyRings/r/cryptoKeys/k';
const ZONE = 'https://www.googleapis.com/compute/v1/projects/p/zones/europe-west1-b';

/** A key of the customer's own, under the name that an API gives it. */
export function keyed(path: string): Saying[] {
  return [[false], [true, { [path]: KEY }]];
}

function machine(at: string): LiveTable['facts'] {
  return {
    public_ip: [
      [false],
      [true, { [`${at}.networkInterfaces`]: [{ accessConfigs: [{ natIP: '203.0.113.7' }] }] }],
      [false, { [`${at}.networkInterfaces`]: [{ networkIP: '10.0.0.2' }] }],
    ],
    managed_identity: [[false], [true, { [`${at}.serviceAccounts`]: [{ email: 'a@p.iam' }] }]],
    secret_in_user_data: [
      [false],
      [
        true,
        {
          [`${at}.metadata.items`]: [
            { key: 'startup-script', value: 'export DB_PASSWORD=correct-horse' },
          ],
        },
      ],
      [false, { [`${at}.metadata.items`]: [{ key: 'startup-script', value: 'apt-get update' }] }],
    ],
    spot: [
      [false],
      [true, { [`${at}.scheduling`]: { provisioningModel: 'SPOT' } }],
      [true, { [`${at}.scheduling`]: { preemptible: true } }],
      [false, { [`${at}.scheduling`]: { provisioningModel: 'STANDARD' } }],
    ],
    gpu: [
      [false, { [`${at}.machineType`]: 'e2-medium' }],
      [true, { [`${at}.guestAccelerators`]: [{ acceleratorCount: 1 }] }],
      [true, { [`${at}.machineType`]: 'a2-highgpu-1g' }],
    ],
  };
}

const DISK: LiveTable['facts'] = {
  customer_key: [
    ...keyed('data.diskEncryptionKey.kmsKeyName'),
    // A key that the customer supplies: its hash is all that stays.
    [true, { 'data.diskEncryptionKey': { sha256: 'c2VjcmV0' } }],
  ],
  backup: [[false], [true, { 'data.resourcePolicies': [`${ZONE}/resourcePolicies/daily`] }]],
  disk_gb: words('data.sizeGb', ['100', 100]).slice(1),
  size: [['pd-ssd', { 'data.type': `${ZONE}/diskTypes/pd-ssd` }]],
};

export const COMPUTE_TOLD: readonly LiveTable[] = [
  {
    type: 'compute.googleapis.com/Instance',
    kind: 'gcp.compute.instance',
    facts: {
      ...machine('data'),
      size: repeats('data.machineType', `${ZONE}/machineTypes/e2-medium`).map(
        ([value, fragment]): Saying => (fragment === undefined ? [value] : ['e2-medium', fragment]),
      ),
      deletion_protected: [[false], [true, { 'data.deletionProtection': true }]],
      customer_key: [
        [false],
        [true, { 'data.disks': [{ boot: true, diskEncryptionKey: { kmsKeyName: KEY } }] }],
        [true, { 'data.disks': [{ boot: true, diskEncryptionKey: { sha256: 'c2VjcmV0' } }] }],
        [true, { 'data.disks': [{ boot: true }, { diskEncryptionKey: { kmsKeyName: KEY } }] }],
        [false, { 'data.disks': [{ boot: true, diskSizeGb: '10' }] }],
      ],
      disk_gb: [[10, { 'data.disks': [{ boot: true, diskSizeGb: '10' }] }]],
      region: [['europe-west1', { location: 'europe-west1-b' }]],
      name: [['vm', { name: '//compute.googleapis.com/projects/p/zones/z/instances/vm' }]],
    },
  },
  {
    type: 'compute.googleapis.com/InstanceTemplate',
    kind: 'gcp.compute.instance_template',
    base: { 'data.properties': { machineType: 'e2-small' } },
    facts: {
      ...machine('data.properties'),
      size: [['e2-small']],
      customer_key: [
        [false],
        [
          true,
          {
            'data.properties': {
              machineType: 'e2-small',
              disks: [{ diskEncryptionKey: { kmsKeyName: KEY } }],
            },
          },
        ],
      ],
      disk_gb: [
        [20, { 'data.properties': { disks: [{ initializeParams: { diskSizeGb: '20' } }] } }],
      ],
    },
  },
  {
    type: 'compute.googleapis.com/InstanceGroupManager',
    kind: 'gcp.compute.instance_group',
    facts: {
      instance_count: [[0], [3, { 'data.targetSize': 3 }]],
      multi_zone: [[false], [true, { name: '//compute.googleapis.com/projects/p/regions/r/x/y' }]],
    },
  },
  {
    type: 'compute.googleapis.com/Disk',
    kind: 'gcp.compute.disk',
    facts: { ...DISK, multi_zone: [[false]] },
  },
  {
    type: 'compute.googleapis.com/RegionDisk',
    kind: 'gcp.compute.disk',
    facts: { ...DISK, multi_zone: [[true]] },
  },
  {
    type: 'compute.googleapis.com/Snapshot',
    kind: 'gcp.compute.snapshot',
    facts: { customer_key: keyed('data.snapshotEncryptionKey.kmsKeyName') },
  },
  {
    type: 'compute.googleapis.com/Image',
    kind: 'gcp.compute.snapshot',
    facts: { customer_key: keyed('data.imageEncryptionKey.kmsKeyName') },
  },
  {
    type: 'container.googleapis.com/Cluster',
    kind: 'gcp.kubernetes.cluster',
    facts: {
      public: [
        [true],
        [false, { 'data.privateClusterConfig.enablePrivateEndpoint': true }],
        [
          false,
          { 'data.controlPlaneEndpointsConfig.ipEndpointsConfig.enablePublicEndpoint': false },
        ],
        [false, { 'data.controlPlaneEndpointsConfig.ipEndpointsConfig.enabled': false }],
        [
          false,
          {
            'data.masterAuthorizedNetworksConfig': {
              enabled: true,
              cidrBlocks: [{ cidrBlock: '203.0.113.0/24' }],
            },
          },
        ],
        [
          true,
          {
            'data.masterAuthorizedNetworksConfig': {
              enabled: true,
              cidrBlocks: [{ cidrBlock: '0.0.0.0/0' }],
            },
          },
        ],
        // Switched off: the block that is left means nothing.
        [true, { 'data.masterAuthorizedNetworksConfig': {} }],
      ],
      public_ip: [
        [true],
        [false, { 'data.privateClusterConfig.enablePrivateNodes': true }],
        [false, { 'data.networkConfig.defaultEnablePrivateNodes': true }],
      ],
      customer_key: [[false], [true, { 'data.databaseEncryption.keyName': KEY }]],
      logging: [
        [true, { 'data.loggingService': 'logging.googleapis.com/kubernetes' }],
        [false, { 'data.loggingService': 'none' }],
        [false, { 'data.loggingConfig': { componentConfig: {} } }],
        [true, { 'data.loggingConfig': { componentConfig: { enableComponents: ['WORKLOADS'] } } }],
      ],
      monitoring: [[false, { 'data.monitoringService': 'none' }]],
      auto_upgrade: [[false], [true, { 'data.releaseChannel.channel': 'REGULAR' }]],
      local_auth: [
        [false],
        [true, { 'data.masterAuth.clientCertificate': 'LS0t' }],
        [true, { 'data.masterAuth.username': 'admin' }],
        [false, { 'data.masterAuth': { clusterCaCertificate: 'LS0t' } }],
      ],
      managed_identity: [
        [false],
        [true, { 'data.workloadIdentityConfig.workloadPool': 'p.svc.id.goog' }],
        [true, { 'data.autopilot.enabled': true }],
      ],
      // Terraform's own guard.
      deletion_protected: [[UNKNOWN]],
      multi_zone: [
        [UNKNOWN, { location: undefined }],
        [true, { location: 'europe-west1' }],
        [false, { location: 'europe-west1-b', 'data.locations': ['europe-west1-b'] }],
        [
          true,
          {
            location: 'europe-west1-b',
            'data.locations': ['europe-west1-b', 'europe-west1-c', 'europe-west1-d'],
          },
        ],
      ],
      size: [['e2-medium', { 'data.nodeConfig.machineType': 'e2-medium' }]],
    },
  },
  {
    type: 'container.googleapis.com/NodePool',
    kind: 'gcp.kubernetes.node_pool',
    facts: {
      customer_key: keyed('data.config.bootDiskKmsKey'),
      auto_upgrade: [[false], [true, { 'data.management.autoUpgrade': true }]],
      spot: [[false], [true, { 'data.config.spot': true }]],
      public_ip: [
        [undefined],
        [false, { 'data.networkConfig.enablePrivateNodes': true }],
        [true, { 'data.networkConfig.enablePrivateNodes': false }],
      ],
      instance_count: [
        [3, { 'data.initialNodeCount': 3 }],
        [9, { 'data.initialNodeCount': 3, 'data.autoscaling': { enabled: true, maxNodeCount: 9 } }],
        [3, { 'data.initialNodeCount': 3, 'data.autoscaling': { maxNodeCount: 9 } }],
      ],
      engine_version: repeats('data.version', '1.33.5-gke.1080000'),
      disk_gb: [[100, { 'data.config.diskSizeGb': 100 }]],
      gpu: [[false], [true, { 'data.config.accelerators': [{ acceleratorCount: '2' }] }]],
      multi_zone: [[true], [false, { location: 'europe-west1-b' }]],
    },
  },
  {
    type: 'artifactregistry.googleapis.com/Repository',
    kind: 'gcp.artifactregistry.repository',
    base: { 'data.format': 'DOCKER' },
    facts: {
      customer_key: keyed('data.kmsKeyName'),
      image_scanning: [
        [false],
        [true, { 'data.vulnerabilityScanningConfig.enablementConfig': 'INHERITED' }],
        [false, { 'data.vulnerabilityScanningConfig.enablementConfig': 'DISABLED' }],
      ],
      immutable_tags: [[false], [true, { 'data.dockerConfig.immutableTags': true }]],
      lifecycle: [
        [false],
        [true, { 'data.cleanupPolicies': { old: { id: 'old', action: 'DELETE' } } }],
        [
          false,
          { 'data.cleanupPolicies': { old: { id: 'old' } }, 'data.cleanupPolicyDryRun': true },
        ],
      ],
      // Roles are no part of an asset.
      public: [[UNKNOWN]],
      name: [[undefined]],
    },
  },
];
