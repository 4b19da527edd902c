import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable, Saying } from '../tables.ts';

const NETWORK = words('properties.publicNetworkAccess', ['Enabled', true], ['Disabled', false]);

/** The whole of IPv4; 0.0.0.0 alone means Azure's own services. */
const RANGE: readonly Saying[] = [
  [UNKNOWN],
  [true, { 'properties.startIpAddress': '0.0.0.0', 'properties.endIpAddress': '255.255.255.255' }],
  [false, { 'properties.startIpAddress': '0.0.0.0', 'properties.endIpAddress': '0.0.0.0' }],
  [false, { 'properties.startIpAddress': '203.0.113.7', 'properties.endIpAddress': '203.0.113.7' }],
];

const RULES = [
  'Microsoft.Sql/servers',
  'Microsoft.DBforPostgreSQL/flexibleServers',
  'Microsoft.DBforMySQL/flexibleServers',
  'Microsoft.DBforPostgreSQL/servers',
  'Microsoft.DBforMySQL/servers',
].map((servers): LiveTable => ({
  type: `${servers}/firewallRules`,
  kind: 'azure.sql.firewall_rule',
  facts: { open_ingress: RANGE },
}));

const FLEXIBLE: LiveTable['facts'] = {
  public: [
    [UNKNOWN],
    [true, { 'properties.network': { publicNetworkAccess: 'Enabled' } }],
    [false, { 'properties.network': { publicNetworkAccess: 'Disabled' } }],
    [
      false,
      {
        'properties.network.publicNetworkAccess': 'Enabled',
        'properties.network.delegatedSubnetResourceId': '/subscriptions/1/…/subnets/db',
      },
    ],
  ],
  customer_key: [
    [false],
    [false, { 'properties.dataEncryption.type': 'SystemManaged' }],
    [true, { 'properties.dataEncryption.type': 'AzureKeyVault' }],
  ],
  encrypted_in_transit: [[UNKNOWN]],
  backup_retention_days: repeats('properties.backup.backupRetentionDays', 14),
  multi_zone: words(
    'properties.highAvailability.mode',
    ['ZoneRedundant', true],
    ['SameZone', false],
    ['Disabled', false],
  ),
  size: [
    [UNKNOWN],
    ['GP_Standard_D4s_v3', { sku: { name: 'Standard_D4s_v3', tier: 'GeneralPurpose' } }],
    ['B_Standard_B1ms', { sku: { name: 'Standard_B1ms', tier: 'Burstable' } }],
    ['Standard_X', { sku: { name: 'Standard_X' } }],
  ],
  disk_gb: words('properties.storage.storageSizeGB', [128, 128]),
  engine_version: repeats('properties.version', '16'),
};

const SINGLE: LiveTable['facts'] = {
  public: NETWORK,
  encrypted_in_transit: words('properties.sslEnforcement', ['Enabled', true], ['Disabled', false]),
  tls_version: words(
    'properties.minimalTlsVersion',
    ['TLS1_2', '1.2'],
    ['TLSEnforcementDisabled', '1.0'],
  ),
  backup_retention_days: repeats('properties.storageProfile.backupRetentionDays', 35),
  disk_gb: words('properties.storageProfile.storageMB', [10_240, 10]),
};

