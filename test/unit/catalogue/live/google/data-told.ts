import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable } from '../tables.ts';
import { KEY, keyed } from './compute-told.ts';

const IP = { 'data.settings.ipConfiguration.ipv4Enabled': false };

export const DATA_TOLD: readonly LiveTable[] = [
  {
    type: 'storage.googleapis.com/Bucket',
    kind: 'gcp.storage.bucket',
    facts: {
      public: [
        // Roles are no part of an asset.
        [UNKNOWN],
        [UNKNOWN, { 'data.iamConfiguration.publicAccessPrevention': 'inherited' }],
        [false, { 'data.iamConfiguration.publicAccessPrevention': 'enforced' }],
        [true, { 'data.acl': [{ entity: 'allUsers', role: 'READER' }] }],
        [
          UNKNOWN,
          {
            'data.acl': [{ entity: 'allUsers', role: 'READER' }],
            'data.iamConfiguration.uniformBucketLevelAccess.enabled': true,
          },
        ],
      ],
      versioned: [[false], [true, { 'data.versioning.enabled': true }]],
      logging: [
        [false],
        [false, { 'data.logging': {} }],
        [true, { 'data.logging.logBucket': 'logs' }],
      ],
      lifecycle: [[false], [true, { 'data.lifecycle.rule': [{ action: { type: 'Delete' } }] }]],
      customer_key: keyed('data.encryption.defaultKmsKeyName'),
      size: repeats('data.storageClass', 'NEARLINE'),
      region: [['eu', { location: 'EU' }]],
    },
  },
  {
    type: 'file.googleapis.com/Instance',
    kind: 'gcp.filestore.instance',
    facts: {
      customer_key: keyed('data.kmsKeyName'),
      deletion_protected: [[false], [true, { 'data.deletionProtectionEnabled': true }]],
      multi_zone: words('data.tier', ['REGIONAL', true], ['BASIC_HDD', false]),
      disk_gb: [[1024, { 'data.fileShares': [{ name: 'a', capacityGb: '1024' }] }]],
    },
  },
  {
    type: 'sqladmin.googleapis.com/Instance',
    kind: 'gcp.sql.instance',
    facts: {
      public: [
        [UNKNOWN],
        [false, IP],
        [
          true,
          {
            'data.settings.ipConfiguration': {
              ipv4Enabled: true,
              authorizedNetworks: [{ value: '0.0.0.0/0' }],
            },
          },
        ],
        [
          false,
          {
            'data.settings.ipConfiguration': {
              ipv4Enabled: true,
              authorizedNetworks: [{ value: '203.0.113.0/24' }],
            },
          },
        ],
      ],
      public_ip: words('data.settings.ipConfiguration.ipv4Enabled', [true, true], [false, false]),
      encrypted_in_transit: [
        [false, IP],
        [true, { ...IP, 'data.settings.ipConfiguration.sslMode': 'ENCRYPTED_ONLY' }],
        [true, { ...IP, 'data.settings.ipConfiguration.requireSsl': true }],
        [
          false,
          { ...IP, 'data.settings.ipConfiguration.sslMode': 'ALLOW_UNENCRYPTED_AND_ENCRYPTED' },
        ],
      ],
      backup: [
        [false, IP],
        [true, { ...IP, 'data.settings.backupConfiguration': { enabled: true } }],
        [undefined, { ...IP, 'data.masterInstanceName': 'p:main' }],
      ],
      backup_retention_days: [
        [7, { ...IP, 'data.settings.backupConfiguration': { enabled: true } }],
        [
          30,
          {
            ...IP,
            'data.settings.backupConfiguration': {
              enabled: true,
              backupRetentionSettings: { retainedBackups: 30 },
            },
          },
        ],
      ],
      // Terraform's own guard is unknown to the cloud, the cloud's own is not.
      deletion_protected: [
        [UNKNOWN],
        [UNKNOWN, IP],
        [true, { ...IP, 'data.settings.deletionProtectionEnabled': true }],
      ],
      multi_zone: [
        [true, { ...IP, 'data.settings.availabilityType': 'REGIONAL' }],
        [false, { ...IP, 'data.settings.availabilityType': 'ZONAL' }],
      ],
      monitoring: [
        [false, IP],
        [true, { ...IP, 'data.settings.insightsConfig.queryInsightsEnabled': true }],
      ],
      size: [['db-f1-micro', { ...IP, 'data.settings.tier': 'db-f1-micro' }]],
      disk_gb: [[10, { ...IP, 'data.settings.dataDiskSizeGb': '10' }]],
      customer_key: keyed('data.diskEncryptionConfiguration.kmsKeyName'),
      engine_version: repeats('data.databaseVersion', 'POSTGRES_17'),
    },
  },
  {
    type: 'alloydb.googleapis.com/Cluster',
    kind: 'gcp.alloydb.cluster',
    facts: {
      customer_key: keyed('data.encryptionConfig.kmsKeyName'),
      backup: [
        [UNKNOWN],
        [true, { 'data.continuousBackupConfig': { enabled: true, recoveryWindowDays: 21 } }],
        [false, { 'data.continuousBackupConfig': { enabled: false } }],
        [UNKNOWN, { 'data.continuousBackupConfig': {} }],
      ],
      backup_retention_days: [
        [21, { 'data.continuousBackupConfig': { enabled: true, recoveryWindowDays: 21 } }],
      ],
      deletion_protected: [[UNKNOWN]],
      engine_version: repeats('data.databaseVersion', 'POSTGRES_16'),
    },
  },
  {
    type: 'spanner.googleapis.com/Instance',
    kind: 'gcp.spanner.instance',
    facts: {
      size: [
        [
          'regional-europe-west1',
          { 'data.config': 'projects/p/instanceConfigs/regional-europe-west1' },
        ],
      ],
      instance_count: [
        [3, { 'data.nodeCount': 3 }],
        [9, { 'data.autoscalingConfig.autoscalingLimits.maxNodes': 9 }],
      ],
    },
  },
  {
    type: 'spanner.googleapis.com/Database',
    kind: 'gcp.spanner.database',
    facts: {
      customer_key: keyed('data.encryptionConfig.kmsKeyName'),
      deletion_protected: [[UNKNOWN], [true, { 'data.enableDropProtection': true }]],
      backup: [[UNKNOWN]],
    },
  },
  {
    type: 'bigtableadmin.googleapis.com/Instance',
    kind: 'gcp.bigtable.instance',
    facts: { deletion_protected: [[UNKNOWN]], customer_key: [[UNKNOWN]], multi_zone: [[UNKNOWN]] },
  },
  {
    type: 'firestore.googleapis.com/Database',
    kind: 'gcp.firestore.database',
    facts: {
      customer_key: keyed('data.cmekConfig.kmsKeyName'),
      deletion_protected: [
        [false],
        [true, { 'data.deleteProtectionState': 'DELETE_PROTECTION_ENABLED' }],
      ],
      versioned: [
        [false],
        [true, { 'data.pointInTimeRecoveryEnablement': 'POINT_IN_TIME_RECOVERY_ENABLED' }],
      ],
    },
  },
  {
    type: 'bigquery.googleapis.com/Dataset',
    kind: 'gcp.bigquery.dataset',
    facts: {
      public: words(
        'data.access',
        [[{ role: 'READER', specialGroup: 'allAuthenticatedUsers' }], true],
        [[{ role: 'READER', iamMember: 'allUsers' }], true],
        [[{ role: 'OWNER', specialGroup: 'projectOwners' }], false],
      ),
      customer_key: keyed('data.defaultEncryptionConfiguration.kmsKeyName'),
      lifecycle: [[false], [true, { 'data.defaultTableExpirationMs': '3600000' }]],
      // Whether tables go with it is a wish of Terraform's.
      deletion_protected: [[UNKNOWN]],
      name: [[undefined]],
    },
  },
  {
    type: 'bigquery.googleapis.com/Table',
    kind: 'gcp.bigquery.table',
    facts: {
      customer_key: keyed('data.encryptionConfiguration.kmsKeyName'),
      lifecycle: [[false], [true, { 'data.expirationTime': '1830000000000' }]],
      public: [[UNKNOWN]],
      deletion_protected: [[UNKNOWN]],
    },
  },
  {
    type: 'pubsub.googleapis.com/Topic',
    kind: 'gcp.pubsub.topic',
    facts: { customer_key: keyed('data.kmsKeyName'), public: [[UNKNOWN]] },
  },
  {
    type: 'pubsub.googleapis.com/Subscription',
    kind: 'gcp.pubsub.subscription',
    facts: {
      dead_letter: [
        [false],
        [true, { 'data.deadLetterPolicy.deadLetterTopic': 'projects/p/topics/dead' }],
      ],
      public: [[UNKNOWN]],
    },
  },
  {
    type: 'redis.googleapis.com/Instance',
    kind: 'gcp.redis.instance',
    facts: {
      encrypted_in_transit: [
        [false],
        [true, { 'data.transitEncryptionMode': 'SERVER_AUTHENTICATION' }],
        [false, { 'data.transitEncryptionMode': 'DISABLED' }],
      ],
      local_auth: [[false], [true, { 'data.authEnabled': true }]],
      backup: [[false], [true, { 'data.persistenceConfig.persistenceMode': 'RDB' }]],
      multi_zone: words('data.tier', ['STANDARD_HA', true], ['BASIC', false]),
      customer_key: keyed('data.customerManagedKey'),
      engine_version: repeats('data.redisVersion', 'REDIS_7_2'),
    },
  },
  ...['redis.googleapis.com/Cluster', 'memorystore.googleapis.com/Instance'].map(
    (type): LiveTable => ({
      type,
      kind: 'gcp.memorystore.instance',
      facts: {
        customer_key: keyed('data.kmsKey'),
        encrypted_in_transit: [
          [false],
          [true, { 'data.transitEncryptionMode': 'SERVER_AUTHENTICATION' }],
        ],
        backup: [[false], [true, { 'data.automatedBackupConfig.automatedBackupMode': 'ENABLED' }]],
        deletion_protected: [[false], [true, { 'data.deletionProtectionEnabled': true }]],
        multi_zone: [[true], [false, { 'data.zoneDistributionConfig.mode': 'SINGLE_ZONE' }]],
        instance_count: repeats('data.shardCount', 3),
        size: [['highmem-medium', { 'data.nodeType': 'highmem-medium' }]],
      },
    }),
  ),
  {
    type: 'dataproc.googleapis.com/Cluster',
    kind: 'gcp.dataproc.cluster',
    facts: {
      public_ip: words(
        'data.config.gceClusterConfig',
        [{ internalIpOnly: true }, false],
        [{}, true],
      ),
      customer_key: [
        [UNKNOWN],
        [false, { 'data.config': {} }],
        [true, { 'data.config.encryptionConfig.gcePdKmsKeyName': KEY }],
      ],
      instance_count: [[4, { 'data.config.workerConfig.numInstances': 4 }]],
    },
  },
  {
    type: 'composer.googleapis.com/Environment',
    kind: 'gcp.composer.environment',
    facts: {
      network_isolated: words(
        'data.config.privateEnvironmentConfig',
        [{ privateClusterConfig: { enablePrivateEndpoint: true } }, true],
        [{ enablePrivateEnvironment: true }, true],
        [{}, false],
      ),
      customer_key: [
        [UNKNOWN],
        [false, { 'data.config': {} }],
        [true, { 'data.config.encryptionConfig.kmsKeyName': KEY }],
      ],
      multi_zone: [[true, { 'data.config.resilienceMode': 'HIGH_RESILIENCE' }]],
    },
  },
];
