import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, YET, beside, block, echo, flag, word } from '../claims.ts';
import type { ClaimTable } from '../claims.ts';
import { IDENTIFIED, KEY_ID, diagnosed, reachable, stored, tls } from './common.ts';

const BUS = 'azurerm_servicebus_namespace';
const HUBS = 'azurerm_eventhub_namespace';
const GRID = 'azurerm_eventgrid_topic';
const REDIS = 'azurerm_redis_cache';
const MANAGED = 'azurerm_managed_redis';

export const MESSAGING_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'azure.servicebus.namespace',
    type: BUS,
    claims: {
      ...stored(BUS),
      ...IDENTIFIED,
      ...diagnosed(BUS),
      ...reachable('public_network_access_enabled', 'network_rule_set[0].default_action'),
      encrypted_in_transit: ALWAYS,
      tls_version: tls('minimum_tls_version', '1.2', '1.0'),
      customer_key: block('customer_managed_key', [{ key_vault_key_id: KEY_ID }]),
      local_auth: flag('local_auth_enabled', true),
      size: echo('sku', 'Premium'),
      instance_count: echo('capacity', 1),
    },
  },
  {
    kind: 'azure.servicebus.queue',
    type: 'azurerm_servicebus_queue',
    claims: {
      stateful: ALWAYS,
      dead_letter: [
        ...flag('dead_lettering_on_message_expiration', false),
        [true, { forward_dead_lettered_messages_to: 'q' }],
      ],
    },
    others: { azurerm_servicebus_subscription: { dead_letter: [[false]] } },
  },
  {
    kind: 'azure.eventhub.namespace',
    type: HUBS,
    claims: {
      ...stored(HUBS),
      ...IDENTIFIED,
      ...diagnosed(HUBS),
      ...reachable('public_network_access_enabled', 'network_rulesets[0].default_action'),
      encrypted_in_transit: ALWAYS,
      tls_version: tls('minimum_tls_version', '1.2', '1.0'),
      customer_key: beside(
        'azurerm_eventhub_namespace_customer_managed_key',
        'eventhub_namespace_id',
        HUBS,
      ),
      local_auth: flag('local_authentication_enabled', true),
      size: echo('sku', 'Standard'),
      instance_count: [...echo('capacity', 2), [20, { capacity: 2, maximum_throughput_units: 20 }]],
    },
  },
  {
    kind: 'azure.eventhub.hub',
    type: 'azurerm_eventhub',
    claims: {
      stateful: ALWAYS,
      backup: flag('capture_description[0].enabled', false),
      instance_count: echo('partition_count', 4),
    },
  },
  {
    kind: 'azure.eventgrid.topic',
    type: GRID,
    claims: {
      ...IDENTIFIED,
      ...diagnosed(GRID),
      ...reachable(),
      local_auth: flag('local_auth_enabled', true),
    },
    others: { azurerm_eventgrid_domain: { public: [[true]] } },
  },
  {
    kind: 'azure.redis.cache',
    type: REDIS,
    claims: {
      ...stored(REDIS),
      ...IDENTIFIED,
      ...diagnosed(REDIS),
      ...reachable(),
      encrypted_in_transit: [
        ...flag('non_ssl_port_enabled', true, false),
        [false, { enable_non_ssl_port: true }],
      ],
      tls_version: [
        ['1.0'],
        ['1.2', { minimum_tls_version: '1.2' }],
        [UNKNOWN, { minimum_tls_version: YET }],
      ],
      backup: [
        ...flag('redis_configuration[0].rdb_backup_enabled', false),
        [true, { redis_configuration: [{ aof_backup_enabled: true }] }],
      ],
      local_auth: flag('access_keys_authentication_enabled', true),
      multi_zone: word('zones', ['1', '2'], ['1']),
      size: [
        ['Premium_P1', { sku_name: 'Premium', family: 'P', capacity: 1 }],
        ['Basic', { sku_name: 'Basic' }],
        [UNKNOWN, { sku_name: YET }],
      ],
      engine_version: echo('redis_version', '6'),
    },
  },
  {
    kind: 'azure.redis.managed',
    type: MANAGED,
    claims: {
      ...stored(MANAGED),
      ...IDENTIFIED,
      customer_key: block('customer_managed_key', [{ key_vault_key_id: KEY_ID }]),
      encrypted_in_transit: word(
        'default_database[0].client_protocol',
        'Encrypted',
        'Plaintext',
        true,
      ),
      public: word('public_network_access', 'Enabled', 'Disabled', true),
      local_auth: flag('default_database[0].access_keys_authentication_enabled', false),
      multi_zone: flag('high_availability_enabled', true),
      size: echo('sku_name', 'Balanced_B10'),
    },
  },
];
