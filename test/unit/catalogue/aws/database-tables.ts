import { raw } from '../../../builders.ts';
import type { FactTable } from '../../../builders.ts';
import { U, says, table, toCome } from './table.ts';

const group = (type: string, name: string, value: string): ReturnType<typeof raw> =>
  raw(type, { name: 'g', parameter: [{ name, value }] });

const instance = table(
  'aws.rds.instance',
  'aws_db_instance',
  says(
    'bare',
    { identifier: 'db', engine: 'mysql', instance_class: 'db.t3.micro', allocated_storage: 20 },
    {
      name: 'db',
      stateful: true,
      encrypted_at_rest: false,
      customer_key: false,
      backup: false,
      backup_retention_days: 0,
      size: 'db.t3.micro',
      public: false,
      deletion_protected: false,
      multi_zone: false,
      disk_gb: 20,
      auto_upgrade: true,
      logging: false,
      monitoring: false,
      engine_version: undefined,
      encrypted_in_transit: false,
      managed_identity: false,
    },
    {
      details: {
        computed: [
          'backup_retention_period',
          'kms_key_id',
          'multi_az',
          'parameter_group_name',
          'engine_version',
        ],
      },
    },
  ),
  says(
    'well kept, although public',
    {
      engine: 'postgres',
      engine_version: '17.2',
      storage_encrypted: true,
      kms_key_id: 'k',
      backup_retention_period: 14,
      publicly_accessible: true,
      deletion_protection: true,
      multi_az: true,
      auto_minor_version_upgrade: false,
      enabled_cloudwatch_logs_exports: ['postgresql'],
      performance_insights_enabled: true,
      iam_database_authentication_enabled: true,
    },
    {
      encrypted_at_rest: true,
      customer_key: true,
      backup: true,
      backup_retention_days: 14,
      public: true,
      deletion_protected: true,
      multi_zone: true,
      auto_upgrade: false,
      logging: true,
      monitoring: true,
      engine_version: 'postgres 17.2',
      encrypted_in_transit: true,
      managed_identity: true,
    },
  ),
  says('with enhanced monitoring', { monitoring_interval: 60 }, { monitoring: true }),
  says(
    'with a key but no encryption',
    { storage_encrypted: false, kms_key_id: 'k' },
    { customer_key: false },
  ),
  says(
    'of a PostgreSQL that takes clear text by default',
    { engine: 'postgres', engine_version: '14.9' },
    { encrypted_in_transit: false },
  ),
  says(
    'of a PostgreSQL of a version to come',
    { engine: 'postgres' },
    { encrypted_in_transit: U },
    { details: { computed: ['engine_version'] } },
  ),
  says(
    'forced to TLS by its parameters',
    { engine: 'mysql', parameter_group_name: 'g' },
    { encrypted_in_transit: true },
    { with: [group('aws_db_parameter_group', 'require_secure_transport', 'ON')] },
  ),
  says(
    'with parameters that say nothing of TLS',
    { engine: 'mysql', parameter_group_name: 'g' },
    { encrypted_in_transit: false },
    { with: [group('aws_db_parameter_group', 'max_connections', '1')] },
  ),
  says(
    'with parameters from elsewhere',
    { engine: 'mysql', parameter_group_name: 'default.mysql8.0' },
    { encrypted_in_transit: U },
  ),
  toCome(
    [
      'storage_encrypted',
      'kms_key_id',
      'backup_retention_period',
      'instance_class',
      'publicly_accessible',
      'deletion_protection',
      'multi_az',
      'allocated_storage',
      'auto_minor_version_upgrade',
      'enabled_cloudwatch_logs_exports',
      'performance_insights_enabled',
      'engine_version',
      'parameter_group_name',
      'iam_database_authentication_enabled',
    ],
    {
      encrypted_at_rest: U,
      customer_key: U,
      backup: U,
      backup_retention_days: U,
      size: U,
      public: U,
      deletion_protected: U,
      multi_zone: U,
      disk_gb: U,
      auto_upgrade: U,
      logging: U,
      monitoring: U,
      engine_version: U,
      encrypted_in_transit: U,
      managed_identity: U,
    },
  ),
);

const others: FactTable[] = [
  table(
    'aws.rds.snapshot',
    'aws_db_snapshot',
    says('private', {}, { stateful: true, public: false }),
    says(
      'shared with everyone',
      { shared_accounts: ['all'] },
      { public: true },
      { type: 'aws_db_cluster_snapshot' },
    ),
    toCome(['shared_accounts'], { public: U }),
  ),
  table(
    'aws.rds.proxy',
    'aws_db_proxy',
    says(
      'bare',
      { auth: [{ iam_auth: 'DISABLED' }], vpc_subnet_ids: ['a'] },
      { encrypted_in_transit: false, managed_identity: false, multi_zone: false },
    ),
    says(
      'well kept',
      { require_tls: true, auth: [{ iam_auth: 'REQUIRED' }], vpc_subnet_ids: ['a', 'b'] },
      { encrypted_in_transit: true, managed_identity: true, multi_zone: true },
    ),
    toCome(['require_tls', 'auth', 'vpc_subnet_ids'], {
      encrypted_in_transit: U,
      managed_identity: U,
      multi_zone: U,
    }),
  ),
  table(
    'aws.dynamodb.table',
    'aws_dynamodb_table',
    says(
      'bare',
      { name: 't' },
      {
        stateful: true,
        encrypted_at_rest: true,
        customer_key: false,
        backup: false,
        deletion_protected: false,
        lifecycle: false,
        multi_zone: true,
      },
      { details: { computed: ['server_side_encryption', 'point_in_time_recovery'] } },
    ),
    says(
      'well kept',
      {
        server_side_encryption: [{ enabled: true, kms_key_arn: 'k' }],
        point_in_time_recovery: [{ enabled: true }],
        deletion_protection_enabled: true,
        ttl: [{ enabled: true }],
      },
      { customer_key: true, backup: true, deletion_protected: true, lifecycle: true },
    ),
    says(
      'by the key of a resource in the same plan',
      { server_side_encryption: [{ enabled: true }] },
      { customer_key: true },
      {
        details: {
          unknown: ['server_side_encryption[0].kms_key_arn'],
          refers: { server_side_encryption: 'aws_kms_key.this' },
        },
        with: [raw('aws_kms_key')],
      },
    ),
    toCome(
      ['server_side_encryption', 'point_in_time_recovery', 'deletion_protection_enabled', 'ttl'],
      { customer_key: U, backup: U, deletion_protected: U, lifecycle: U },
    ),
  ),
  table(
    'aws.dax.cluster',
    'aws_dax_cluster',
    says(
      'bare',
      { cluster_name: 'd', node_type: 'dax.r5.large', replication_factor: 3 },
      {
        name: 'd',
        encrypted_at_rest: false,
        encrypted_in_transit: false,
        size: 'dax.r5.large',
        instance_count: 3,
        multi_zone: false,
      },
    ),
    says(
      'well kept',
      {
        server_side_encryption: [{ enabled: true }],
        cluster_endpoint_encryption_type: 'TLS',
        availability_zones: ['a', 'b'],
      },
      { encrypted_at_rest: true, encrypted_in_transit: true, multi_zone: true },
    ),
    toCome(
      [
        'server_side_encryption',
        'cluster_endpoint_encryption_type',
        'node_type',
        'replication_factor',
        'availability_zones',
      ],
      {
        encrypted_at_rest: U,
        encrypted_in_transit: U,
        size: U,
        instance_count: U,
        multi_zone: U,
      },
    ),
  ),
];

export const DATABASE_TABLES: readonly FactTable[] = [instance, ...others];
