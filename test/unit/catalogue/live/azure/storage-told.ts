import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { words } from '../tables.ts';
import type { LiveTable } from '../tables.ts';

const OPEN = {
  'properties.publicNetworkAccess': 'Enabled',
  'properties.networkAcls': { defaultAction: 'Allow' },
};

export const STORAGE_TOLD: readonly LiveTable[] = [
  {
    type: 'Microsoft.Storage/storageAccounts',
    kind: 'azure.storage.account',
    facts: {
      encrypted_at_rest: [[true]],
      encrypted_in_transit: words(
        'properties.supportsHttpsTrafficOnly',
        [true, true],
        [false, false],
      ),
      // An account of the first days answers without a lowest version.
      tls_version: [
        ['1.0'],
        ['1.0', { 'properties.minimumTlsVersion': 'TLS1_0' }],
        ['1.2', { 'properties.minimumTlsVersion': 'TLS1_2' }],
      ],
      public: [
        [UNKNOWN],
        [true, { ...OPEN, 'properties.allowBlobPublicAccess': true }],
        // Only the data plane tells of a static website.
        [UNKNOWN, { ...OPEN, kind: 'StorageV2', 'properties.allowBlobPublicAccess': false }],
        [false, { ...OPEN, kind: 'BlobStorage', 'properties.allowBlobPublicAccess': false }],
        [UNKNOWN, OPEN],
        [
          false,
          {
            'properties.publicNetworkAccess': 'Disabled',
            'properties.allowBlobPublicAccess': true,
          },
        ],
        [false, { 'properties.publicNetworkAccess': 'SecuredByPerimeter' }],
        [
          false,
          {
            'properties.networkAcls.defaultAction': 'Deny',
            'properties.allowBlobPublicAccess': true,
          },
        ],
      ],
      customer_key: words(
        'properties.encryption.keySource',
        ['Microsoft.Keyvault', true],
        ['Microsoft.Storage', false],
      ),
      // Null is equivalent to true.
      local_auth: [
        [true],
        [true, { 'properties.allowSharedKeyAccess': null }],
        [false, { 'properties.allowSharedKeyAccess': false }],
      ],
      multi_zone: words('sku.name', ['Standard_GZRS', true], ['Standard_LRS', false]),
      size: words('sku.name', ['Premium_ZRS', 'Premium_ZRS']),
      managed_identity: [
        [false],
        [false, { 'identity.type': 'None' }],
        [true, { 'identity.type': 'SystemAssigned' }],
      ],
      // Children and extensions of the account.
      versioned: [[UNKNOWN]],
      backup: [[UNKNOWN]],
      lifecycle: [[UNKNOWN]],
      logging: [[UNKNOWN]],
      deletion_protected: [[UNKNOWN]],
      region: [['westeurope', { location: 'West Europe' }]],
      name: [['shopmedia', { name: 'shopmedia' }]],
    },
  },
  {
    type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
    kind: 'azure.storage.container',
    facts: {
      public: words(
        'properties.publicAccess',
        ['None', false],
        ['Blob', true],
        ['Container', true],
      ),
      name: [['media', { name: 'shopmedia/default/media' }]],
    },
  },
  {
    type: 'Microsoft.Storage/storageAccounts/fileServices/shares',
    kind: 'azure.storage.share',
    facts: { disk_gb: words('properties.shareQuota', [5120, 5120]), backup: [[UNKNOWN]] },
  },
  {
    type: 'Microsoft.NetApp/netAppAccounts/capacityPools/volumes',
    kind: 'azure.netapp.volume',
    facts: {
      disk_gb: words('properties.usageThreshold', [107_374_182_400, 100]),
      size: words('properties.serviceLevel', ['Premium', 'Premium']),
      customer_key: words(
        'properties.encryptionKeySource',
        ['Microsoft.KeyVault', true],
        ['Microsoft.NetApp', false],
      ),
    },
  },
];
