import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { firstOf, hasBlock, names, orNames, says } from '../terraform.ts';
import { allOf, anyOf, equals, map, not, oneOf, orElse, present } from '../values.ts';
import type { View } from '../view.ts';
import {
  accelerated,
  azureKind,
  diagnostics,
  identity,
  locked,
  ownKey,
  reachable,
  store,
} from './service.ts';

/** Page azurerm_machine_learning_workspace: reachable unless told; the managed network is off unless it isolates. */
function mlWorkspace(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    stateful: true,
    encrypted_at_rest: true,
    customer_key: hasBlock(view, 'encryption'),
    public: reachable(view.boolean('public_network_access_enabled')),
    network_isolated: oneOf(view.string('managed_network[0].isolation_mode'), [
      'AllowOnlyApprovedOutbound',
      'AllowInternetOutbound',
    ]),
    deletion_protected: locked(view),
    size: view.string('sku_name'),
  };
}

/** Pages azurerm_machine_learning_compute_instance and _cluster: a public address and local logins unless told. */
function mlCompute(view: View): Facts {
  const size = firstOf(view.string('virtual_machine_size'), view.string('vm_size'));
  const address = orElse(view.boolean('node_public_ip_enabled'), true);
  return {
    ...identity(view),
    public_ip: address,
    network_isolated: allOf(
      not(address),
      orNames(names(view, 'subnet_resource_id'), view, 'subnet_resource_id', ['azurerm_subnet']),
    ),
    local_auth: orElse(view.boolean('local_auth_enabled'), true),
    spot: says(view.string('vm_priority'), 'LowPriority'),
    instance_count: view.number('scale_settings[0].max_node_count'),
    size,
    gpu: accelerated(size),
  };
}

/** Page azurerm_cognitive_account (Azure OpenAI too): reachable and open to keys unless told. */
function cognitive(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    encrypted_at_rest: true,
    customer_key: hasBlock(view, 'customer_managed_key'),
    public: reachable(
      view.boolean('public_network_access_enabled'),
      view.string('network_acls[0].default_action'),
    ),
    network_isolated: orElse(view.boolean('outbound_network_access_restricted'), false),
    local_auth: orElse(view.boolean('local_auth_enabled'), true),
    size: view.string('sku_name'),
  };
}

/** Page azurerm_search_service. */
function search(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    stateful: true,
    encrypted_at_rest: true,
    public: allOf(
      reachable(view.boolean('public_network_access_enabled')),
      not(present(view.read('allowed_ips'))),
    ),
    local_auth: orElse(view.boolean('local_authentication_enabled'), true),
    size: view.string('sku'),
    instance_count: orElse(view.number('replica_count'), 1),
  };
}

/** Page azurerm_data_factory. */
function factory(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    stateful: true,
    encrypted_at_rest: true,
    customer_key: ownKey(view, 'customer_managed_key_id'),
    public: reachable(view.boolean('public_network_enabled')),
    network_isolated: orElse(view.boolean('managed_virtual_network_enabled'), false),
  };
}

/** Page azurerm_synapse_workspace: reachable unless told; SQL logins besides Entra unless told. */
function synapse(view: View): Facts {
  return {
    ...store(view),
    ...identity(view),
    ...diagnostics(view),
    customer_key: hasBlock(view, 'customer_managed_key'),
    public: reachable(view.boolean('public_network_access_enabled')),
    network_isolated: allOf(
      orElse(view.boolean('managed_virtual_network_enabled'), false),
      orElse(view.boolean('data_exfiltration_protection_enabled'), false),
    ),
    local_auth: not(orElse(view.boolean('azuread_authentication_only'), false)),
  };
}

/** Page azurerm_synapse_sql_pool: encryption of the pool itself is off unless switched on. */
function sqlPool(view: View): Facts {
  return {
    ...store(view),
    encrypted_at_rest: orElse(view.boolean('data_encrypted'), false),
    backup: orElse(view.boolean('geo_backup_policy_enabled'), true),
    size: view.string('sku_name'),
  };
}

/** Page azurerm_databricks_workspace: clusters get public addresses unless `no_public_ip` is set (the default since 4). */
function databricks(view: View): Facts {
  const hidden = orElse(view.boolean('custom_parameters[0].no_public_ip'), true);
  return {
    ...diagnostics(view),
    stateful: true,
    encrypted_at_rest: true,
    customer_key: anyOf(
      orElse(view.boolean('customer_managed_key_enabled'), false),
      ownKey(view, 'managed_services_cmk_key_vault_key_id', 'managed_disk_cmk_key_vault_key_id'),
    ),
    public: reachable(view.boolean('public_network_access_enabled')),
    public_ip: map(hidden, (none) => !none),
    size: view.string('sku'),
  };
}

export const DATA: readonly Kind[] = [
  azureKind({
    kind: 'azure.ml.workspace',
    title: 'Azure Machine Learning workspace',
    types: ['azurerm_machine_learning_workspace'],
    facts: mlWorkspace,
  }),
  azureKind({
    kind: 'azure.ml.compute',
    title: 'Azure Machine Learning compute',
    types: [
      'azurerm_machine_learning_compute_instance',
      'azurerm_machine_learning_compute_cluster',
    ],
    facts: mlCompute,
  }),
  azureKind({
    kind: 'azure.cognitive.account',
    title: 'Azure AI services account',
    types: ['azurerm_cognitive_account', 'azurerm_ai_services'],
    facts: cognitive,
  }),
  azureKind({
    kind: 'azure.search.service',
    title: 'Azure AI Search',
    types: ['azurerm_search_service'],
    facts: search,
  }),
  azureKind({
    kind: 'azure.datafactory.factory',
    title: 'Azure Data Factory',
    types: ['azurerm_data_factory'],
    facts: factory,
  }),
  azureKind({
    kind: 'azure.synapse.workspace',
    title: 'Azure Synapse workspace',
    types: ['azurerm_synapse_workspace'],
    facts: synapse,
  }),
  azureKind({
    kind: 'azure.synapse.sql_pool',
    title: 'Azure Synapse SQL pool',
    types: ['azurerm_synapse_sql_pool'],
    facts: sqlPool,
  }),
  azureKind({
    kind: 'azure.synapse.spark_pool',
    title: 'Azure Synapse Spark pool',
    types: ['azurerm_synapse_spark_pool'],
    facts: (view) => ({
      size: view.string('node_size'),
      instance_count: firstOf(
        view.number('auto_scale[0].max_node_count'),
        view.number('node_count'),
      ),
      gpu: equals(view.string('node_size_family'), 'HardwareAcceleratedGPU'),
    }),
  }),
  azureKind({
    kind: 'azure.databricks.workspace',
    title: 'Azure Databricks workspace',
    types: ['azurerm_databricks_workspace'],
    facts: databricks,
  }),
];
