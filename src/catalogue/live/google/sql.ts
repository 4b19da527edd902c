import { flag, given, list, number, object, orNone, text } from '../read.ts';
import type { Restatement } from '../restatement.ts';
import { asset, each, keyBlock, last, one } from './asset.ts';
import type { Data, Told } from './asset.ts';

/** Terraform's guard is the provider's own; Cloud SQL's stands among the settings. */
function sql(data: Data): Told {
  return {
    settings: settings(data),
    database_version: text(data, 'databaseVersion'),
    encryption_key_name: orNone(text(data, 'diskEncryptionConfiguration.kmsKeyName')),
    master_instance_name: orNone(text(data, 'masterInstanceName')),
  };
}

/** Told as a whole or not at all: inside a block that is told, what is missing counts as the provider's default. */
function settings(data: Data): Told[string] {
  return given(flag(data, 'settings.ipConfiguration.ipv4Enabled'), (address) => [
    {
      tier: text(data, 'settings.tier'),
      disk_size: number(data, 'settings.dataDiskSizeGb'),
      availability_type: text(data, 'settings.availabilityType'),
      deletion_protection_enabled: flag(data, 'settings.deletionProtectionEnabled') ?? false,
      ip_configuration: [
        {
          ipv4_enabled: address,
          ssl_mode: text(data, 'settings.ipConfiguration.sslMode'),
          require_ssl: flag(data, 'settings.ipConfiguration.requireSsl') ?? false,
          authorized_networks: each(
            data,
            'settings.ipConfiguration.authorizedNetworks',
            (network) => ({ value: text(network, 'value') }),
          ),
        },
      ],
      backup_configuration: [backups(object(data, 'settings.backupConfiguration'))],
      insights_config: [
        { query_insights_enabled: flag(data, 'settings.insightsConfig.queryInsightsEnabled') },
      ],
    },
  ]);
}

function backups(backup: unknown): Told {
  const kept = number(backup, 'backupRetentionSettings.retainedBackups');
  return {
    enabled: flag(backup, 'enabled') ?? false,
    backup_retention_settings: kept === undefined ? null : [{ retained_backups: kept }],
  };
}

function alloydb(data: Data): Told {
  return {
    encryption_config: keyBlock(data, 'encryptionConfig'),
    // Unlike most switches, this one is told when it is off, too.
    continuous_backup_config: given(flag(data, 'continuousBackupConfig.enabled'), (enabled) => [
      { enabled, recovery_window_days: number(data, 'continuousBackupConfig.recoveryWindowDays') },
    ]),
    automated_backup_policy: [{ enabled: flag(data, 'automatedBackupPolicy.enabled') ?? false }],
    database_version: text(data, 'databaseVersion'),
  };
}

/** The configuration's name ends a path, `…/instanceConfigs/regional-europe-west1`. */
function spannerInstance(data: Data): Told {
  const most = number(data, 'autoscalingConfig.autoscalingLimits.maxNodes');
  return {
    config: given(text(data, 'config'), last),
    num_nodes: orNone(number(data, 'nodeCount')),
    autoscaling_config: most === undefined ? null : [{ autoscaling_limits: [{ max_nodes: most }] }],
  };
}

function spannerDatabase(data: Data): Told {
  return {
    encryption_config: spannerKey(data),
    enable_drop_protection: flag(data, 'enableDropProtection') ?? false,
  };
}

/** One key, or one for each region. */
function spannerKey(data: Data): Told[string] {
  return one(object(data, 'encryptionConfig'), (encryption) => ({
    kms_key_name: orNone(
      text(encryption, 'kmsKeyName') ?? text(list(encryption, 'kmsKeyNames'), '[0]'),
    ),
  }));
}

function firestore(data: Data): Told {
  return {
    cmek_config: keyBlock(data, 'cmekConfig'),
    delete_protection_state: orNone(text(data, 'deleteProtectionState')),
    // A wish of Terraform's, which no database knows of.
    deletion_policy: null,
    point_in_time_recovery_enablement: orNone(text(data, 'pointInTimeRecoveryEnablement')),
  };
}

export const SQL: readonly Restatement[] = [
  asset({
    type: 'sqladmin.googleapis.com/Instance',
    as: 'google_sql_database_instance',
    attributes: sql,
  }),
  asset({
    type: 'alloydb.googleapis.com/Cluster',
    as: 'google_alloydb_cluster',
    named: false,
    attributes: alloydb,
    sensitive: ['data.initialUser'],
  }),
  asset({
    type: 'spanner.googleapis.com/Instance',
    as: 'google_spanner_instance',
    attributes: spannerInstance,
  }),
  asset({
    type: 'spanner.googleapis.com/Database',
    as: 'google_spanner_database',
    attributes: spannerDatabase,
  }),
  // Its clusters, with their keys and nodes, are assets of their own.
  asset({ type: 'bigtableadmin.googleapis.com/Instance', as: 'google_bigtable_instance' }),
  asset({
    type: 'firestore.googleapis.com/Database',
    as: 'google_firestore_database',
    attributes: firestore,
  }),
];
