import { flag, given, list, number, objects, orNone, text, texts } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { arm, inverted, network } from './arm.ts';
import type { Told } from './arm.ts';

/** Microsoft.DocumentDB/databaseAccounts; `keyVaultKeyUri` is left out where the platform's key is used. */
function account(properties: Told): Told {
  return {
    ...network(properties),
    minimal_tls_version: text(properties, 'minimalTlsVersion'),
    key_vault_key_id: orNone(text(properties, 'keyVaultKeyUri')),
    managed_hsm_key_id: null,
    ip_range_filter: given(objects(properties, 'ipRules'), (rules) =>
      rules.map((rule) => text(rule, 'ipAddressOrRange')),
    ),
    is_virtual_network_filter_enabled: flag(properties, 'isVirtualNetworkFilterEnabled'),
    geo_location: given(list(properties, 'locations'), (places) =>
      places.map((place) => ({ zone_redundant: flag(place, 'isZoneRedundant') })),
    ),
    local_authentication_enabled: inverted(properties, 'disableLocalAuth'),
    mongo_server_version: orNone(text(properties, 'apiProperties.serverVersion')),
  };
}

function kusto(properties: Told, item: LiveItem): Told {
  return {
    ...network(properties),
    disk_encryption_enabled: flag(properties, 'enableDiskEncryption'),
    allowed_ip_ranges: orNone(texts(properties, 'allowedIpRangeList')),
    sku: [{ name: text(item, 'sku.name'), capacity: number(item, 'sku.capacity') }],
  };
}

const DATABASES = {
  sqlDatabases: 'azurerm_cosmosdb_sql_database',
  mongodbDatabases: 'azurerm_cosmosdb_mongo_database',
  cassandraKeyspaces: 'azurerm_cosmosdb_cassandra_keyspace',
  gremlinDatabases: 'azurerm_cosmosdb_gremlin_database',
  tables: 'azurerm_cosmosdb_table',
};

export const COSMOSDB: readonly Restatement[] = [
  arm({
    type: 'Microsoft.DocumentDB/databaseAccounts',
    as: 'azurerm_cosmosdb_account',
    attributes: account,
  }),
  ...Object.entries(DATABASES).map(([type, as]) =>
    arm({ type: `Microsoft.DocumentDB/databaseAccounts/${type}`, as }),
  ),
  arm({ type: 'Microsoft.Kusto/clusters', as: 'azurerm_kusto_cluster', attributes: kusto }),
];