export const SQL_TOLD: readonly LiveTable[] = [
  {
    type: 'Microsoft.Sql/servers',
    kind: 'azure.sql.server',
    facts: {
      public: NETWORK,
      tls_version: words(
        'properties.minimalTlsVersion',
        ['1.2', '1.2'],
        ['1.0', '1.0'],
        ['None', '1.0'],
      ),
      encrypted_in_transit: words('properties.minimalTlsVersion', ['1.2', true], ['None', false]),
      local_auth: words(
        'properties.administrators.azureADOnlyAuthentication',
        [true, false],
        [false, true],
      ),
      // A key may be the protector's, which is a child.
      customer_key: [[UNKNOWN], [true, { 'properties.keyId': 'https://v.vault.azure.net/keys/k' }]],
      logging: [[UNKNOWN]],
      engine_version: repeats('properties.version', '12.0'),
    },
  },
  {
    type: 'Microsoft.Sql/servers/databases',
    kind: 'azure.sql.database',
    facts: {
      encrypted_at_rest: [[UNKNOWN]],
      customer_key: [
        [false],
        [true, { 'properties.encryptionProtector': 'https://v.vault.azure.net/keys/k/1' }],
      ],
      backup_retention_days: [[UNKNOWN]],
      multi_zone: words('properties.zoneRedundant', [true, true], [false, false]),
      size: [
        [UNKNOWN],
        ['GP_Gen5', { 'sku.name': 'GP_Gen5' }],
        ['S0', { 'sku.name': 'Standard', 'properties.currentServiceObjectiveName': 'S0' }],
      ],
      disk_gb: words('properties.maxSizeBytes', [34_359_738_368, 32]),
      name: [['shop', { name: 'sqlsrv/shop' }]],
    },
  },
  {
    type: 'Microsoft.Sql/managedInstances',
    kind: 'azure.sql.managed_instance',
    facts: {
      public: words('properties.publicDataEndpointEnabled', [true, true], [false, false]),
      tls_version: words('properties.minimalTlsVersion', ['1.2', '1.2'], ['1.1', '1.1']),
      customer_key: [[UNKNOWN], [true, { 'properties.keyId': 'https://v.vault.azure.net/keys/k' }]],
      multi_zone: words('properties.zoneRedundant', [true, true], [false, false]),
      size: repeats('sku.name', 'GP_Gen5'),
      disk_gb: repeats('properties.storageSizeInGB', 64),
    },
  },
  {
    type: 'Microsoft.DBforPostgreSQL/flexibleServers',
    kind: 'azure.postgresql.server',
    facts: {
      ...FLEXIBLE,
      local_auth: words(
        'properties.authConfig.passwordAuth',
        ['Enabled', true],
        ['Disabled', false],
      ),
    },
  },
  {
    type: 'Microsoft.DBforMySQL/flexibleServers',
    kind: 'azure.mysql.server',
    facts: FLEXIBLE,
  },
  {
    type: 'Microsoft.DBforPostgreSQL/servers',
    kind: 'azure.sql.single_server',
    facts: SINGLE,
  },
  { type: 'Microsoft.DBforMySQL/servers', kind: 'azure.sql.single_server', facts: SINGLE },
  { type: 'Microsoft.DBforMariaDB/servers', kind: 'azure.sql.single_server', facts: SINGLE },
  ...RULES,
  {
    type: 'Microsoft.DocumentDB/databaseAccounts',
    kind: 'azure.cosmosdb.account',
    facts: {
      public: [
        [UNKNOWN],
        [
          true,
          {
            'properties.publicNetworkAccess': 'Enabled',
            'properties.ipRules': [],
            'properties.isVirtualNetworkFilterEnabled': false,
          },
        ],
        [
          false,
          {
            'properties.publicNetworkAccess': 'Enabled',
            'properties.ipRules': [{ ipAddressOrRange: '203.0.113.7' }],
          },
        ],
        [false, { 'properties.isVirtualNetworkFilterEnabled': true }],
        [false, { 'properties.publicNetworkAccess': 'Disabled' }],
      ],
      tls_version: words('properties.minimalTlsVersion', ['Tls12', '1.2'], ['Tls', '1.0']),
      customer_key: [
        [false],
        [true, { 'properties.keyVaultKeyUri': 'https://v.vault.azure.net/keys/k' }],
      ],
      local_auth: words('properties.disableLocalAuth', [true, false], [false, true]),
      multi_zone: words(
        'properties.locations',
        [[{ isZoneRedundant: true }], true],
        [[{ isZoneRedundant: false }], false],
      ),
      engine_version: [[undefined], ['7.0', { 'properties.apiProperties.serverVersion': '7.0' }]],
    },
  },
  ...['sqlDatabases', 'mongodbDatabases', 'cassandraKeyspaces', 'gremlinDatabases', 'tables'].map(
    (type): LiveTable => ({
      type: `Microsoft.DocumentDB/databaseAccounts/${type}`,
      kind: 'azure.cosmosdb.database',
      facts: { stateful: [[true]], taggable: [[undefined]] },
    }),
  ),
  {
    type: 'Microsoft.Kusto/clusters',
    kind: 'azure.kusto.cluster',
    facts: {
      encrypted_at_rest: words('properties.enableDiskEncryption', [true, true], [false, false]),
      public: [
        [UNKNOWN],
        [true, { 'properties.publicNetworkAccess': 'Enabled' }],
        [
          false,
          {
            'properties.publicNetworkAccess': 'Enabled',
            'properties.allowedIpRangeList': ['203.0.113.0/24'],
          },
        ],
      ],
      multi_zone: [[false], [true, { zones: ['1', '2', '3'] }]],
      size: [['Standard_E8ads_v5', { 'sku.name': 'Standard_E8ads_v5' }]],
      instance_count: [[2, { 'sku.capacity': 2 }]],
    },
  },
  {
    type: 'Microsoft.KeyVault/vaults',
    kind: 'azure.keyvault.vault',
    facts: {
      public: [
        [true],
        [true, { 'properties.publicNetworkAccess': 'Enabled' }],
        [false, { 'properties.publicNetworkAccess': 'Disabled' }],
        [false, { 'properties.networkAcls.defaultAction': 'Deny' }],
        [UNKNOWN, { 'properties.networkAcls': { bypass: 'AzureServices' } }],
      ],
      deletion_protected: [[false], [true, { 'properties.enablePurgeProtection': true }]],
      size: repeats('properties.sku.name', 'premium'),
      logging: [[UNKNOWN]],
    },
  },
  {
    type: 'Microsoft.KeyVault/vaults/keys',
    kind: 'azure.keyvault.key',
    facts: {
      key_rotation: words(
        'properties.rotationPolicy.lifetimeActions',
        [[{ action: { type: 'rotate' } }], true],
        [[{ action: { type: 'notify' } }], false],
      ),
      size: [
        ['2048', { 'properties.keySize': 2048 }],
        ['P-256', { 'properties.curveName': 'P-256' }],
      ],
    },
  },
  {
    type: 'Microsoft.KeyVault/vaults/secrets',
    kind: 'azure.keyvault.secret',
    facts: {
      long_lived_key: words(
        'properties.attributes',
        [{ enabled: true }, true],
        [{ exp: 1_830_000_000 }, false],
      ),
    },
  },
];
