import { flag, given, list, number, object, objects, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { arm, block, enabled, network, networkRules, one, reads } from './arm.ts';
import type { Told } from './arm.ts';

/** Microsoft.ContainerService/managedClusters; profiles that nobody asked for are left out of the answer. */
function cluster(properties: Told): Told {
  return {
    default_node_pool: given(objects(properties, 'agentPoolProfiles'), firstSystemPool),
    automatic_upgrade_channel: orNone(text(properties, 'autoUpgradeProfile.upgradeChannel')),
    automatic_channel_upgrade: null,
    disk_encryption_set_id: orNone(text(properties, 'diskEncryptionSetID')),
    key_management_service: block(
      flag(properties, 'securityProfile.azureKeyVaultKms.enabled') ?? false,
    ),
    private_cluster_enabled:
      flag(properties, 'apiServerAccessProfile.enablePrivateCluster') ?? false,
    api_server_access_profile: [
      {
        authorized_ip_ranges: orNone(
          texts(properties, 'apiServerAccessProfile.authorizedIPRanges'),
        ),
      },
    ],
    api_server_authorized_ip_ranges: null,
    oms_agent: block(flag(properties, 'addonProfiles.omsagent.enabled') ?? false),
    addon_profile: null,
    monitor_metrics: block(flag(properties, 'azureMonitorProfile.metrics.enabled') ?? false),
    local_account_disabled: flag(properties, 'disableLocalAccounts'),
    kubernetes_version: text(properties, 'kubernetesVersion'),
  };
}

/** The pool that the provider takes for the default one. */
function firstSystemPool(pools: readonly Told[]): Told[string] {
  const pool = pools.find((candidate) => reads(candidate, 'mode', 'System')) ?? pools[0];
  return one(pool, nodes);
}

/** The largest number stands in the answer only while the pool scales by itself. */
function nodes(pool: Told): Told {
  return {
    vm_size: text(pool, 'vmSize'),
    node_public_ip_enabled: flag(pool, 'enableNodePublicIP') ?? false,
    max_count: orNone(number(pool, 'maxCount')),
    node_count: orNone(number(pool, 'count')),
    os_disk_size_gb: orNone(number(pool, 'osDiskSizeGB')),
    zones: orNone(texts(pool, 'availabilityZones')),
  };
}

function nodePool(properties: Told): Told {
  return {
    ...nodes(properties),
    orchestrator_version: text(properties, 'orchestratorVersion'),
    priority: orNone(text(properties, 'scaleSetPriority')),
  };
}

function registry(properties: Told, item: LiveItem): Told {
  return {
    ...network(properties),
    network_rule_set: networkRules(properties, 'networkRuleSet'),
    anonymous_pull_enabled: flag(properties, 'anonymousPullEnabled'),
    admin_enabled: flag(properties, 'adminUserEnabled'),
    zone_redundancy_enabled: enabled(properties, 'zoneRedundancy'),
    retention_policy_in_days: retention(properties),
    retention_policy: null,
    encryption: block(enabled(properties, 'encryption.status') ?? false),
    sku: text(item, 'sku.name'),
  };
}

/** Days stand there even while the policy is off. */
function retention(properties: Told): number | undefined {
  return given(enabled(properties, 'policies.retentionPolicy.status'), (on) =>
    on ? number(properties, 'policies.retentionPolicy.days') : 0,
  );
}

/** Without an address the group answers to nobody. The values of secure variables are never told. */
function containerGroup(properties: Told): Told {
  return {
    ip_address_type: text(properties, 'ipAddress.type') ?? 'None',
    key_vault_key_id: orNone(text(properties, 'encryptionProperties.keyName')),
    diagnostics: [
      { log_analytics: object(properties, 'diagnostics.logAnalytics') === undefined ? null : [{}] },
    ],
    container: given(list(properties, 'containers'), (containers) =>
      containers.map((container) => ({
        environment_variables: Object.fromEntries(
          (objects(container, 'properties.environmentVariables') ?? []).map((variable) => [
            text(variable, 'name') ?? '',
            text(variable, 'value'),
          ]),
        ),
      })),
    ),
  };
}

function containerApp(properties: Told): Told {
  return {
    ingress: orNone(
      one(object(properties, 'configuration.ingress'), (ingress) => ({
        external_enabled: flag(ingress, 'external'),
        allow_insecure_connections: flag(ingress, 'allowInsecure'),
        ip_security_restriction: orNone(list(ingress, 'ipSecurityRestrictions')),
      })),
    ),
    template: one(object(properties, 'template'), (template) => ({
      max_replicas: number(template, 'scale.maxReplicas'),
      container: (list(template, 'containers') ?? []).map((container) => ({
        env: (list(container, 'env') ?? []).map((variable) => ({
          name: text(variable, 'name'),
          value: text(variable, 'value'),
        })),
      })),
    })),
  };
}

/** The workspace is told by its customer id, not by its resource id: that there is one is what counts. */
function environment(properties: Told): Told {
  return {
    internal_load_balancer_enabled: flag(properties, 'vnetConfiguration.internal') ?? false,
    log_analytics_workspace_id: orNone(
      text(properties, 'appLogsConfiguration.logAnalyticsConfiguration.customerId'),
    ),
    logs_destination: orNone(text(properties, 'appLogsConfiguration.destination')),
    zone_redundancy_enabled: flag(properties, 'zoneRedundant'),
  };
}

export const CONTAINERS: readonly Restatement[] = [
  arm({
    type: 'Microsoft.ContainerService/managedClusters',
    as: 'azurerm_kubernetes_cluster',
    attributes: cluster,
  }),
  arm({
    type: 'Microsoft.ContainerService/managedClusters/agentPools',
    as: 'azurerm_kubernetes_cluster_node_pool',
    attributes: nodePool,
  }),
  arm({
    type: 'Microsoft.ContainerRegistry/registries',
    as: 'azurerm_container_registry',
    attributes: registry,
  }),
  arm({
    type: 'Microsoft.ContainerInstance/containerGroups',
    as: 'azurerm_container_group',
    attributes: containerGroup,
    sensitive: ['properties.containers'],
  }),
  arm({
    type: 'Microsoft.App/containerApps',
    as: 'azurerm_container_app',
    attributes: containerApp,
    sensitive: ['properties.configuration.secrets', 'properties.template.containers'],
  }),
  arm({
    type: 'Microsoft.App/managedEnvironments',
    as: 'azurerm_container_app_environment',
    attributes: environment,
  }),
];
