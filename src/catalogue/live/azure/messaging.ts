import { flag, given, number, object, objects, orNone, text } from '../read.ts';
import type { LiveItem, Restated, Restatement } from '../restatement.ts';
import { arm, block, inverted, network, one, orNative } from './arm.ts';
import type { Told } from './arm.ts';

/** What both kinds of namespaces tell; their network rules are children, which the lower tiers do not have. */
function namespace(properties: Told, item: LiveItem): Told {
  return {
    ...network(properties),
    minimum_tls_version: text(properties, 'minimumTlsVersion'),
    sku: text(item, 'sku.name'),
    capacity: orNone(number(item, 'sku.capacity')),
  };
}

function serviceBus(properties: Told, item: LiveItem): Told {
  return {
    ...namespace(properties, item),
    customer_managed_key: block(hasKeys(properties)),
    local_auth_enabled: inverted(properties, 'disableLocalAuth'),
    ...(isTier(item, 'basic', 'standard') ? { network_rule_set: null } : {}),
  };
}

function eventHubs(properties: Told, item: LiveItem): Told {
  return {
    ...namespace(properties, item),
    maximum_throughput_units: limit(number(properties, 'maximumThroughputUnits')),
    local_authentication_enabled: inverted(properties, 'disableLocalAuth'),
    ...(isTier(item, 'basic') ? { network_rulesets: null } : {}),
  };
}

/** 0 stands for a limit that nobody set. */
function limit(units: number | undefined): number | null {
  return units === undefined || units === 0 ? null : units;
}

function isTier(item: LiveItem, ...tiers: readonly string[]): boolean {
  return tiers.includes((text(item, 'sku.name') ?? '').toLowerCase());
}

/** `encryption` is null, or without keys, where the platform's key is used. */
function hasKeys(properties: Told): boolean {
  return (objects(properties, 'encryption.keyVaultProperties') ?? []).length > 0;
}

/** Terraform writes the key as a resource of its own. */
function eventHubsKey(properties: Told): Omit<Restated, 'attributes'> {
  const type = 'azurerm_eventhub_namespace_customer_managed_key';
  return {
    companions: hasKeys(properties) ? [{ type, attributes: {} }] : [],
    tells: [type],
  };
}

function queue(properties: Told): Told {
  return {
    dead_lettering_on_message_expiration: flag(properties, 'deadLetteringOnMessageExpiration'),
    forward_dead_lettered_messages_to: orNone(text(properties, 'forwardDeadLetteredMessagesTo')),
  };
}

function hub(properties: Told): Told {
  return {
    capture_description: orNone(
      one(flag(properties, 'captureDescription.enabled'), (on) => ({ enabled: on })),
    ),
    partition_count: number(properties, 'partitionCount'),
  };
}

function eventGrid(properties: Told): Told {
  return {
    ...network(properties),
    local_auth_enabled: inverted(properties, 'disableLocalAuth'),
  };
}

/** Microsoft.Cache/Redis. Its settings come as texts under hyphenated names; the SKU stands among the properties. */
function redis(properties: Told): Told {
  return {
    ...network(properties),
    non_ssl_port_enabled: flag(properties, 'enableNonSslPort'),
    // Left out where nobody set it: then the service takes TLS 1.0, or 1.2 on caches made since it refuses less.
    minimum_tls_version: text(properties, 'minimumTlsVersion'),
    redis_configuration: one(object(properties, 'redisConfiguration'), (settings) => ({
      rdb_backup_enabled: flag(settings, 'rdb-backup-enabled'),
      aof_backup_enabled: flag(settings, 'aof-backup-enabled'),
    })),
    access_keys_authentication_enabled: inverted(properties, 'disableAccessKeyAuthentication'),
    sku_name: text(properties, 'sku.name'),
    family: text(properties, 'sku.family'),
    capacity: number(properties, 'sku.capacity'),
    redis_version: given(text(properties, 'redisVersion'), majorVersion),
  };
}

/** The provider's page knows major versions alone: `6`, where Azure says `6.0`. */
function majorVersion(version: string): string {
  return version.split('.')[0] ?? version;
}

/** Databases of the cluster are children: protocol and passwords stay unknown. */
function managedRedis(properties: Told, item: LiveItem): Told {
  return {
    customer_managed_key: block(
      text(properties, 'encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl') !== undefined,
    ),
    public_network_access: text(properties, 'publicNetworkAccess'),
    high_availability_enabled: given(
      text(properties, 'highAvailability'),
      (word) => word.toLowerCase() === 'enabled',
    ),
    sku_name: text(item, 'sku.name'),
  };
}

/** `Enterprise_E10` and `EnterpriseFlash_F300` are the retired service, the others Azure Managed Redis. */
function redisType(item: LiveItem): string {
  const retired = /^enterprise/i.test(text(item, 'sku.name') ?? '');
  return retired ? orNative(item, undefined) : 'azurerm_managed_redis';
}

export const MESSAGING: readonly Restatement[] = [
  arm({
    type: 'Microsoft.ServiceBus/namespaces',
    as: 'azurerm_servicebus_namespace',
    attributes: serviceBus,
  }),
  arm({
    type: 'Microsoft.ServiceBus/namespaces/queues',
    as: 'azurerm_servicebus_queue',
    attributes: queue,
  }),
  arm({
    type: 'Microsoft.ServiceBus/namespaces/topics/subscriptions',
    as: 'azurerm_servicebus_subscription',
    attributes: queue,
  }),
  arm({
    type: 'Microsoft.EventHub/namespaces',
    as: 'azurerm_eventhub_namespace',
    attributes: eventHubs,
    companions: eventHubsKey,
  }),
  arm({
    type: 'Microsoft.EventHub/namespaces/eventhubs',
    as: 'azurerm_eventhub',
    attributes: hub,
  }),
  arm({
    type: 'Microsoft.EventGrid/topics',
    as: 'azurerm_eventgrid_topic',
    attributes: eventGrid,
  }),
  arm({
    type: 'Microsoft.EventGrid/domains',
    as: 'azurerm_eventgrid_domain',
    attributes: eventGrid,
  }),
  arm({
    type: 'Microsoft.Cache/Redis',
    as: 'azurerm_redis_cache',
    attributes: redis,
    sensitive: ['properties.accessKeys'],
  }),
  arm({ type: 'Microsoft.Cache/redisEnterprise', as: redisType, attributes: managedRedis }),
];
