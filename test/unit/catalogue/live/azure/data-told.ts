import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable } from '../tables.ts';

const NETWORK = words('properties.publicNetworkAccess', ['Enabled', true], ['Disabled', false]);
const KEYLESS = words('properties.disableLocalAuth', [true, false], [false, true]);

export const DATA_TOLD: readonly LiveTable[] = [
  {
    type: 'Microsoft.MachineLearningServices/workspaces',
    kind: 'azure.ml.workspace',
    facts: {
      public: NETWORK,
      network_isolated: [
        [false],
        [true, { 'properties.managedNetwork.isolationMode': 'AllowOnlyApprovedOutbound' }],
        [false, { 'properties.managedNetwork.isolationMode': 'Disabled' }],
      ],
      customer_key: [[false], [true, { 'properties.encryption.status': 'Enabled' }]],
    },
  },
  ...['ComputeInstance', 'AmlCompute'].map((computeType): LiveTable => ({
    type: 'Microsoft.MachineLearningServices/workspaces/computes',
    kind: 'azure.ml.compute',
    base: { 'properties.computeType': computeType },
    facts: {
      public_ip: words('properties.properties.enableNodePublicIp', [true, true], [false, false]),
      network_isolated: [
        [UNKNOWN],
        [true, { 'properties.properties': { enableNodePublicIp: false, subnet: { id: '/…/s' } } }],
        [false, { 'properties.properties': { enableNodePublicIp: false } }],
      ],
      local_auth: KEYLESS,
      gpu: words('properties.properties.vmSize', ['STANDARD_NC6', true], ['STANDARD_D2', false]),
      spot: [[UNKNOWN], [true, { 'properties.properties.vmPriority': 'LowPriority' }]],
      instance_count: [[4, { 'properties.properties.scaleSettings.maxNodeCount': 4 }]],
    },
  })),
  {
    type: 'Microsoft.CognitiveServices/accounts',
    kind: 'azure.cognitive.account',
    facts: {
      public: [
        [UNKNOWN],
        [true, { 'properties.publicNetworkAccess': 'Enabled' }],
        [false, { 'properties.networkAcls.defaultAction': 'Deny' }],
        [false, { 'properties.publicNetworkAccess': 'Disabled' }],
      ],
      customer_key: [[false], [true, { 'properties.encryption.keySource': 'Microsoft.KeyVault' }]],
      network_isolated: [[false], [true, { 'properties.restrictOutboundNetworkAccess': true }]],
      local_auth: KEYLESS,
    },
  },
  {
    type: 'Microsoft.Search/searchServices',
    kind: 'azure.search.service',
    facts: {
      public: [
        [UNKNOWN],
        [true, { 'properties.publicNetworkAccess': 'enabled' }],
        [false, { 'properties.publicNetworkAccess': 'disabled' }],
        [false, { 'properties.networkRuleSet.ipRules': [{ value: '203.0.113.7' }] }],
      ],
      local_auth: KEYLESS,
      instance_count: repeats('properties.replicaCount', 3),
      size: repeats('sku.name', 'standard'),
    },
  },
  {
    type: 'Microsoft.DataFactory/factories',
    kind: 'azure.datafactory.factory',
    facts: {
      public: NETWORK,
      customer_key: [[false], [true, { 'properties.encryption.keyName': 'k' }]],
      network_isolated: [[UNKNOWN]],
    },
  },
  {
    type: 'Microsoft.Synapse/workspaces',
    kind: 'azure.synapse.workspace',
    facts: {
      public: NETWORK,
      network_isolated: [
        [false],
        [
          true,
          {
            'properties.managedVirtualNetwork': 'default',
            'properties.managedVirtualNetworkSettings.preventDataExfiltration': true,
          },
        ],
      ],
      local_auth: words('properties.azureADOnlyAuthentication', [true, false], [false, true]),
      customer_key: [[false], [true, { 'properties.encryption.cmk.key': { name: 'k' } }]],
    },
  },
  {
    type: 'Microsoft.Synapse/workspaces/sqlPools',
    kind: 'azure.synapse.sql_pool',
    facts: {
      size: repeats('sku.name', 'DW100c'),
      encrypted_at_rest: [[UNKNOWN]],
      backup: [[UNKNOWN]],
    },
  },
  {
    type: 'Microsoft.Synapse/workspaces/bigDataPools',
    kind: 'azure.synapse.spark_pool',
    facts: {
      size: repeats('properties.nodeSize', 'Small'),
      instance_count: [
        [3, { 'properties.nodeCount': 3, 'properties.autoScale.enabled': false }],
        [
          9,
          { 'properties.nodeCount': 3, 'properties.autoScale': { enabled: true, maxNodeCount: 9 } },
        ],
      ],
      gpu: words(
        'properties.nodeSizeFamily',
        ['HardwareAcceleratedGPU', true],
        ['MemoryOptimized', false],
      ),
    },
  },
  {
    type: 'Microsoft.Databricks/workspaces',
    kind: 'azure.databricks.workspace',
    facts: {
      public: NETWORK,
      public_ip: words(
        'properties.parameters.enableNoPublicIp.value',
        [true, false],
        [false, true],
      ),
      customer_key: [
        [false],
        [true, { 'properties.parameters.prepareEncryption.value': true }],
        [
          true,
          {
            'properties.encryption.entities.managedDisk.keyVaultProperties.keyName': 'k',
          },
        ],
      ],
      size: repeats('sku.name', 'premium'),
    },
  },
];
