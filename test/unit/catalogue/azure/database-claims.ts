import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, NEVER, YET, beside, block, echo, flag, planned, word } from '../claims.ts';
import type { Claim, ClaimTable, Claims } from '../claims.ts';
import { IDENTIFIED, KEY_ID, diagnosed, reachable, stored, tls } from './common.ts';

const SERVER = 'azurerm_mssql_server';
const DATABASE = 'azurerm_mssql_database';
const INSTANCE = 'azurerm_mssql_managed_instance';
const POSTGRESQL = 'azurerm_postgresql_flexible_server';
const MYSQL = 'azurerm_mysql_flexible_server';
const SINGLE = 'azurerm_postgresql_server';
const COSMOS = 'azurerm_cosmosdb_account';
const KUSTO = 'azurerm_kusto_cluster';
const ANYONE = { start_ip_address: '0.0.0.0', end_ip_address: '255.255.255.255' };

const TDE_KEY: readonly Claim[] = [
  ...block('transparent_data_encryption_key_vault_key_id', KEY_ID),
  // The key is made by the same plan: its id is yet to come, but that there is one is certain.
  [
    true,
    { transparent_data_encryption_key_vault_key_id: YET },
    [planned('azurerm_key_vault_key', {})],
    { refers: { transparent_data_encryption_key_vault_key_id: 'azurerm_key_vault_key.this' } },
  ],
];

function flexible(type: string, network: Claims['public']): Claims {
  return {
    ...stored(type),
    ...IDENTIFIED,
    ...diagnosed(type),
    customer_key: block('customer_managed_key', [{ key_vault_key_id: KEY_ID }]),
    public: [
      ...(network ?? []),
      [false, { delegated_subnet_id: '/subnets/db' }],
      [UNKNOWN, { delegated_subnet_id: YET }],
      [
        false,
        { delegated_subnet_id: YET },
        [planned('azurerm_subnet', {})],
        { refers: { delegated_subnet_id: 'azurerm_subnet.this' } },
      ],
    ],
    backup: ALWAYS,
    backup_retention_days: [[7], ...echo('backup_retention_days', 35)],
    multi_zone: word('high_availability[0].mode', 'ZoneRedundant', 'SameZone'),
    size: echo('sku_name', 'GP_Standard_D2s_v3'),
    engine_version: echo('version', '16'),
  };
}

function transport(type: string, configuration: string, reference: string): Claim[] {
  const refers = { [reference]: `${type}.this` };
  const setting = { name: 'require_secure_transport', value: 'OFF' };
  return [
    [true],
    [true, {}, [planned(configuration, { name: 'max_connections', value: 'OFF' }, { refers })]],
    [false, {}, [planned(configuration, setting, { refers })]],
    [UNKNOWN, {}, [planned(configuration, { ...setting, value: YET }, { refers })]],
  ];
}

