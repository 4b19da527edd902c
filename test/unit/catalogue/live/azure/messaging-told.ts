import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable } from '../tables.ts';

const NETWORK = words('properties.publicNetworkAccess', ['Enabled', true], ['Disabled', false]);
const KEYLESS = words('properties.disableLocalAuth', [true, false], [false, true]);

export const MESSAGING_TOLD: readonly LiveTable[] = [
  {
    type: 'Microsoft.ServiceBus/namespaces',
    kind: 'azure.servicebus.namespace',
    facts: {
      public: [
        [UNKNOWN],
        // Rules of the network are a child, which only the premium tier has.
        [UNKNOWN, { 'sku.name': 'Premium', 'properties.publicNetworkAccess': 'Enabled' }],
        [true, { 'sku.name': 'Standard', 'properties.publicNetworkAccess': 'Enabled' }],
        [false, { 'properties.publicNetworkAccess': 'Disabled' }],
      ],
      tls_version: words('properties.minimumTlsVersion', ['1.2', '1.2'], ['1.0', '1.0']),
      customer_key: [
        [false],
        [false, { 'properties.encryption': { requireInfrastructureEncryption: false } }],
        [true, { 'properties.encryption.keyVaultProperties': [{ keyName: 'k' }] }],
      ],
      local_auth: KEYLESS,
      size: repeats('sku.name', 'Premium'),
      instance_count: [[4, { 'sku.capacity': 4 }]],
    },
  },
  ...['queues', 'topics/subscriptions'].map((type): LiveTable => ({
    type: `Microsoft.ServiceBus/namespaces/${type}`,
    kind: 'azure.servicebus.queue',
    facts: {
      dead_letter: [
        [UNKNOWN],
        [true, { 'properties.deadLetteringOnMessageExpiration': true }],
        [false, { 'properties.deadLetteringOnMessageExpiration': false }],
        [true, { 'properties.forwardDeadLetteredMessagesTo': 'dead' }],
      ],
    },
  })),
  {
    type: 'Microsoft.EventHub/namespaces',
    kind: 'azure.eventhub.namespace',
    facts: {
      public: [
        [UNKNOWN],
        [UNKNOWN, { 'properties.publicNetworkAccess': 'Enabled' }],
        [true, { 'sku.name': 'Basic', 'properties.publicNetworkAccess': 'Enabled' }],
        [false, { 'properties.publicNetworkAccess': 'Disabled' }],
      ],
      customer_key: [
        [false],
        [true, { 'properties.encryption.keyVaultProperties': [{ keyName: 'k' }] }],
      ],
      local_auth: KEYLESS,
      instance_count: [
        [2, { 'sku.capacity': 2, 'properties.maximumThroughputUnits': 0 }],
        [10, { 'sku.capacity': 2, 'properties.maximumThroughputUnits': 10 }],
      ],
    },
  },
  {
    type: 'Microsoft.EventHub/namespaces/eventhubs',
    kind: 'azure.eventhub.hub',
    facts: {
      backup: [[false], [true, { 'properties.captureDescription.enabled': true }]],
      instance_count: repeats('properties.partitionCount', 8),
    },
  },
  ...['topics', 'domains'].map((type): LiveTable => ({
    type: `Microsoft.EventGrid/${type}`,
    kind: 'azure.eventgrid.topic',
    facts: { public: NETWORK, local_auth: KEYLESS },
  })),
  {
    type: 'Microsoft.Cache/Redis',
    kind: 'azure.redis.cache',
    facts: {
      public: NETWORK,
      encrypted_in_transit: words('properties.enableNonSslPort', [false, true], [true, false]),
      tls_version: words('properties.minimumTlsVersion', ['1.2', '1.2']),
      backup: words(
        'properties.redisConfiguration',
        [{ 'rdb-backup-enabled': 'true' }, true],
        [{ 'maxmemory-policy': 'volatile-lru' }, false],
      ),
      local_auth: words('properties.disableAccessKeyAuthentication', [true, false], [false, true]),
      size: [['Premium_P1', { 'properties.sku': { name: 'Premium', family: 'P', capacity: 1 } }]],
      engine_version: words('properties.redisVersion', ['6.0', '6']),
    },
  },
  {
    type: 'Microsoft.Cache/redisEnterprise',
    kind: 'azure.redis.managed',
    base: { 'sku.name': 'Balanced_B5' },
    facts: {
      public: NETWORK,
      multi_zone: words('properties.highAvailability', ['Enabled', true], ['Disabled', false]),
      customer_key: [
        [false],
        [
          true,
          {
            'properties.encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl': 'https://v/k',
          },
        ],
      ],
      encrypted_in_transit: [[UNKNOWN]],
      local_auth: [[UNKNOWN]],
    },
  },
];
