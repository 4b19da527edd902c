import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { firstOf, hasBlock, unless } from '../terraform.ts';
import { anyOf, not, oneOf, orElse } from '../values.ts';
import type { View } from '../view.ts';
import {
  UNTAGGED,
  azureKind,
  diagnostics,
  identity,
  locked,
  reachable,
  sendsLogs,
  store,
} from './service.ts';

/** Page azurerm_log_analytics_workspace: queries and ingestion from the internet are on, logs are kept 30 days. */
function workspace(view: View): Facts {
  const localAuth = firstOf(
    view.boolean('local_authentication_enabled'),
    unless(view.boolean('local_authentication_disabled')),
  );
  return {
    ...store(view),
    ...identity(view),
    public: anyOf(
      orElse(view.boolean('internet_query_enabled'), true),
      orElse(view.boolean('internet_ingestion_enabled'), true),
    ),
    log_retention_days: orElse(view.number('retention_in_days'), 30),
    local_auth: orElse(localAuth, true),
    size: view.string('sku'),
  };
}

function recoveryVault(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    stateful: true,
    encrypted_at_rest: true,
    customer_key: hasBlock(view, 'encryption'),
    public: reachable(view.boolean('public_network_access_enabled')),
    // Immutability keeps backups from being deleted early, by anyone; page azurerm_recovery_services_vault.
    deletion_protected: anyOf(
      oneOf(view.string('immutability'), ['Locked', 'Unlocked']),
      orElse(view.boolean('soft_delete_enabled'), true),
      locked(view),
    ),
    multi_zone: oneOf(orElse(view.string('storage_mode_type'), 'GeoRedundant'), ['ZoneRedundant']),
    size: view.string('sku'),
  };
}

function protectedMachine(view: View): Facts {
  return {
    backup: not(oneOf(view.string('protection_state'), ['ProtectionStopped', 'BackupsSuspended'])),
  };
}

function backupPolicy(view: View): Facts {
  return { backup: true, backup_retention_days: view.number('retention_daily[0].count') };
}

/** Page azurerm_automation_account: reachable, and open to keys, unless told. */
function automation(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    public: reachable(view.boolean('public_network_access_enabled')),
    customer_key: hasBlock(view, 'encryption'),
    local_auth: orElse(view.boolean('local_authentication_enabled'), true),
  };
}

export const OPERATIONS: readonly Kind[] = [
  azureKind({
    kind: 'azure.resource_group',
    title: 'Azure resource group',
    types: ['azurerm_resource_group'],
    facts: (view) => ({ deletion_protected: locked(view) }),
  }),
  azureKind({
    kind: 'azure.monitor.log_workspace',
    title: 'Azure Log Analytics workspace',
    types: ['azurerm_log_analytics_workspace'],
    facts: workspace,
  }),
  azureKind({
    kind: 'azure.monitor.application_insights',
    title: 'Azure Application Insights',
    types: ['azurerm_application_insights'],
    facts: (view) => ({
      monitoring: true,
      log_retention_days: orElse(view.number('retention_in_days'), 90),
      local_auth: not(orElse(view.boolean('local_authentication_disabled'), false)),
    }),
  }),
  azureKind({
    kind: 'azure.monitor.diagnostic_setting',
    title: 'Azure diagnostic setting',
    types: ['azurerm_monitor_diagnostic_setting'],
    tags: UNTAGGED,
    facts: (view) => ({ logging: sendsLogs(view) }),
  }),
  azureKind({
    kind: 'azure.backup.vault',
    title: 'Azure Recovery Services vault',
    types: ['azurerm_recovery_services_vault'],
    facts: recoveryVault,
  }),
  azureKind({
    kind: 'azure.backup.protected_vm',
    title: 'Virtual machine under Azure Backup',
    types: ['azurerm_backup_protected_vm'],
    tags: UNTAGGED,
    facts: protectedMachine,
  }),
  azureKind({
    kind: 'azure.backup.policy',
    title: 'Azure Backup policy',
    types: ['azurerm_backup_policy_vm', 'azurerm_backup_policy_file_share'],
    tags: UNTAGGED,
    facts: backupPolicy,
  }),
  azureKind({
    kind: 'azure.automation.account',
    title: 'Azure Automation account',
    types: ['azurerm_automation_account'],
    facts: automation,
  }),
];
