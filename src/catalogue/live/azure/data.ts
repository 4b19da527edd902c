import { at, flag, list, number, object, orNone, text } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import {
  arm,
  block,
  enabled,
  inverted,
  network,
  networkRules,
  one,
  orNative,
  reads,
} from './arm.ts';
import type { Told } from './arm.ts';

function mlWorkspace(properties: Told, item: LiveItem): Told {
  return {
    ...network(properties),
    encryption: block(enabled(properties, 'encryption.status') ?? false),
    managed_network: orNone(
      one(text(properties, 'managedNetwork.isolationMode'), (mode) => ({ isolation_mode: mode })),
    ),
    sku_name: text(item, 'sku.name'),
  };
}

/** The machines of a compute are described one level further down; where somebody else manages them, nowhere. */
function mlCompute(properties: Told): Told {
  const inner = at(properties, 'properties');
  return {
    virtual_machine_size: text(inner, 'vmSize'),
    node_public_ip_enabled: flag(inner, 'enableNodePublicIp'),
    subnet_resource_id: object(properties, 'properties') && orNone(text(inner, 'subnet.id')),
    local_auth_enabled: inverted(properties, 'disableLocalAuth'),
    vm_priority: object(properties, 'properties') && orNone(text(inner, 'vmPriority')),
    scale_settings: orNone(
      one(number(inner, 'scaleSettings.maxNodeCount'), (most) => ({ max_node_count: most })),
    ),
  };
}

/** Computes attached from elsewhere (Kubernetes, Databricks, machines) are none of the provider's own. */
function computeType(item: LiveItem): string {
  const type = text(item, 'properties.computeType') ?? '';
  return orNative(item, COMPUTES.get(type.toLowerCase()));
}

const COMPUTES: ReadonlyMap<string, string> = new Map([
  ['computeinstance', 'azurerm_machine_learning_compute_instance'],
  ['amlcompute', 'azurerm_machine_learning_compute_cluster'],
]);

function cognitive(properties: Told, item: LiveItem): Told {
  return {
    ...network(properties),
    network_acls: networkRules(properties, 'networkAcls'),
    customer_managed_key: block(
      reads(properties, 'encryption.keySource', 'Microsoft.KeyVault') ?? false,
    ),
    // Left out while nobody restricted it.
    outbound_network_access_restricted: flag(properties, 'restrictOutboundNetworkAccess') ?? false,
    local_auth_enabled: inverted(properties, 'disableLocalAuth'),
    sku_name: text(item, 'sku.name'),
  };
}

function search(properties: Told, item: LiveItem): Told {
  return {
    ...network(properties),
    allowed_ips: (list(properties, 'networkRuleSet.ipRules') ?? []).map((rule) =>
      text(rule, 'value'),
    ),
    local_authentication_enabled: inverted(properties, 'disableLocalAuth'),
    sku: text(item, 'sku.name'),
    replica_count: number(properties, 'replicaCount'),
  };
}

/** The managed network is a child of the factory. */
function factory(properties: Told): Told {
  return {
    public_network_enabled: enabled(properties, 'publicNetworkAccess'),
    customer_managed_key_id: orNone(text(properties, 'encryption.keyName')),
  };
}

/** The managed network is there when it is named, `default`; a workspace without one answers with an empty text. */
function synapse(properties: Told): Told {
  return {
    ...network(properties),
    customer_managed_key: block(text(properties, 'encryption.cmk.key.name') !== undefined),
    managed_virtual_network_enabled: (text(properties, 'managedVirtualNetwork') ?? '') !== '',
    data_exfiltration_protection_enabled:
      flag(properties, 'managedVirtualNetworkSettings.preventDataExfiltration') ?? false,
    azuread_authentication_only: flag(properties, 'azureADOnlyAuthentication'),
  };
}

function sparkPool(properties: Told): Told {
  const scales = flag(properties, 'autoScale.enabled') === true;
  return {
    node_size: text(properties, 'nodeSize'),
    node_size_family: text(properties, 'nodeSizeFamily'),
    auto_scale: scales ? [{ max_node_count: number(properties, 'autoScale.maxNodeCount') }] : null,
    node_count: orNone(number(properties, 'nodeCount')),
  };
}

/** Parameters wrap their values. */
function databricks(properties: Told, item: LiveItem): Told {
  return {
    ...network(properties),
    custom_parameters: one(flag(properties, 'parameters.enableNoPublicIp.value'), (hidden) => ({
      no_public_ip: hidden,
    })),
    customer_managed_key_enabled: flag(properties, 'parameters.prepareEncryption.value') ?? false,
    managed_services_cmk_key_vault_key_id: databricksKey(properties, 'managedServices'),
    managed_disk_cmk_key_vault_key_id: databricksKey(properties, 'managedDisk'),
    sku: text(item, 'sku.name'),
  };
}

function databricksKey(properties: Told, what: string): Told[string] {
  return orNone(text(properties, `encryption.entities.${what}.keyVaultProperties.keyName`));
}

export const DATA: readonly Restatement[] = [
  arm({
    type: 'Microsoft.MachineLearningServices/workspaces',
    as: 'azurerm_machine_learning_workspace',
    attributes: mlWorkspace,
  }),
  arm({
    type: 'Microsoft.MachineLearningServices/workspaces/computes',
    as: computeType,
    attributes: mlCompute,
  }),
  arm({
    type: 'Microsoft.CognitiveServices/accounts',
    as: 'azurerm_cognitive_account',
    attributes: cognitive,
  }),
  arm({
    type: 'Microsoft.Search/searchServices',
    as: 'azurerm_search_service',
    attributes: search,
  }),
  arm({
    type: 'Microsoft.DataFactory/factories',
    as: 'azurerm_data_factory',
    attributes: factory,
  }),
  arm({
    type: 'Microsoft.Synapse/workspaces',
    as: 'azurerm_synapse_workspace',
    attributes: synapse,
  }),
  arm({
    type: 'Microsoft.Synapse/workspaces/sqlPools',
    as: 'azurerm_synapse_sql_pool',
    attributes: (_, item) => ({ sku_name: text(item, 'sku.name') }),
  }),
  arm({
    type: 'Microsoft.Synapse/workspaces/bigDataPools',
    as: 'azurerm_synapse_spark_pool',
    attributes: sparkPool,
  }),
  arm({
    type: 'Microsoft.Databricks/workspaces',
    as: 'azurerm_databricks_workspace',
    attributes: databricks,
  }),
];
