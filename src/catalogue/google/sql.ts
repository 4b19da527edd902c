import type { Facts } from '../facts.ts';
import type { Kind } from '../kind.ts';
import { isEveryone } from '../ports.ts';
import { companion, firstOf } from '../terraform.ts';
import { allOf, anyOf, equals, holds, oneOf, orElse, someOf, when } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { UNLABELLED, encrypted, googleKind, guarded, ownKeyIn } from './service.ts';

/**
 * Page google_sql_database_instance: an address of the internet unless told, backups only when told, and the provider
 * refuses to delete unless told. The address alone lets nobody in; an authorized network does.
 */
function sql(view: View): Facts {
  const at = 'settings[0].';
  const networks = view.list(`${at}ip_configuration[0].authorized_networks`);
  const address = orElse(view.boolean(`${at}ip_configuration[0].ipv4_enabled`), true);
  return {
    ...encrypted(view, 'encryption_key_name'),
    ...backups(view),
    stateful: true,
    encrypted_in_transit: tlsOnly(view),
    public: allOf(
      address,
      someOf(networks, (network) => holds(network.string('value'), isEveryone)),
    ),
    public_ip: address,
    deletion_protected: anyOf(
      guarded(view, true),
      orElse(view.boolean(`${at}deletion_protection_enabled`), false),
    ),
    multi_zone: equals(view.string(`${at}availability_type`), 'REGIONAL'),
    monitoring: orElse(view.boolean(`${at}insights_config[0].query_insights_enabled`), false),
    size: view.string(`${at}tier`),
    disk_gb: view.number(`${at}disk_size`),
    engine_version: view.string('database_version'),
  };
}

/** `require_ssl` up to version 5 of the provider, `ssl_mode` since. */
function tlsOnly(view: View): Truth {
  const at = 'settings[0].ip_configuration[0].';
  return anyOf(
    oneOf(view.string(`${at}ssl_mode`), ['ENCRYPTED_ONLY', 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED']),
    orElse(view.boolean(`${at}require_ssl`), false),
  );
}

/** A replica takes no backups of its own. They are taken daily, so that their number is a number of days; 7 unless told. */
function backups(view: View): Facts {
  if (view.string('master_instance_name') !== undefined) return {};
  const at = 'settings[0].backup_configuration[0].';
  const on = orElse(view.boolean(`${at}enabled`), false);
  const kept = orElse(view.number(`${at}backup_retention_settings[0].retained_backups`), 7);
  return { backup: on, backup_retention_days: when(on, kept, 0) };
}

/** Page google_alloydb_cluster: continuous backup is on unless told, for 14 days. */
function alloydb(view: View): Facts {
  return {
    ...encrypted(view, 'encryption_config[0].kms_key_name'),
    stateful: true,
    backup: anyOf(
      orElse(view.boolean('continuous_backup_config[0].enabled'), true),
      orElse(view.boolean('automated_backup_policy[0].enabled'), false),
    ),
    backup_retention_days: orElse(
      view.number('continuous_backup_config[0].recovery_window_days'),
      14,
    ),
    deletion_protected: guarded(view, true),
    engine_version: view.string('database_version'),
  };
}

/** Page google_spanner_instance; `regional-us-central1` lives in three zones, as every configuration does. */
function spannerInstance(view: View): Facts {
  return {
    encrypted_at_rest: true,
    stateful: true,
    multi_zone: true,
    size: view.string('config'),
    instance_count: firstOf(
      view.number('autoscaling_config[0].autoscaling_limits[0].max_nodes'),
      view.number('num_nodes'),
    ),
  };
}

function spannerDatabase(view: View): Facts {
  return {
    ...encrypted(view, 'encryption_config[0].kms_key_name'),
    stateful: true,
    deletion_protected: anyOf(
      guarded(view, true),
      orElse(view.boolean('enable_drop_protection'), false),
    ),
    backup: companion(view, ['google_spanner_backup_schedule'], 'database'),
  };
}

/** Page google_bigtable_instance. It survives a zone when it has clusters in more than one. */
function bigtable(view: View): Facts {
  return {
    encrypted_at_rest: true,
    customer_key: ownKeyIn(view, 'cluster', 'kms_key_name'),
    stateful: true,
    deletion_protected: guarded(view, true),
    multi_zone: holds(view.list('cluster'), (clusters) => clusters.length > 1),
    instance_count: firstOf(
      view.number('cluster[0].autoscaling_config[0].max_nodes'),
      view.number('cluster[0].num_nodes'),
    ),
  };
}

/** Page google_firestore_database. */
function firestore(view: View): Facts {
  return {
    ...encrypted(view, 'cmek_config[0].kms_key_name'),
    stateful: true,
    deletion_protected: anyOf(
      equals(view.string('delete_protection_state'), 'DELETE_PROTECTION_ENABLED'),
      equals(view.string('deletion_policy'), 'PREVENT'),
    ),
    versioned: equals(
      view.string('point_in_time_recovery_enablement'),
      'POINT_IN_TIME_RECOVERY_ENABLED',
    ),
    backup: companion(view, ['google_firestore_backup_schedule'], 'database'),
    multi_zone: true,
  };
}

export const SQL: readonly Kind[] = [
  googleKind({
    kind: 'gcp.sql.instance',
    title: 'Cloud SQL instance',
    types: ['google_sql_database_instance'],
    tags: { shape: 'map', path: 'settings[0].user_labels' },
    facts: sql,
  }),
  googleKind({
    kind: 'gcp.alloydb.cluster',
    title: 'AlloyDB cluster',
    types: ['google_alloydb_cluster'],
    facts: alloydb,
  }),
  googleKind({
    kind: 'gcp.spanner.instance',
    title: 'Spanner instance',
    types: ['google_spanner_instance'],
    facts: spannerInstance,
  }),
  googleKind({
    kind: 'gcp.spanner.database',
    title: 'Spanner database',
    types: ['google_spanner_database'],
    tags: UNLABELLED,
    facts: spannerDatabase,
  }),
  googleKind({
    kind: 'gcp.bigtable.instance',
    title: 'Bigtable instance',
    types: ['google_bigtable_instance'],
    facts: bigtable,
  }),
  googleKind({
    kind: 'gcp.firestore.database',
    title: 'Firestore database',
    types: ['google_firestore_database'],
    tags: UNLABELLED,
    facts: firestore,
  }),
];
