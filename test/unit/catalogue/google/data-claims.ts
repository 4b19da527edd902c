import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { ALWAYS, NEVER, YET, beside, block, echo, flag, nest, planned, word } from '../claims.ts';
import type { ClaimTable } from '../claims.ts';
import { encrypted, granted, keyed, guarded } from './common.ts';

const SQL = 'google_sql_database_instance';
const SETTINGS = 'settings[0].';
const IP = `${SETTINGS}ip_configuration[0].`;
const BACKUP = `${SETTINGS}backup_configuration[0].`;
const DATASET = 'google_bigquery_dataset';
const TABLE = 'google_bigquery_table';
const toDataset = { refers: { dataset_id: `${DATASET}.this` } };

export const DATA_CLAIMS: readonly ClaimTable[] = [
  {
    kind: 'gcp.sql.instance',
    type: SQL,
    claims: {
      ...encrypted('encryption_key_name'),
      stateful: ALWAYS,
      encrypted_in_transit: [
        ...word(`${IP}ssl_mode`, 'ENCRYPTED_ONLY', 'ALLOW_UNENCRYPTED_AND_ENCRYPTED'),
        [true, nest(`${IP}ssl_mode`, 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED')],
        [true, nest(`${IP}require_ssl`, true)],
      ],
      public: [
        [false],
        [true, nest(`${IP}authorized_networks`, [{ value: '0.0.0.0/0' }])],
        [false, nest(`${IP}authorized_networks`, [{ value: '203.0.113.0/24' }])],
        [
          false,
          {
            settings: [
              {
                ip_configuration: [
                  { ipv4_enabled: false, authorized_networks: [{ value: '0.0.0.0/0' }] },
                ],
              },
            ],
          },
        ],
        [UNKNOWN, nest(`${IP}authorized_networks`, [{ value: YET }])],
      ],
      public_ip: flag(`${IP}ipv4_enabled`, true),
      backup: [
        ...flag(`${BACKUP}enabled`, false),
        [undefined, { master_instance_name: 'primary' }],
      ],
      backup_retention_days: [
        [0],
        [7, nest(`${BACKUP}enabled`, true)],
        [
          30,
          nest(BACKUP.slice(0, -1), {
            enabled: true,
            backup_retention_settings: [{ retained_backups: 30 }],
          }),
        ],
        [UNKNOWN, nest(`${BACKUP}enabled`, YET)],
      ],
      deletion_protected: [
        ...flag('deletion_protection', true),
        [true, { deletion_protection: false, settings: [{ deletion_protection_enabled: true }] }],
      ],
      multi_zone: word(`${SETTINGS}availability_type`, 'REGIONAL', 'ZONAL'),
      monitoring: flag(`${SETTINGS}insights_config[0].query_insights_enabled`, false),
      size: echo(`${SETTINGS}tier`, 'db-f1-micro'),
      disk_gb: echo(`${SETTINGS}disk_size`, 20),
      engine_version: echo('database_version', 'POSTGRES_16'),
    },
  },
  {
    kind: 'gcp.alloydb.cluster',
    type: 'google_alloydb_cluster',
    claims: {
      ...encrypted('encryption_config[0].kms_key_name'),
      ...guarded(true),
      stateful: ALWAYS,
      backup: [
        ...flag('continuous_backup_config[0].enabled', true),
        [
          true,
          {
            continuous_backup_config: [{ enabled: false }],
            automated_backup_policy: [{ enabled: true }],
          },
        ],
      ],
      backup_retention_days: [
        [14],
        ...echo('continuous_backup_config[0].recovery_window_days', 30),
      ],
      engine_version: echo('database_version', 'POSTGRES_16'),
    },
  },
  {
    kind: 'gcp.spanner.instance',
    type: 'google_spanner_instance',
    claims: {
      encrypted_at_rest: ALWAYS,
      stateful: ALWAYS,
      multi_zone: ALWAYS,
      size: echo('config', 'regional-us-central1'),
      instance_count: echo('num_nodes', 3),
    },
  },
  {
    kind: 'gcp.spanner.database',
    type: 'google_spanner_database',
    claims: {
      ...encrypted('encryption_config[0].kms_key_name'),
      stateful: ALWAYS,
      deletion_protected: [
        ...flag('deletion_protection', true),
        [true, { deletion_protection: false, enable_drop_protection: true }],
      ],
      backup: beside('google_spanner_backup_schedule', 'database', 'google_spanner_database'),
    },
  },
  {
    kind: 'gcp.bigtable.instance',
    type: 'google_bigtable_instance',
    claims: {
      ...guarded(true),
      encrypted_at_rest: ALWAYS,
      customer_key: keyed('cluster[0].kms_key_name'),
      stateful: ALWAYS,
      multi_zone: word('cluster', [{ zone: 'a' }, { zone: 'b' }], [{ zone: 'a' }]),
      instance_count: [
        ...echo('cluster[0].num_nodes', 3),
        [9, { cluster: [{ autoscaling_config: [{ max_nodes: 9 }] }] }],
      ],
    },
  },
  {
    kind: 'gcp.firestore.database',
    type: 'google_firestore_database',
    claims: {
      ...encrypted('cmek_config[0].kms_key_name'),
      stateful: ALWAYS,
      deletion_protected: word(
        'delete_protection_state',
        'DELETE_PROTECTION_ENABLED',
        'DELETE_PROTECTION_DISABLED',
      ),
      versioned: word(
        'point_in_time_recovery_enablement',
        'POINT_IN_TIME_RECOVERY_ENABLED',
        'POINT_IN_TIME_RECOVERY_DISABLED',
      ),
      backup: beside('google_firestore_backup_schedule', 'database', 'google_firestore_database'),
      multi_zone: ALWAYS,
    },
  },
  {
    kind: 'gcp.bigquery.dataset',
    type: DATASET,
    claims: {
      ...encrypted('default_encryption_configuration[0].kms_key_name'),
      stateful: ALWAYS,
      multi_zone: ALWAYS,
      public: [
        ...granted(DATASET, 'dataset_id'),
        [true, { access: [{ role: 'READER', special_group: 'allAuthenticatedUsers' }] }],
        [true, { access: [{ role: 'READER', iam_member: 'allUsers' }] }],
        [false, { access: [{ role: 'OWNER', special_group: 'projectOwners' }] }],
        [UNKNOWN, { access: [{ role: 'READER', special_group: YET }] }],
        [
          true,
          {},
          [
            planned(
              'google_bigquery_dataset_access',
              { special_group: 'allAuthenticatedUsers' },
              toDataset,
            ),
          ],
        ],
        [
          true,
          { dataset_id: 'sales' },
          [
            planned('google_bigquery_dataset_access', {
              dataset_id: 'sales',
              special_group: 'allAuthenticatedUsers',
            }),
          ],
        ],
      ],
      lifecycle: block('default_table_expiration_ms', 3_600_000),
      deletion_protected: flag('delete_contents_on_destroy', true, false),
    },
  },
  {
    kind: 'gcp.bigquery.table',
    type: TABLE,
    claims: {
      ...encrypted('encryption_configuration[0].kms_key_name'),
      ...guarded(true),
      stateful: ALWAYS,
      public: granted(TABLE, 'table_id'),
      lifecycle: block('expiration_time', 3_600_000),
    },
  },
  {
    kind: 'gcp.pubsub.topic',
    type: 'google_pubsub_topic',
    claims: {
      ...encrypted('kms_key_name'),
      stateful: ALWAYS,
      multi_zone: ALWAYS,
      public: granted('google_pubsub_topic', 'topic'),
    },
  },
  {
    kind: 'gcp.pubsub.subscription',
    type: 'google_pubsub_subscription',
    claims: {
      encrypted_at_rest: ALWAYS,
      stateful: ALWAYS,
      public: granted('google_pubsub_subscription', 'subscription'),
      dead_letter: block('dead_letter_policy', [{ dead_letter_topic: 't' }]),
    },
  },
  {
    kind: 'gcp.redis.instance',
    type: 'google_redis_instance',
    claims: {
      ...encrypted('customer_managed_key'),
      ...guarded(false),
      stateful: ALWAYS,
      public: NEVER,
      encrypted_in_transit: word('transit_encryption_mode', 'SERVER_AUTHENTICATION', 'DISABLED'),
      local_auth: flag('auth_enabled', false),
      backup: word('persistence_config[0].persistence_mode', 'RDB', 'DISABLED'),
      multi_zone: word('tier', 'STANDARD_HA', 'BASIC'),
      size: [['BASIC'], ...echo('tier', 'STANDARD_HA')],
      engine_version: echo('redis_version', 'REDIS_7_2'),
    },
  },
  {
    kind: 'gcp.memorystore.instance',
    type: 'google_memorystore_instance',
    claims: {
      ...encrypted('kms_key'),
      stateful: ALWAYS,
      public: NEVER,
      encrypted_in_transit: word(
        'transit_encryption_mode',
        'SERVER_AUTHENTICATION',
        'TRANSIT_ENCRYPTION_DISABLED',
      ),
      backup: block('automated_backup_config', [{ retention: '86400s' }]),
      deletion_protected: flag('deletion_protection_enabled', true),
      multi_zone: word('zone_distribution_config[0].mode', 'MULTI_ZONE', 'SINGLE_ZONE', true),
      instance_count: echo('shard_count', 3),
      size: echo('node_type', 'STANDARD_SMALL'),
      engine_version: echo('engine_version', 'VALKEY_8_0'),
    },
    others: {
      google_redis_cluster: {
        encrypted_in_transit: [
          [true, { transit_encryption_mode: 'TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION' }],
        ],
      },
    },
  },
  {
    kind: 'gcp.dataproc.cluster',
    type: 'google_dataproc_cluster',
    claims: {
      ...encrypted('cluster_config[0].encryption_config[0].kms_key_name'),
      public_ip: flag('cluster_config[0].gce_cluster_config[0].internal_ip_only', true, false),
      network_isolated: flag('cluster_config[0].gce_cluster_config[0].internal_ip_only', false),
      instance_count: echo('cluster_config[0].worker_config[0].num_instances', 2),
      size: echo('cluster_config[0].worker_config[0].machine_type', 'n2-standard-4'),
      gpu: [
        [false, nest('cluster_config[0].worker_config[0].machine_type', 'n2-standard-4')],
        [true, nest('cluster_config[0].worker_config[0].accelerators', [{ accelerator_count: 1 }])],
        [UNKNOWN, nest('cluster_config[0].worker_config[0].machine_type', YET)],
      ],
    },
  },
  {
    kind: 'gcp.composer.environment',
    type: 'google_composer_environment',
    claims: {
      ...encrypted('config[0].encryption_config[0].kms_key_name'),
      stateful: ALWAYS,
      network_isolated: [
        ...flag('config[0].enable_private_environment', false),
        [true, nest('config[0].private_environment_config[0].enable_private_endpoint', true)],
      ],
      multi_zone: word('config[0].resilience_mode', 'HIGH_RESILIENCE', 'STANDARD_RESILIENCE'),
      size: echo('config[0].environment_size', 'ENVIRONMENT_SIZE_SMALL'),
      engine_version: echo('config[0].software_config[0].image_version', 'composer-3-airflow-2'),
    },
  },
];
