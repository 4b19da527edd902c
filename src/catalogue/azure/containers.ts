import { secretInMap, secretInPairs } from '../environment.ts';
import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { firstOf, hasBlock, names, orNames, says } from '../terraform.ts';
import { allOf, anyOf, equals, holds, not, oneOf, orElse, present, someOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import {
  accelerated,
  azureKind,
  diagnosed,
  diagnostics,
  identity,
  inSeveralZones,
  locked,
  ownKey,
  reachable,
} from './service.ts';

/**
 * Page azurerm_kubernetes_cluster. The API server is public unless the cluster is private or lists who may come;
 * local accounts (static certificates) stay on unless disabled.
 */
function cluster(view: View): Facts {
  const channel = firstOf(
    view.string('automatic_upgrade_channel'),
    view.string('automatic_channel_upgrade'),
  );
  const size = view.string('default_node_pool[0].vm_size');
  return {
    ...identity(view),
    encrypted_at_rest: true,
    customer_key: anyOf(
      ownKey(view, 'disk_encryption_set_id'),
      hasBlock(view, 'key_management_service'),
    ),
    public: not(anyOf(orElse(view.boolean('private_cluster_enabled'), false), restricted(view))),
    logging: anyOf(
      diagnosed(view),
      hasBlock(view, 'oms_agent'),
      orElse(view.boolean('addon_profile[0].oms_agent[0].enabled'), false),
    ),
    local_auth: not(orElse(view.boolean('local_account_disabled'), false)),
    auto_upgrade: not(equals(orElse(channel, 'none'), 'none')),
    engine_version: view.string('kubernetes_version'),
    deletion_protected: locked(view),
    multi_zone: inSeveralZones(view, 'default_node_pool[0].zones'),
    monitoring: hasBlock(view, 'monitor_metrics'),
    size,
    gpu: accelerated(size),
    ...nodes(view, 'default_node_pool[0].'),
  };
}

/** `api_server_authorized_ip_ranges` up to azurerm 3. */
function restricted(view: View): Truth {
  return anyOf(
    present(view.read('api_server_access_profile[0].authorized_ip_ranges')),
    present(view.read('api_server_authorized_ip_ranges')),
  );
}

/** Switches of a node pool: `enable_node_public_ip` up to azurerm 3, `node_public_ip_enabled` since. */
function nodes(view: View, at: string): Facts {
  const ip = firstOf(
    view.boolean(`${at}node_public_ip_enabled`),
    view.boolean(`${at}enable_node_public_ip`),
  );
  return {
    public_ip: orElse(ip, false),
    instance_count: firstOf(view.number(`${at}max_count`), view.number(`${at}node_count`)),
    disk_gb: view.number(`${at}os_disk_size_gb`),
  };
}

function nodePool(view: View): Facts {
  const size = view.string('vm_size');
  return {
    ...nodes(view, ''),
    encrypted_at_rest: true,
    multi_zone: inSeveralZones(view),
    engine_version: view.string('orchestrator_version'),
    spot: equals(view.string('priority'), 'Spot'),
    size,
    gpu: accelerated(size),
  };
}

/** Page azurerm_container_registry. Content trust and quarantine exist for Premium alone. */
function registry(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    stateful: true,
    encrypted_at_rest: true,
    deletion_protected: locked(view),
    customer_key: hasBlock(view, 'encryption'),
    public: reachable(
      view.boolean('public_network_access_enabled'),
      view.string('network_rule_set[0].default_action'),
    ),
    anyone_trusted: orElse(view.boolean('anonymous_pull_enabled'), false),
    local_auth: orElse(view.boolean('admin_enabled'), false),
    multi_zone: orElse(view.boolean('zone_redundancy_enabled'), false),
    lifecycle: holds(
      firstOf(view.number('retention_policy_in_days'), view.number('retention_policy[0].days')),
      (days) => days > 0,
    ),
    size: view.string('sku'),
  };
}

/** Page azurerm_container_group: the address is public unless told; `Private` and `None` are not. */
function containerGroup(view: View): Facts {
  const open = says(orElse(view.string('ip_address_type'), 'Public'), 'Public');
  return {
    ...identity(view),
    public: open,
    public_ip: open,
    customer_key: ownKey(view, 'key_vault_key_id'),
    logging: hasBlock(view, 'diagnostics[0].log_analytics'),
    secret_in_environment: someOf(view.list('container'), (container) =>
      secretInMap(container, 'environment_variables'),
    ),
    multi_zone: inSeveralZones(view),
    spot: equals(view.string('priority'), 'Spot'),
    gpu: someOf(view.list('container'), (container) =>
      anyOf(hasBlock(container, 'gpu'), hasBlock(container, 'gpu_limit')),
    ),
    size: view.string('sku'),
  };
}

/** Page azurerm_container_app: reachable from outside its environment when its ingress is external. */
function containerApp(view: View): Facts {
  const restricts = hasBlock(view, 'ingress[0].ip_security_restriction');
  return {
    ...identity(view),
    public: allOf(orElse(view.boolean('ingress[0].external_enabled'), false), not(restricts)),
    encrypted_in_transit: not(orElse(view.boolean('ingress[0].allow_insecure_connections'), false)),
    secret_in_environment: someOf(view.list('template[0].container'), (container) =>
      secretInPairs(container.list('env')),
    ),
    instance_count: orElse(view.number('template[0].max_replicas'), 10),
  };
}

/** Page azurerm_container_app_environment. */
function environment(view: View): Facts {
  const inside = orElse(view.boolean('internal_load_balancer_enabled'), false);
  return {
    public: not(inside),
    network_isolated: inside,
    logging: anyOf(
      orNames(names(view, 'log_analytics_workspace_id'), view, 'log_analytics_workspace_id', [
        'azurerm_log_analytics_workspace',
      ]),
      oneOf(view.string('logs_destination'), ['azure-monitor', 'log-analytics']),
    ),
    multi_zone: orElse(view.boolean('zone_redundancy_enabled'), false),
  };
}

export const CONTAINERS: readonly Kind[] = [
  azureKind({
    kind: 'azure.kubernetes.cluster',
    title: 'Azure Kubernetes Service cluster',
    types: ['azurerm_kubernetes_cluster'],
    facts: cluster,
  }),
  azureKind({
    kind: 'azure.kubernetes.node_pool',
    title: 'Node pool of an Azure Kubernetes Service cluster',
    types: ['azurerm_kubernetes_cluster_node_pool'],
    facts: nodePool,
  }),
  azureKind({
    kind: 'azure.container.registry',
    title: 'Azure container registry',
    types: ['azurerm_container_registry'],
    facts: registry,
  }),
  azureKind({
    kind: 'azure.container.group',
    title: 'Azure container instances',
    types: ['azurerm_container_group'],
    facts: containerGroup,
  }),
  azureKind({
    kind: 'azure.container.app',
    title: 'Azure container app',
    types: ['azurerm_container_app'],
    facts: containerApp,
  }),
  azureKind({
    kind: 'azure.container.environment',
    title: 'Environment of Azure container apps',
    types: ['azurerm_container_app_environment'],
    facts: environment,
  }),
];
