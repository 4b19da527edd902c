import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { companion, firstOf, hasBlock, names, orNames, tlsVersion } from '../terraform.ts';
import { allOf, anyOf, equals, holds, map, not, oneOf, orElse } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import {
  UNTAGGED,
  azureKind,
  diagnosed,
  diagnostics,
  identity,
  ownKey,
  reachable,
  store,
} from './service.ts';

/** Page azurerm_mssql_server: encrypted connections only, unless `Disabled` is written for the lowest TLS version. */
function server(view: View): Facts {
  const onlyEntra = view.boolean('azuread_administrator[0].azuread_authentication_only');
  const tls = view.string('minimum_tls_version');
  return {
    ...store(view),
    ...identity(view),
    ...auditing(view),
    encrypted_in_transit: not(equals(tls, 'Disabled')),
    // The retired azurerm_sql_server knows no lowest version, so it says nothing of one.
    tls_version: tlsVersion(tls, view.resource.type === 'azurerm_mssql_server' ? '1.2' : undefined),
    customer_key: anyOf(
      ownKey(view, 'transparent_data_encryption_key_vault_key_id'),
      companion(view, ['azurerm_mssql_server_transparent_data_encryption'], 'server_id', (tde) =>
        ownKey(tde, 'key_vault_key_id'),
      ),
    ),
    public: reachable(view.boolean('public_network_access_enabled')),
    local_auth: not(orElse(onlyEntra, false)),
    engine_version: view.string('version'),
  };
}

function auditing(view: View): Facts {
  return {
    logging: anyOf(
      companion(view, ['azurerm_mssql_server_extended_auditing_policy'], 'server_id', (policy) =>
        orElse(policy.boolean('enabled'), true),
      ),
      diagnosed(view),
    ),
  };
}

/**
 * Azure SQL takes backups of every database by itself and keeps them 7 days unless told
 * (learn.microsoft.com, "Automated backups in Azure SQL Database").
 */
function database(view: View): Facts {
  return {
    ...store(view),
    ...identity(view),
    ...diagnostics(view),
    encrypted_at_rest: orElse(view.boolean('transparent_data_encryption_enabled'), true),
    customer_key: ownKey(view, 'transparent_data_encryption_key_vault_key_id'),
    backup: true,
    backup_retention_days: orElse(view.number('short_term_retention_policy[0].retention_days'), 7),
    multi_zone: orElse(view.boolean('zone_redundant'), false),
    size: firstOf(view.string('sku_name'), view.string('requested_service_objective_name')),
    disk_gb: view.number('max_size_gb'),
  };
}

function managedInstance(view: View): Facts {
  return {
    ...store(view),
    ...identity(view),
    ...diagnostics(view),
    encrypted_in_transit: true,
    tls_version: tlsVersion(view.string('minimum_tls_version'), '1.2'),
    customer_key: companion(
      view,
      ['azurerm_mssql_managed_instance_transparent_data_encryption'],
      'managed_instance_id',
      (tde) => ownKey(tde, 'key_vault_key_id'),
    ),
    public: orElse(view.boolean('public_data_endpoint_enabled'), false),
    backup: true,
    multi_zone: orElse(view.boolean('zone_redundant_enabled'), false),
    size: view.string('sku_name'),
    disk_gb: view.number('storage_size_in_gb'),
  };
}

/**
 * Admits everyone when the range is all of IPv4. 0.0.0.0 alone is Azure's own sign for "services of any Azure customer",
 * which is not the internet.
 */
function firewallRule(view: View): Facts {
  return {
    open_ingress: allOf(
      oneOf(view.string('start_ip_address'), ['0.0.0.0', '0.0.0.1', '1.0.0.0']),
      holds(view.string('end_ip_address'), (end) => end.startsWith('255.')),
    ),
  };
}

function inSubnet(view: View): Truth {
  return orNames(names(view, 'delegated_subnet_id'), view, 'delegated_subnet_id', [
    'azurerm_subnet',
  ]);
}

