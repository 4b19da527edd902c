import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable } from '../tables.ts';

export const CONTAINER_TOLD: readonly LiveTable[] = [
  {
    type: 'Microsoft.ContainerService/managedClusters',
    kind: 'azure.kubernetes.cluster',
    facts: {
      public: [
        [true],
        [false, { 'properties.apiServerAccessProfile.enablePrivateCluster': true }],
        [
          false,
          { 'properties.apiServerAccessProfile': { authorizedIPRanges: ['203.0.113.0/24'] } },
        ],
        [true, { 'properties.apiServerAccessProfile': { authorizedIPRanges: [] } }],
      ],
      local_auth: words('properties.disableLocalAccounts', [true, false], [false, true]),
      customer_key: [
        [false],
        [true, { 'properties.diskEncryptionSetID': '/subscriptions/1/…/des' }],
        [true, { 'properties.securityProfile.azureKeyVaultKms.enabled': true }],
      ],
      auto_upgrade: [
        [false],
        [false, { 'properties.autoUpgradeProfile.upgradeChannel': 'none' }],
        [true, { 'properties.autoUpgradeProfile.upgradeChannel': 'patch' }],
      ],
      logging: [[UNKNOWN], [true, { 'properties.addonProfiles.omsAgent.enabled': true }]],
      monitoring: [[false], [true, { 'properties.azureMonitorProfile.metrics.enabled': true }]],
      engine_version: repeats('properties.kubernetesVersion', '1.33'),
      multi_zone: words(
        'properties.agentPoolProfiles',
        [[{ mode: 'User', availabilityZones: ['1'] }], false],
        [[{ mode: 'User' }, { mode: 'System', availabilityZones: ['1', '2', '3'] }], true],
      ),
      instance_count: words(
        'properties.agentPoolProfiles',
        [[{ mode: 'System', count: 3 }], 3],
        [[{ mode: 'System', count: 3, maxCount: 9 }], 9],
      ),
      size: words('properties.agentPoolProfiles', [
        [{ mode: 'System', vmSize: 'Standard_D4s_v5' }],
        'Standard_D4s_v5',
      ]),
      public_ip: words(
        'properties.agentPoolProfiles',
        [[{ mode: 'System', enableNodePublicIP: true }], true],
        [[{ mode: 'System', enableNodePublicIP: false }], false],
      ),
      disk_gb: words('properties.agentPoolProfiles', [[{ osDiskSizeGB: 128 }], 128]),
    },
  },
  {
    type: 'Microsoft.ContainerService/managedClusters/agentPools',
    kind: 'azure.kubernetes.node_pool',
    facts: {
      size: repeats('properties.vmSize', 'Standard_NC6s_v3'),
      gpu: words('properties.vmSize', ['Standard_NC6s_v3', true], ['Standard_D2s_v5', false]),
      spot: [[false], [true, { 'properties.scaleSetPriority': 'Spot' }]],
      public_ip: [[false], [true, { 'properties.enableNodePublicIP': true }]],
      multi_zone: [[false], [true, { 'properties.availabilityZones': ['1', '2'] }]],
      engine_version: repeats('properties.orchestratorVersion', '1.33'),
      instance_count: [[4, { 'properties.count': 4 }]],
    },
  },
  {
    type: 'Microsoft.ContainerRegistry/registries',
    kind: 'azure.container.registry',
    facts: {
      public: [
        [UNKNOWN],
        [true, { 'properties.publicNetworkAccess': 'Enabled' }],
        [
          false,
          {
            'properties.publicNetworkAccess': 'Enabled',
            'properties.networkRuleSet.defaultAction': 'Deny',
          },
        ],
        [false, { 'properties.publicNetworkAccess': 'Disabled' }],
      ],
      anyone_trusted: words('properties.anonymousPullEnabled', [true, true], [false, false]),
      local_auth: words('properties.adminUserEnabled', [true, true], [false, false]),
      customer_key: [
        [false],
        [false, { 'properties.encryption.status': 'disabled' }],
        [true, { 'properties.encryption.status': 'enabled' }],
      ],
      multi_zone: words('properties.zoneRedundancy', ['Enabled', true], ['Disabled', false]),
      lifecycle: words(
        'properties.policies.retentionPolicy',
        [{ days: 7, status: 'enabled' }, true],
        [{ days: 7, status: 'disabled' }, false],
      ),
      size: repeats('sku.name', 'Premium'),
    },
  },
  {
    type: 'Microsoft.ContainerInstance/containerGroups',
    kind: 'azure.container.group',
    facts: {
      public: [
        [false],
        [true, { 'properties.ipAddress.type': 'Public' }],
        [false, { 'properties.ipAddress.type': 'Private' }],
      ],
      customer_key: [[false], [true, { 'properties.encryptionProperties.keyName': 'k' }]],
      logging: [[false], [true, { 'properties.diagnostics.logAnalytics': { workspaceId: 'w' } }]],
      secret_in_environment: words(
        'properties.containers',
        [
          [
            {
              properties: {
                environmentVariables: [{ name: 'API_TOKEN', value: 'correct-horse' }],
              },
            },
          ],
          true,
        ],
        // The value of a secure variable is never told.
        [[{ properties: { environmentVariables: [{ name: 'API_TOKEN' }] } }], false],
      ),
    },
  },
  {
    type: 'Microsoft.App/containerApps',
    kind: 'azure.container.app',
    facts: {
      public: [
        [false],
        [true, { 'properties.configuration.ingress.external': true }],
        [false, { 'properties.configuration.ingress.external': false }],
        [
          false,
          {
            'properties.configuration.ingress': {
              external: true,
              ipSecurityRestrictions: [{ action: 'Allow', ipAddressRange: '203.0.113.0/24' }],
            },
          },
        ],
      ],
      encrypted_in_transit: [
        [true],
        [false, { 'properties.configuration.ingress.allowInsecure': true }],
      ],
      secret_in_environment: words(
        'properties.template',
        [{ containers: [{ env: [{ name: 'DB_PASSWORD', value: 'correct-horse' }] }] }, true],
        [{ containers: [{ env: [{ name: 'DB_PASSWORD', secretRef: 'db' }] }] }, false],
      ),
      instance_count: words('properties.template', [{ scale: { maxReplicas: 4 } }, 4], [{}, 10]),
    },
  },
  {
    type: 'Microsoft.App/managedEnvironments',
    kind: 'azure.container.environment',
    facts: {
      public: [[true], [false, { 'properties.vnetConfiguration.internal': true }]],
      logging: [
        [false],
        [true, { 'properties.appLogsConfiguration.destination': 'azure-monitor' }],
        [
          true,
          {
            'properties.appLogsConfiguration.logAnalyticsConfiguration.customerId': 'c',
          },
        ],
      ],
      multi_zone: words('properties.zoneRedundant', [true, true], [false, false]),
    },
  },
];
