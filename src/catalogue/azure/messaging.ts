import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { companion, firstOf, hasBlock, tlsVersion } from '../terraform.ts';
import { anyOf, map, not, orElse, present } from '../values.ts';
import type { View } from '../view.ts';
import {
  UNTAGGED,
  azureKind,
  diagnostics,
  identity,
  inSeveralZones,
  reachable,
  store,
} from './service.ts';

/** Page azurerm_servicebus_namespace: shared keys are accepted and the network is open unless told. */
function serviceBus(view: View): Facts {
  return {
    ...store(view),
    ...identity(view),
    ...diagnostics(view),
    encrypted_in_transit: true,
    tls_version: tlsVersion(view.string('minimum_tls_version'), '1.2'),
    customer_key: hasBlock(view, 'customer_managed_key'),
    public: reachable(
      view.boolean('public_network_access_enabled'),
      view.string('network_rule_set[0].default_action'),
    ),
    local_auth: orElse(view.boolean('local_auth_enabled'), true),
    size: view.string('sku'),
    instance_count: view.number('capacity'),
  };
}

/** Page azurerm_eventhub_namespace: the key stands in a resource of its own. */
function eventHubs(view: View): Facts {
  return {
    ...store(view),
    ...identity(view),
    ...diagnostics(view),
    encrypted_in_transit: true,
    tls_version: tlsVersion(view.string('minimum_tls_version'), '1.2'),
    customer_key: companion(
      view,
      ['azurerm_eventhub_namespace_customer_managed_key'],
      'eventhub_namespace_id',
    ),
    public: reachable(
      view.boolean('public_network_access_enabled'),
      view.string('network_rulesets[0].default_action'),
    ),
    local_auth: orElse(view.boolean('local_authentication_enabled'), true),
    size: view.string('sku'),
    instance_count: firstOf(view.number('maximum_throughput_units'), view.number('capacity')),
  };
}

/** Every queue has a dead-letter queue for what cannot be delivered; expired messages go there only when told. */
function queue(view: View): Facts {
  return {
    stateful: true,
    dead_letter: anyOf(
      orElse(view.boolean('dead_lettering_on_message_expiration'), false),
      present(view.read('forward_dead_lettered_messages_to')),
    ),
  };
}

function hub(view: View): Facts {
  return {
    stateful: true,
    backup: orElse(view.boolean('capture_description[0].enabled'), false),
    instance_count: view.number('partition_count'),
  };
}

/** Page azurerm_eventgrid_topic: public and open to shared keys unless told. */
function eventGrid(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    public: reachable(view.boolean('public_network_access_enabled')),
    local_auth: orElse(view.boolean('local_auth_enabled'), true),
  };
}

/**
 * Page azurerm_redis_cache: TLS only, unless the plain port is opened (`enable_non_ssl_port` up to azurerm 3); the
 * lowest TLS version is 1.0 unless told. The service itself is reachable from everywhere unless it stands in a subnet.
 */
function redis(view: View): Facts {
  const plain = firstOf(view.boolean('non_ssl_port_enabled'), view.boolean('enable_non_ssl_port'));
  return {
    ...store(view),
    ...identity(view),
    ...diagnostics(view),
    encrypted_in_transit: not(orElse(plain, false)),
    tls_version: tlsVersion(view.string('minimum_tls_version'), '1.0'),
    public: reachable(view.boolean('public_network_access_enabled')),
    backup: anyOf(
      orElse(view.boolean('redis_configuration[0].rdb_backup_enabled'), false),
      orElse(view.boolean('redis_configuration[0].aof_backup_enabled'), false),
    ),
    local_auth: orElse(view.boolean('access_keys_authentication_enabled'), true),
    multi_zone: inSeveralZones(view),
    size: redisSize(view),
    engine_version: view.string('redis_version'),
  };
}

/** `Premium_P1`: the family and capacity tell how large a tier is. */
function redisSize(view: View): Facts['size'] {
  const family = view.string('family');
  const capacity = view.number('capacity');
  return map(view.string('sku_name'), (sku) =>
    typeof family === 'string' && typeof capacity === 'number'
      ? `${sku}_${family}${capacity}`
      : sku,
  );
}

/** Page azurerm_managed_redis: highly available, reachable and encrypted unless told. */
function managedRedis(view: View): Facts {
  return {
    ...store(view),
    ...identity(view),
    customer_key: hasBlock(view, 'customer_managed_key'),
    encrypted_in_transit: map(
      orElse(view.string('default_database[0].client_protocol'), 'Encrypted'),
      (protocol) => protocol === 'Encrypted',
    ),
    public: map(
      orElse(view.string('public_network_access'), 'Enabled'),
      (access) => access === 'Enabled',
    ),
    local_auth: orElse(
      view.boolean('default_database[0].access_keys_authentication_enabled'),
      false,
    ),
    multi_zone: orElse(view.boolean('high_availability_enabled'), true),
    size: view.string('sku_name'),
  };
}

export const MESSAGING: readonly Kind[] = [
  azureKind({
    kind: 'azure.servicebus.namespace',
    title: 'Azure Service Bus namespace',
    types: ['azurerm_servicebus_namespace'],
    facts: serviceBus,
  }),
  azureKind({
    kind: 'azure.servicebus.queue',
    title: 'Azure Service Bus queue or subscription',
    types: ['azurerm_servicebus_queue', 'azurerm_servicebus_subscription'],
    tags: UNTAGGED,
    facts: queue,
  }),
  azureKind({
    kind: 'azure.eventhub.namespace',
    title: 'Azure Event Hubs namespace',
    types: ['azurerm_eventhub_namespace'],
    facts: eventHubs,
  }),
  azureKind({
    kind: 'azure.eventhub.hub',
    title: 'Azure event hub',
    types: ['azurerm_eventhub'],
    tags: UNTAGGED,
    facts: hub,
  }),
  azureKind({
    kind: 'azure.eventgrid.topic',
    title: 'Azure Event Grid topic or domain',
    types: ['azurerm_eventgrid_topic', 'azurerm_eventgrid_domain'],
    facts: eventGrid,
  }),
  azureKind({
    kind: 'azure.redis.cache',
    title: 'Azure Cache for Redis',
    types: ['azurerm_redis_cache'],
    facts: redis,
  }),
  azureKind({
    kind: 'azure.redis.managed',
    title: 'Azure Managed Redis',
    types: ['azurerm_managed_redis'],
    facts: managedRedis,
  }),
];
