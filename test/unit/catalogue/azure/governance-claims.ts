import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, block, echo, flag, planned, word } from '../claims.ts';
import type { ClaimTable } from '../claims.ts';
import { IDENTIFIED, KEY_ID, diagnosed, locked, reachable, stored } from './common.ts';

const SUBSCRIPTION = '/subscriptions/0b1f6471-1bf0-4dda-aec3-111122223333';
const OWNER_ID = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635`;
const VAULT = 'azurerm_recovery_services_vault';
const WORKSPACE = 'azurerm_log_analytics_workspace';
const AUTOMATION = 'azurerm_automation_account';

export const GOVERNANCE_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'azure.iam.role_assignment',
    type: 'azurerm_role_assignment',
    claims: {
      admin_access: [
        [true, { role_definition_name: 'Owner', scope: SUBSCRIPTION }],
        [true, { role_definition_name: 'Contributor', scope: `${SUBSCRIPTION}/resourceGroups/g` }],
        [true, { role_definition_id: OWNER_ID, scope: SUBSCRIPTION }],
        [
          true,
          {
            role_definition_name: 'Owner',
            scope: '/providers/Microsoft.Management/managementGroups/m',
          },
        ],
        [false, { role_definition_name: 'Reader', scope: SUBSCRIPTION }],
        [
          false,
          {
            role_definition_name: 'Owner',
            scope: `${SUBSCRIPTION}/resourceGroups/g/providers/Microsoft.Network/azureFirewalls/f`,
          },
        ],
        [UNKNOWN, { role_definition_name: 'Owner', scope: YET }],
        [UNKNOWN, { role_definition_name: YET, scope: SUBSCRIPTION }],
        [
          true,
          { role_definition_name: 'Owner', scope: YET },
          [planned('azurerm_resource_group', {})],
          { refers: { scope: 'azurerm_resource_group.this' } },
        ],
        [false, { role_definition_name: 'Reader', scope: YET }],
      ],
    },
  },
  {
    kind: 'azure.iam.role_definition',
    type: 'azurerm_role_definition',
    claims: {
      wildcard_actions: [
        [true, { permissions: [{ actions: ['Microsoft.Storage/*'] }] }],
        [false, { permissions: [{ actions: ['Microsoft.Storage/storageAccounts/read'] }] }],
        [UNKNOWN, { permissions: [{ actions: YET }] }],
      ],
      admin_access: [
        [true, { permissions: [{ actions: ['*'] }] }],
        [false, { permissions: [{ actions: ['Microsoft.Storage/*'] }] }],
        [UNKNOWN, { permissions: YET }],
      ],
    },
  },
  {
    kind: 'azure.iam.managed_identity',
    type: 'azurerm_user_assigned_identity',
    claims: { managed_identity: ALWAYS },
  },
  {
    kind: 'azure.iam.client_secret',
    type: 'azuread_application_password',
    claims: {
      long_lived_key: [
        [true],
        [false, { end_date: '2027-01-01T00:00:00Z' }],
        [false, { end_date_relative: '720h' }],
        [UNKNOWN, { end_date: YET }],
      ],
    },
    others: { azuread_service_principal_password: { long_lived_key: [[true]] } },
  },
  {
    kind: 'azure.resource_group',
    type: 'azurerm_resource_group',
    claims: { deletion_protected: locked('azurerm_resource_group') },
  },
  {
    kind: 'azure.monitor.log_workspace',
    type: WORKSPACE,
    claims: {
      ...stored(WORKSPACE),
      ...IDENTIFIED,
      public: [
        [true],
        [true, { internet_query_enabled: false }],
        [false, { internet_query_enabled: false, internet_ingestion_enabled: false }],
        [UNKNOWN, { internet_query_enabled: false, internet_ingestion_enabled: YET }],
      ],
      log_retention_days: [[30], ...echo('retention_in_days', 365)],
      local_auth: [
        ...flag('local_authentication_enabled', true),
        [false, { local_authentication_disabled: true }],
      ],
      size: echo('sku', 'PerGB2018'),
    },
  },
  {
    kind: 'azure.monitor.application_insights',
    type: 'azurerm_application_insights',
    claims: {
      monitoring: ALWAYS,
      log_retention_days: [[90], ...echo('retention_in_days', 30)],
      local_auth: flag('local_authentication_disabled', true, false),
    },
  },
  {
    kind: 'azure.monitor.diagnostic_setting',
    type: 'azurerm_monitor_diagnostic_setting',
    claims: {
      logging: [
        ...block('enabled_log', [{ category: 'audit' }]),
        [true, { log: [{ category: 'audit' }] }],
        [false, { log: [{ category: 'audit', enabled: false }] }],
        [false, { metric: [{ category: 'AllMetrics' }] }],
      ],
    },
  },
  {
    kind: 'azure.backup.vault',
    type: VAULT,
    claims: {
      ...IDENTIFIED,
      ...diagnosed(VAULT),
      ...reachable(),
      stateful: ALWAYS,
      encrypted_at_rest: ALWAYS,
      customer_key: block('encryption', [{ key_id: KEY_ID }]),
      deletion_protected: [
        ...flag('soft_delete_enabled', true),
        [true, { soft_delete_enabled: false, immutability: 'Locked' }],
        [false, { soft_delete_enabled: false, immutability: 'Disabled' }],
      ],
      multi_zone: word('storage_mode_type', 'ZoneRedundant', 'LocallyRedundant'),
      size: echo('sku', 'Standard'),
    },
  },
  {
    kind: 'azure.backup.protected_vm',
    type: 'azurerm_backup_protected_vm',
    claims: { backup: word('protection_state', 'Protected', 'ProtectionStopped', true) },
  },
  {
    kind: 'azure.backup.policy',
    type: 'azurerm_backup_policy_vm',
    claims: { backup: ALWAYS, backup_retention_days: echo('retention_daily[0].count', 30) },
    others: { azurerm_backup_policy_file_share: { backup: [[true]] } },
  },
  {
    kind: 'azure.automation.account',
    type: AUTOMATION,
    claims: {
      ...IDENTIFIED,
      ...diagnosed(AUTOMATION),
      ...reachable(),
      customer_key: block('encryption', [{ key_vault_key_id: KEY_ID }]),
      local_auth: flag('local_authentication_enabled', true),
    },
  },
];
