import { UNKNOWN } from '../../../../../src/catalogue/facts.ts';
import { repeats, words } from '../tables.ts';
import type { LiveTable } from '../tables.ts';

const NETWORK = words('properties.publicNetworkAccess', ['Enabled', true], ['Disabled', false]);
const KEYLESS = words('properties.disableLocalAuth', [true, false], [false, true]);
const OWNER =
  '/subscriptions/1/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const READER =
  '/subscriptions/1/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7';

export const GOVERNANCE_TOLD: readonly LiveTable[] = [
  {
    type: 'Microsoft.Authorization/roleAssignments',
    kind: 'azure.iam.role_assignment',
    facts: {
      admin_access: [
        [UNKNOWN],
        [true, { properties: { roleDefinitionId: OWNER, scope: '/subscriptions/1' } }],
        [false, { properties: { roleDefinitionId: READER, scope: '/subscriptions/1' } }],
        [
          false,
          {
            properties: {
              roleDefinitionId: OWNER,
              scope: '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Web/sites/shop',
            },
          },
        ],
      ],
    },
  },
  {
    type: 'Microsoft.Authorization/roleDefinitions',
    kind: 'azure.iam.role_definition',
    facts: {
      admin_access: words(
        'properties.permissions',
        [[{ actions: ['*'] }], true],
        [[{ actions: ['Microsoft.Web/sites/read'] }], false],
      ),
      wildcard_actions: words(
        'properties.permissions',
        [[{ actions: [], dataActions: ['Microsoft.Storage/*'] }], true],
        [[{ actions: ['Microsoft.Web/sites/read'] }], false],
      ),
    },
  },
  {
    type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    kind: 'azure.iam.managed_identity',
    facts: { managed_identity: [[true]] },
  },
  ...['resourceGroups', 'subscriptions/resourceGroups'].map((type): LiveTable => ({
    type: `Microsoft.Resources/${type}`,
    kind: 'azure.resource_group',
    facts: { deletion_protected: [[UNKNOWN]], taggable: [[true]], region: [['westeurope']] },
  })),
  {
    type: 'Microsoft.OperationalInsights/workspaces',
    kind: 'azure.monitor.log_workspace',
    facts: {
      public: [
        [UNKNOWN],
        [true, { 'properties.publicNetworkAccessForQuery': 'Enabled' }],
        [
          false,
          {
            'properties.publicNetworkAccessForQuery': 'Disabled',
            'properties.publicNetworkAccessForIngestion': 'Disabled',
          },
        ],
      ],
      log_retention_days: repeats('properties.retentionInDays', 90),
      local_auth: [[true], [false, { 'properties.features.disableLocalAuth': true }]],
      size: words('properties.sku.name', ['pergb2018', 'PerGB2018'], ['Free', 'Free']),
    },
  },
  {
    type: 'Microsoft.Insights/components',
    kind: 'azure.monitor.application_insights',
    facts: {
      log_retention_days: repeats('properties.RetentionInDays', 90),
      local_auth: words('properties.DisableLocalAuth', [true, false], [false, true]),
    },
  },
  {
    type: 'Microsoft.Insights/diagnosticSettings',
    kind: 'azure.monitor.diagnostic_setting',
    facts: {
      logging: words(
        'properties.logs',
        [[{ categoryGroup: 'allLogs', enabled: true }], true],
        [[{ category: 'AuditEvent', enabled: false }], false],
        [[], false],
      ),
    },
  },
  {
    type: 'Microsoft.RecoveryServices/vaults',
    kind: 'azure.backup.vault',
    facts: {
      public: NETWORK,
      customer_key: [
        [false],
        [true, { 'properties.encryption.keyVaultProperties.keyUri': 'https://v/keys/k' }],
      ],
      deletion_protected: [
        [UNKNOWN],
        [true, { 'properties.securitySettings.immutabilitySettings.state': 'Locked' }],
        [true, { 'properties.securitySettings.softDeleteSettings.softDeleteState': 'AlwaysON' }],
        // A lock nobody can see from here may protect it all the same.
        [
          UNKNOWN,
          {
            'properties.securitySettings': {
              immutabilitySettings: { state: 'Disabled' },
              softDeleteSettings: { softDeleteState: 'Disabled' },
            },
          },
        ],
      ],
      multi_zone: words(
        'properties.redundancySettings.standardTierStorageRedundancy',
        ['ZoneRedundant', true],
        ['GeoRedundant', false],
      ),
      size: repeats('sku.name', 'RS0'),
    },
  },
  {
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
    kind: 'azure.backup.protected_vm',
    base: { 'properties.protectedItemType': 'Microsoft.Compute/virtualMachines' },
    facts: {
      backup: words(
        'properties.protectionState',
        ['Protected', true],
        ['ProtectionStopped', false],
      ),
    },
  },
  {
    type: 'Microsoft.RecoveryServices/vaults/backupPolicies',
    kind: 'azure.backup.policy',
    base: { 'properties.backupManagementType': 'AzureIaasVM' },
    facts: {
      backup_retention_days: words(
        'properties.retentionPolicy.dailySchedule.retentionDuration.count',
        [30, 30],
      ),
    },
  },
  {
    type: 'Microsoft.RecoveryServices/vaults/backupPolicies',
    kind: 'azure.backup.policy',
    base: { 'properties.backupManagementType': 'AzureStorage' },
    facts: { backup: [[true]] },
  },
  {
    type: 'Microsoft.Automation/automationAccounts',
    kind: 'azure.automation.account',
    facts: {
      public: words('properties.publicNetworkAccess', [true, true], [false, false]),
      local_auth: KEYLESS,
      customer_key: [[false], [true, { 'properties.encryption.keySource': 'Microsoft.Keyvault' }]],
    },
  },
];
