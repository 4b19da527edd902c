import { raw } from '../../../builders.ts';
import type { FactTable } from '../../../builders.ts';
import { U, loose, says, table, toCome } from './table.ts';
import type { Claims } from './table.ts';

const group = (type: string, name: string, value: string): ReturnType<typeof raw> =>
  raw(type, { name: 'g', parameter: [{ name, value }] });

const CLUSTER_UNKNOWN = [
  'storage_encrypted',
  'kms_key_id',
  'backup_retention_period',
  'deletion_protection',
  'enabled_cloudwatch_logs_exports',
  'engine_version',
  'db_cluster_parameter_group_name',
  'iam_database_authentication_enabled',
];
const clusterToCome: Claims = {
  encrypted_at_rest: U,
  customer_key: U,
  backup: U,
  backup_retention_days: U,
  deletion_protected: U,
  logging: U,
  engine_version: U,
};
const bareCluster = {
  name: 'c',
  stateful: true,
  encrypted_at_rest: false,
  customer_key: false,
  backup: true,
  backup_retention_days: 1,
  deletion_protected: false,
  logging: false,
};
const kept = {
  storage_encrypted: true,
  kms_key_id: 'k',
  deletion_protection: true,
  engine_version: '1',
  enabled_cloudwatch_logs_exports: ['audit'],
  db_cluster_parameter_group_name: 'g',
};
const keptFacts = {
  encrypted_at_rest: true,
  customer_key: true,
  deletion_protected: true,
  logging: true,
};

export const CLUSTER_TABLES: readonly FactTable[] = [
  table(
    'aws.rds.cluster',
    'aws_rds_cluster',
    says(
      'bare',
      { cluster_identifier: 'c', engine: 'aurora-mysql' },
      { ...bareCluster, multi_zone: true, managed_identity: false, encrypted_in_transit: false },
    ),
    says(
      'well kept',
      { ...kept, engine: 'aurora-mysql', iam_database_authentication_enabled: true },
      {
        ...keptFacts,
        engine_version: 'aurora-mysql 1',
        managed_identity: true,
        encrypted_in_transit: true,
      },
      { with: [group('aws_rds_cluster_parameter_group', 'require_secure_transport', '1')] },
    ),
    says(
      'without backups',
      { backup_retention_period: 0 },
      { backup: false, backup_retention_days: 0 },
    ),
    toCome(CLUSTER_UNKNOWN, { ...clusterToCome, managed_identity: U, encrypted_in_transit: U }),
  ),
  table(
    'aws.docdb.cluster',
    'aws_docdb_cluster',
    says(
      'bare',
      { cluster_identifier: 'c', engine: 'docdb' },
      { ...bareCluster, multi_zone: false, encrypted_in_transit: false },
    ),
    says(
      'well kept',
      { ...kept, cluster_identifier: 'c' },
      { ...keptFacts, multi_zone: true, encrypted_in_transit: true },
      {
        with: [
          group('aws_docdb_cluster_parameter_group', 'tls', 'enabled'),
          ...['a', 'b'].map((name) =>
            raw('aws_docdb_cluster_instance', { cluster_identifier: 'c' }, { address: name }),
          ),
        ],
      },
    ),
    says('without backups', { backup_retention_period: 0 }, { backup: false }),
    toCome(
      CLUSTER_UNKNOWN,
      { ...clusterToCome, multi_zone: U, encrypted_in_transit: U },
      { with: [loose('aws_docdb_cluster_instance', 'cluster_identifier')] },
    ),
  ),
  table(
    'aws.neptune.cluster',
    'aws_neptune_cluster',
    says(
      'bare',
      { cluster_identifier: 'c' },
      { ...bareCluster, multi_zone: false, managed_identity: false },
    ),
    says(
      'well kept',
      {
        ...kept,
        kms_key_arn: 'k',
        enable_cloudwatch_logs_exports: ['audit'],
        iam_database_authentication_enabled: true,
        cluster_identifier: 'c',
      },
      { ...keptFacts, multi_zone: true, managed_identity: true },
      {
        with: ['a', 'b'].map((name) =>
          raw('aws_neptune_cluster_instance', { cluster_identifier: 'c' }, { address: name }),
        ),
      },
    ),
    says('without backups', { backup_retention_period: 0 }, { backup: false }),
    toCome(
      [...CLUSTER_UNKNOWN, 'kms_key_arn'],
      { ...clusterToCome, multi_zone: U, managed_identity: U },
      { with: [loose('aws_neptune_cluster_instance', 'cluster_identifier')] },
    ),
  ),
  table(
    'aws.rds.cluster_instance',
    'aws_rds_cluster_instance',
    says(
      'bare',
      { identifier: 'i', instance_class: 'db.r6g.large' },
      {
        name: 'i',
        size: 'db.r6g.large',
        public: false,
        auto_upgrade: true,
        monitoring: false,
      },
    ),
    says(
      'public',
      {
        instance_class: 'db.g5.large',
        publicly_accessible: true,
        auto_minor_version_upgrade: false,
        performance_insights_enabled: true,
      },
      { public: true, auto_upgrade: false, monitoring: true },
    ),
    toCome(
      [
        'instance_class',
        'publicly_accessible',
        'auto_minor_version_upgrade',
        'monitoring_interval',
      ],
      { size: U, public: U, auto_upgrade: U, monitoring: U },
    ),
  ),
  table(
    'aws.docdb.instance',
    'aws_docdb_cluster_instance',
    says(
      'bare',
      { identifier: 'i', instance_class: 'db.r6g.large' },
      { name: 'i', size: 'db.r6g.large', auto_upgrade: true },
    ),
    says(
      'held back',
      { instance_class: 'db.g5.large', auto_minor_version_upgrade: false },
      { auto_upgrade: false },
      { type: 'aws_neptune_cluster_instance' },
    ),
    toCome(['instance_class', 'auto_minor_version_upgrade'], { size: U, auto_upgrade: U }),
  ),
];