export const DATABASE_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'azure.sql.server',
    type: SERVER,
    claims: {
      ...stored(SERVER),
      ...IDENTIFIED,
      logging: [
        ...(diagnosed(SERVER).logging ?? []),
        ...beside(
          'azurerm_mssql_server_extended_auditing_policy',
          'server_id',
          SERVER,
          {},
          { enabled: false },
        ),
      ],
      ...reachable(),
      encrypted_in_transit: [
        [true],
        [false, { minimum_tls_version: 'Disabled' }],
        [UNKNOWN, { minimum_tls_version: YET }],
      ],
      tls_version: tls('minimum_tls_version', '1.2', 'Disabled'),
      customer_key: [
        ...TDE_KEY,
        ...beside('azurerm_mssql_server_transparent_data_encryption', 'server_id', SERVER, {
          key_vault_key_id: KEY_ID,
        }),
      ],
      local_auth: flag('azuread_administrator[0].azuread_authentication_only', true, false),
      engine_version: echo('version', '12.0'),
    },
    others: { azurerm_sql_server: { tls_version: [[undefined]] } },
  },
  {
    kind: 'azure.sql.database',
    type: DATABASE,
    claims: {
      ...stored(DATABASE),
      ...IDENTIFIED,
      ...diagnosed(DATABASE),
      encrypted_at_rest: flag('transparent_data_encryption_enabled', true),
      customer_key: TDE_KEY,
      backup: ALWAYS,
      backup_retention_days: [[7], ...echo('short_term_retention_policy[0].retention_days', 35)],
      multi_zone: flag('zone_redundant', false),
      size: echo('sku_name', 'S0'),
      disk_gb: echo('max_size_gb', 250),
    },
    others: {
      azurerm_sql_database: { size: [['S1', { requested_service_objective_name: 'S1' }]] },
    },
  },
  {
    kind: 'azure.sql.managed_instance',
    type: INSTANCE,
    claims: {
      ...stored(INSTANCE),
      ...IDENTIFIED,
      ...diagnosed(INSTANCE),
      encrypted_in_transit: ALWAYS,
      tls_version: tls('minimum_tls_version', '1.2', '1.0'),
      customer_key: beside(
        'azurerm_mssql_managed_instance_transparent_data_encryption',
        'managed_instance_id',
        INSTANCE,
        { key_vault_key_id: KEY_ID },
        {},
      ),
      public: flag('public_data_endpoint_enabled', false),
      backup: ALWAYS,
      multi_zone: flag('zone_redundant_enabled', false),
      size: echo('sku_name', 'GP_Gen5'),
      disk_gb: echo('storage_size_in_gb', 32),
    },
  },
  {
    kind: 'azure.postgresql.server',
    type: POSTGRESQL,
    claims: {
      ...flexible(POSTGRESQL, reachable().public),
      encrypted_in_transit: transport(
        POSTGRESQL,
        'azurerm_postgresql_flexible_server_configuration',
        'server_id',
      ),
      local_auth: flag('authentication[0].password_auth_enabled', true),
      disk_gb: [
        [32, { storage_mb: 32_768 }],
        [UNKNOWN, { storage_mb: YET }],
      ],
    },
  },
  {
    kind: 'azure.mysql.server',
    type: MYSQL,
    claims: {
      ...flexible(MYSQL, word('public_network_access', 'Enabled', 'Disabled', true)),
      encrypted_in_transit: transport(
        MYSQL,
        'azurerm_mysql_flexible_server_configuration',
        'server_name',
      ),
      disk_gb: echo('storage[0].size_gb', 20),
    },
  },
  {
    kind: 'azure.sql.single_server',
    type: SINGLE,
    claims: {
      ...flexible(SINGLE, reachable().public),
      customer_key: beside('azurerm_postgresql_server_key', 'server_id', SINGLE),
      encrypted_in_transit: flag('ssl_enforcement_enabled', true),
      tls_version: tls('ssl_minimal_tls_version_enforced', '1.2', 'TLSEnforcementDisabled'),
      multi_zone: NEVER,
      disk_gb: [
        [5, { storage_mb: 5_120 }],
        [UNKNOWN, { storage_mb: YET }],
      ],
    },
    others: {
      azurerm_mysql_server: { public: ALWAYS },
      azurerm_mariadb_server: { public: ALWAYS },
    },
  },
  {
    kind: 'azure.sql.firewall_rule',
    type: 'azurerm_mssql_firewall_rule',
    claims: {
      open_ingress: [
        [true, ANYONE],
        [false, { start_ip_address: '0.0.0.0', end_ip_address: '0.0.0.0' }],
        [false, { start_ip_address: '203.0.113.1', end_ip_address: '203.0.113.9' }],
        [UNKNOWN, { start_ip_address: '0.0.0.0', end_ip_address: YET }],
        [false, { start_ip_address: '203.0.113.1', end_ip_address: YET }],
      ],
    },
    others: {
      azurerm_sql_firewall_rule: { open_ingress: [[true, ANYONE]] },
      azurerm_postgresql_firewall_rule: { open_ingress: [[true, ANYONE]] },
      azurerm_postgresql_flexible_server_firewall_rule: { open_ingress: [[true, ANYONE]] },
      azurerm_mysql_firewall_rule: { open_ingress: [[true, ANYONE]] },
      azurerm_mysql_flexible_server_firewall_rule: { open_ingress: [[true, ANYONE]] },
    },
  },
  {
    kind: 'azure.cosmosdb.account',
    type: COSMOS,
    claims: {
      ...stored(COSMOS),
      ...IDENTIFIED,
      ...diagnosed(COSMOS),
      encrypted_in_transit: ALWAYS,
      tls_version: tls('minimal_tls_version', '1.2', 'Tls'),
      customer_key: block('key_vault_key_id', KEY_ID),
      public: [
        ...flag('public_network_access_enabled', true),
        [false, { ip_range_filter: ['203.0.113.7'] }],
        [false, { ip_range_filter: '203.0.113.7' }],
        [true, { ip_range_filter: '' }],
        [false, { is_virtual_network_filter_enabled: true }],
        [UNKNOWN, { ip_range_filter: YET }],
      ],
      backup: ALWAYS,
      multi_zone: word('geo_location[0].zone_redundant', true, false),
      local_auth: [
        ...flag('local_authentication_enabled', true),
        [false, { local_authentication_disabled: true }],
      ],
      engine_version: echo('mongo_server_version', '4.2'),
    },
  },
  {
    kind: 'azure.cosmosdb.database',
    type: 'azurerm_cosmosdb_sql_database',
    claims: { stateful: ALWAYS, encrypted_at_rest: ALWAYS },
    others: {
      azurerm_cosmosdb_mongo_database: { stateful: ALWAYS },
      azurerm_cosmosdb_cassandra_keyspace: { stateful: ALWAYS },
      azurerm_cosmosdb_gremlin_database: { stateful: ALWAYS },
      azurerm_cosmosdb_table: { stateful: ALWAYS },
    },
  },
  {
    kind: 'azure.kusto.cluster',
    type: KUSTO,
    claims: {
      ...IDENTIFIED,
      ...diagnosed(KUSTO),
      stateful: ALWAYS,
      encrypted_at_rest: [
        ...flag('disk_encryption_enabled', false),
        [true, { enable_disk_encryption: true }],
      ],
      public: [
        ...flag('public_network_access_enabled', true),
        [false, { allowed_ip_ranges: ['203.0.113.0/24'] }],
        [UNKNOWN, { allowed_ip_ranges: YET }],
      ],
      size: echo('sku[0].name', 'Standard_D13_v2'),
      instance_count: echo('sku[0].capacity', 2),
      multi_zone: word('zones', ['1', '2'], ['1']),
    },
  },
];
