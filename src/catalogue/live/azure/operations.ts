import { flag, given, number, objects, text } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { arm, block, enabled, inverted, network, orNative, reads } from './arm.ts';
import type { Told } from './arm.ts';

function workspace(properties: Told): Told {
  return {
    internet_query_enabled: enabled(properties, 'publicNetworkAccessForQuery'),
    internet_ingestion_enabled: enabled(properties, 'publicNetworkAccessForIngestion'),
    retention_in_days: number(properties, 'retentionInDays'),
    // Left out of the features while nobody switched keys off.
    local_authentication_enabled: inverted(properties, 'features.disableLocalAuth') ?? true,
    sku: given(text(properties, 'sku.name'), spelled),
  };
}

/** Azure answers `pergb2018` for what the provider calls `PerGB2018`. */
function spelled(sku: string): string {
  return /^pergb2018$/i.test(sku) ? 'PerGB2018' : sku;
}

function vault(properties: Told, item: LiveItem): Told {
  return {
    ...network(properties),
    encryption: block(text(properties, 'encryption.keyVaultProperties.keyUri') !== undefined),
    immutability: text(properties, 'securitySettings.immutabilitySettings.state'),
    soft_delete_enabled: given(
      text(properties, 'securitySettings.softDeleteSettings.softDeleteState'),
      (state) => !/^disabled$/i.test(state),
    ),
    storage_mode_type: text(properties, 'redundancySettings.standardTierStorageRedundancy'),
    sku: text(item, 'sku.name'),
  };
}

/** One native type for everything under backup, and for every policy: what is backed up parts them. */
function protectedType(item: LiveItem): string {
  const type = text(item, 'properties.protectedItemType') ?? '';
  return orNative(item, /virtualmachines$/i.test(type) ? 'azurerm_backup_protected_vm' : undefined);
}

function policyType(item: LiveItem): string {
  const what = text(item, 'properties.backupManagementType') ?? '';
  return orNative(item, POLICIES.get(what.toLowerCase()));
}

const POLICIES: ReadonlyMap<string, string> = new Map([
  ['azureiaasvm', 'azurerm_backup_policy_vm'],
  ['azurestorage', 'azurerm_backup_policy_file_share'],
]);

function policy(properties: Told): Told {
  return {
    retention_daily: given(
      number(properties, 'retentionPolicy.dailySchedule.retentionDuration.count'),
      (count) => [{ count }],
    ),
  };
}

/** Here the switch of the network is a boolean. */
function automation(properties: Told): Told {
  return {
    ...network(properties),
    encryption: block(reads(properties, 'encryption.keySource', 'Microsoft.Keyvault') ?? false),
    local_authentication_enabled: inverted(properties, 'disableLocalAuth'),
  };
}

/** What is sent, by category or by group of categories; each entry has a switch. */
function diagnosticSetting(properties: Told): Told {
  return {
    log: null,
    enabled_log: given(objects(properties, 'logs'), (logs) =>
      logs.filter((entry) => flag(entry, 'enabled') === true).map(() => ({})),
    ),
  };
}

/** Properties of components are written in capitals, which readers here do not mind. */
function component(properties: Told): Told {
  return {
    retention_in_days: number(properties, 'retentionInDays'),
    local_authentication_disabled: flag(properties, 'disableLocalAuth'),
  };
}

const GROUP = 'azurerm_resource_group';

export const OPERATIONS: readonly Restatement[] = [
  arm({ type: 'Microsoft.Resources/resourceGroups', as: GROUP }),
  // Azure Resource Graph's name of the same.
  arm({ type: 'Microsoft.Resources/subscriptions/resourceGroups', as: GROUP }),
  arm({
    type: 'Microsoft.OperationalInsights/workspaces',
    as: 'azurerm_log_analytics_workspace',
    attributes: workspace,
  }),
  arm({
    type: 'Microsoft.Insights/components',
    as: 'azurerm_application_insights',
    attributes: component,
    sensitive: ['properties.InstrumentationKey', 'properties.ConnectionString'],
  }),
  arm({
    type: 'Microsoft.Insights/diagnosticSettings',
    as: 'azurerm_monitor_diagnostic_setting',
    attributes: diagnosticSetting,
  }),
  arm({
    type: 'Microsoft.RecoveryServices/vaults',
    as: 'azurerm_recovery_services_vault',
    attributes: vault,
  }),
  arm({
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
    as: protectedType,
    attributes: (properties) => ({ protection_state: text(properties, 'protectionState') }),
  }),
  arm({
    type: 'Microsoft.RecoveryServices/vaults/backupPolicies',
    as: policyType,
    attributes: policy,
  }),
  arm({
    type: 'Microsoft.Automation/automationAccounts',
    as: 'azurerm_automation_account',
    attributes: automation,
  }),
];
