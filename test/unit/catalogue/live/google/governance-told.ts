import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable } from '../tables.ts';
import { KEY, keyed } from './compute-told.ts';

export const GOVERNANCE_TOLD: readonly LiveTable[] = [
  {
    type: 'cloudkms.googleapis.com/KeyRing',
    kind: 'gcp.kms.key_ring',
    facts: { anyone_trusted: [[UNKNOWN]], region: [['global', { location: 'global' }]] },
  },
  {
    type: 'cloudkms.googleapis.com/CryptoKey',
    kind: 'gcp.kms.crypto_key',
    facts: {
      key_rotation: [
        [false],
        [true, { 'data.rotationPeriod': '7776000s' }],
        [undefined, { 'data.purpose': 'ASYMMETRIC_SIGN' }],
      ],
      size: [['SOFTWARE'], ['HSM', { 'data.versionTemplate.protectionLevel': 'HSM' }]],
      anyone_trusted: [[UNKNOWN]],
    },
  },
  {
    type: 'secretmanager.googleapis.com/Secret',
    kind: 'gcp.secretmanager.secret',
    facts: {
      customer_key: [
        [false],
        [true, { 'data.replication.automatic.customerManagedEncryption': { kmsKeyName: KEY } }],
        [
          true,
          {
            'data.replication.userManaged.replicas': [
              { location: 'europe-west1', customerManagedEncryption: { kmsKeyName: KEY } },
            ],
          },
        ],
        [false, { 'data.replication': { automatic: {} } }],
      ],
      key_rotation: [[false], [true, { 'data.rotation': { rotationPeriod: '7776000s' } }]],
      deletion_protected: [[UNKNOWN]],
      name: [[undefined]],
    },
  },
  {
    type: 'iam.googleapis.com/ServiceAccount',
    kind: 'gcp.iam.service_account',
    facts: { managed_identity: [[true]], anyone_trusted: [[UNKNOWN]] },
  },
  {
    type: 'iam.googleapis.com/ServiceAccountKey',
    kind: 'gcp.iam.service_account_key',
    base: { 'data.keyType': 'USER_MANAGED' },
    facts: { long_lived_key: [[true]] },
  },
  {
    type: 'iam.googleapis.com/ServiceAccountKey',
    kind: 'iam.googleapis.com/ServiceAccountKey',
    base: { assetType: 'iam.googleapis.com/ServiceAccountKey', 'data.keyType': 'SYSTEM_MANAGED' },
    facts: { long_lived_key: [[undefined]] },
  },
  ...['projects', 'organizations'].map((parent): LiveTable => ({
    type: 'iam.googleapis.com/Role',
    kind: 'gcp.iam.custom_role',
    base: { name: `//iam.googleapis.com/${parent}/1/roles/deployer` },
    facts: {
      admin_access: [
        [false],
        [true, { 'data.includedPermissions': ['resourcemanager.projects.setIamPolicy'] }],
        [false, { 'data.includedPermissions': ['storage.objects.get'] }],
      ],
    },
  })),
  {
    type: 'iam.googleapis.com/WorkloadIdentityPoolProvider',
    kind: 'gcp.iam.workload_identity_provider',
    facts: {
      anyone_trusted: [
        [false],
        [true, { 'data.oidc.issuerUri': 'https://token.actions.githubusercontent.com' }],
        [
          false,
          {
            'data.oidc.issuerUri': 'https://token.actions.githubusercontent.com',
            'data.attributeCondition': 'assertion.repository_owner == "shop"',
          },
        ],
      ],
    },
  },
  ...['projects', 'folders', 'organizations'].map((parent): LiveTable => ({
    type: 'logging.googleapis.com/LogSink',
    kind: 'gcp.logging.sink',
    base: { name: `//logging.googleapis.com/${parent}/1/sinks/audit` },
    facts: { logging: [[true], [false, { 'data.disabled': true }]], name: [['audit']] },
  })),
  {
    type: 'logging.googleapis.com/LogBucket',
    kind: 'gcp.logging.bucket',
    facts: {
      log_retention_days: [[30], [400, { 'data.retentionDays': 400 }]],
      deletion_protected: [[false], [true, { 'data.locked': true }]],
      customer_key: keyed('data.cmekSettings.kmsKeyName'),
      region: words('location', ['global', 'global']).slice(1),
    },
  },
  {
    type: 'cloudresourcemanager.googleapis.com/Project',
    kind: 'gcp.project',
    facts: {
      deletion_protected: [[UNKNOWN]],
      name: repeats('data.name', 'shop').slice(1),
    },
  },
  {
    type: 'cloudresourcemanager.googleapis.com/Folder',
    kind: 'gcp.folder',
    facts: { deletion_protected: [[UNKNOWN]] },
  },
];
