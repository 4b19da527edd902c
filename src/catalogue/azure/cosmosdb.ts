import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { firstOf, tlsVersion, unless } from '../terraform.ts';
import { allOf, anyOf, holds, not, orElse, present, someOf, strings } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { UNTAGGED, azureKind, diagnostics, identity, ownKey, reachable, store } from './service.ts';

/** Page azurerm_cosmosdb_account: backups are periodic unless told, kept 8 hours; TLS 1.2 is the lowest by default. */
function account(view: View): Facts {
  const localAuth = firstOf(
    view.boolean('local_authentication_enabled'),
    unless(view.boolean('local_authentication_disabled')),
  );
  return {
    ...store(view),
    ...identity(view),
    ...diagnostics(view),
    encrypted_in_transit: true,
    tls_version: tlsVersion(view.string('minimal_tls_version'), '1.2'),
    customer_key: ownKey(view, 'key_vault_key_id', 'managed_hsm_key_id'),
    public: allOf(reachable(view.boolean('public_network_access_enabled')), not(filtered(view))),
    backup: true,
    multi_zone: someOf(view.list('geo_location'), (place) =>
      orElse(place.boolean('zone_redundant'), false),
    ),
    local_auth: orElse(localAuth, true),
    engine_version: view.string('mongo_server_version'),
  };
}

/** Firewalled to addresses (a set since azurerm 4, before that text parted by commas) or to subnets. */
function filtered(view: View): Truth {
  return anyOf(
    present(view.read('ip_range_filter')),
    orElse(view.boolean('is_virtual_network_filter_enabled'), false),
  );
}

/** Azure Data Explorer: page azurerm_kusto_cluster, disks are not encrypted unless told. */
function kusto(view: View): Facts {
  return {
    ...identity(view),
    ...diagnostics(view),
    stateful: true,
    encrypted_at_rest: orElse(
      firstOf(view.boolean('disk_encryption_enabled'), view.boolean('enable_disk_encryption')),
      false,
    ),
    public: allOf(
      reachable(view.boolean('public_network_access_enabled')),
      not(someOf(strings(view, 'allowed_ip_ranges'), (range) => holds(range, () => true))),
    ),
    size: view.string('sku[0].name'),
    instance_count: view.number('sku[0].capacity'),
    multi_zone: holds(view.list('zones'), (zones) => zones.length > 1),
  };
}

export const COSMOSDB: readonly Kind[] = [
  azureKind({
    kind: 'azure.cosmosdb.account',
    title: 'Azure Cosmos DB account',
    types: ['azurerm_cosmosdb_account'],
    facts: account,
  }),
  azureKind({
    kind: 'azure.cosmosdb.database',
    title: 'Azure Cosmos DB database',
    types: [
      'azurerm_cosmosdb_sql_database',
      'azurerm_cosmosdb_mongo_database',
      'azurerm_cosmosdb_cassandra_keyspace',
      'azurerm_cosmosdb_gremlin_database',
      'azurerm_cosmosdb_table',
    ],
    tags: UNTAGGED,
    facts: () => ({ stateful: true, encrypted_at_rest: true }),
  }),
  azureKind({
    kind: 'azure.kusto.cluster',
    title: 'Azure Data Explorer cluster',
    types: ['azurerm_kusto_cluster'],
    facts: kusto,
  }),
];