/** PostgreSQL and MySQL flexible servers keep backups 7 days unless told; single servers (retired) did the same. */
function flexible(view: View): Facts {
  const network = firstOf(
    view.boolean('public_network_access_enabled'),
    map(view.string('public_network_access'), (text) => text.toLowerCase() === 'enabled'),
  );
  return {
    ...store(view),
    ...identity(view),
    ...diagnostics(view),
    customer_key: hasBlock(view, 'customer_managed_key'),
    // A server inside a delegated subnet has no public endpoint, whatever the switch says.
    public: allOf(reachable(network), not(inSubnet(view))),
    backup: true,
    backup_retention_days: orElse(view.number('backup_retention_days'), 7),
    multi_zone: equals(view.string('high_availability[0].mode'), 'ZoneRedundant'),
    size: view.string('sku_name'),
    disk_gb: firstOf(
      map(view.number('storage_mb'), (mb) => mb / 1024),
      view.number('storage[0].size_gb'),
    ),
    engine_version: view.string('version'),
  };
}

/** `require_secure_transport` is a server parameter, ON unless a configuration switches it off. */
function secureTransport(view: View, configuration: string, reference: string): Truth {
  const off = companion(view, [configuration], reference, (setting) =>
    allOf(
      equals(setting.string('name'), 'require_secure_transport'),
      holds(setting.string('value'), (value) => value.toLowerCase() === 'off'),
    ),
  );
  return not(off);
}

function postgresql(view: View): Facts {
  return {
    ...flexible(view),
    encrypted_in_transit: secureTransport(
      view,
      'azurerm_postgresql_flexible_server_configuration',
      'server_id',
    ),
    local_auth: orElse(view.boolean('authentication[0].password_auth_enabled'), true),
  };
}

function mysql(view: View): Facts {
  return {
    ...flexible(view),
    encrypted_in_transit: secureTransport(
      view,
      'azurerm_mysql_flexible_server_configuration',
      'server_name',
    ),
  };
}

/** Single servers: page azurerm_postgresql_server; `ssl_enforcement_enabled` is required there. */
function single(view: View): Facts {
  return {
    ...flexible(view),
    customer_key: companion(
      view,
      ['azurerm_postgresql_server_key', 'azurerm_mysql_server_key'],
      'server_id',
    ),
    encrypted_in_transit: orElse(view.boolean('ssl_enforcement_enabled'), true),
    tls_version: tlsVersion(view.string('ssl_minimal_tls_version_enforced'), '1.2'),
    multi_zone: false,
  };
}

export const SQL: readonly Kind[] = [
  azureKind({
    kind: 'azure.sql.server',
    title: 'Azure SQL server',
    types: ['azurerm_mssql_server', 'azurerm_sql_server'],
    facts: server,
  }),
  azureKind({
    kind: 'azure.sql.database',
    title: 'Azure SQL database',
    types: ['azurerm_mssql_database', 'azurerm_sql_database'],
    facts: database,
  }),
  azureKind({
    kind: 'azure.sql.managed_instance',
    title: 'Azure SQL managed instance',
    types: ['azurerm_mssql_managed_instance'],
    facts: managedInstance,
  }),
  azureKind({
    kind: 'azure.postgresql.server',
    title: 'Azure Database for PostgreSQL',
    types: ['azurerm_postgresql_flexible_server'],
    facts: postgresql,
  }),
  azureKind({
    kind: 'azure.mysql.server',
    title: 'Azure Database for MySQL',
    types: ['azurerm_mysql_flexible_server'],
    facts: mysql,
  }),
  azureKind({
    kind: 'azure.sql.single_server',
    title: 'Azure Database single server for PostgreSQL, MySQL or MariaDB',
    types: ['azurerm_postgresql_server', 'azurerm_mysql_server', 'azurerm_mariadb_server'],
    facts: single,
  }),
  azureKind({
    kind: 'azure.sql.firewall_rule',
    title: 'Firewall rule of an Azure database server',
    types: [
      'azurerm_mssql_firewall_rule',
      'azurerm_sql_firewall_rule',
      'azurerm_postgresql_firewall_rule',
      'azurerm_postgresql_flexible_server_firewall_rule',
      'azurerm_mysql_firewall_rule',
      'azurerm_mysql_flexible_server_firewall_rule',
    ],
    tags: UNTAGGED,
    facts: firewallRule,
  }),
];
