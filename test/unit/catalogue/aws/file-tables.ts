import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { raw } from '../../../builders.ts';
import type { FactTable } from '../../../builders.ts';
import type { RawResource } from '../../../../src/sources/source.ts';
import { EVERYONE } from './table.ts';

const ofFiles = (type: string, attributes: Record<string, unknown>): RawResource =>
  raw(type, attributes, {
    unknown: ['file_system_id'],
    refers: { file_system_id: 'aws_efs_file_system.this' },
  });

const fileSystem: FactTable = {
  kind: 'aws.efs.file_system',
  type: 'aws_efs_file_system',
  cases: [
    {
      it: 'bare',
      attributes: { availability_zone_name: 'eu-west-1a', creation_token: 'data' },
      details: { computed: ['encrypted', 'kms_key_id'] },
      facts: {
        name: 'data',
        stateful: true,
        encrypted_at_rest: false,
        customer_key: false,
        backup: false,
        multi_zone: false,
        lifecycle: false,
        anyone_trusted: false,
      },
    },
    {
      it: 'well kept',
      attributes: {
        encrypted: true,
        kms_key_id: 'k',
        lifecycle_policy: [{ transition_to_ia: 'AFTER_30_DAYS' }],
        tags: { Name: 'shared' },
      },
      with: [
        ofFiles('aws_efs_backup_policy', { backup_policy: [{ status: 'ENABLED' }] }),
        ofFiles('aws_efs_file_system_policy', { policy: EVERYONE }),
      ],
      facts: {
        name: 'shared',
        encrypted_at_rest: true,
        customer_key: true,
        backup: true,
        multi_zone: true,
        lifecycle: true,
        anyone_trusted: true,
      },
    },
    {
      it: 'to come',
      details: {
        unknown: ['encrypted', 'kms_key_id', 'availability_zone_name', 'lifecycle_policy'],
      },
      with: [
        raw('aws_efs_backup_policy', {}, { unknown: ['file_system_id'] }),
        raw('aws_efs_file_system_policy', {}, { unknown: ['file_system_id'] }),
      ],
      facts: {
        encrypted_at_rest: UNKNOWN,
        customer_key: UNKNOWN,
        multi_zone: UNKNOWN,
        lifecycle: UNKNOWN,
        backup: UNKNOWN,
        anyone_trusted: UNKNOWN,
      },
    },
  ],
};

const fsx: FactTable = {
  kind: 'aws.fsx.file_system',
  type: 'aws_fsx_windows_file_system',
  cases: [
    {
      it: 'Windows',
      attributes: { storage_capacity: 32 },
      facts: {
        stateful: true,
        encrypted_at_rest: true,
        customer_key: false,
        backup: true,
        backup_retention_days: 7,
        multi_zone: false,
        disk_gb: 32,
      },
    },
    {
      it: 'Lustre',
      type: 'aws_fsx_lustre_file_system',
      attributes: { kms_key_id: 'k' },
      facts: { customer_key: true, backup: false, backup_retention_days: 0 },
    },
    {
      it: 'ONTAP',
      type: 'aws_fsx_ontap_file_system',
      attributes: { deployment_type: 'MULTI_AZ_1', automatic_backup_retention_days: 3 },
      facts: { multi_zone: true, backup: true, backup_retention_days: 3 },
    },
    {
      it: 'OpenZFS to come',
      type: 'aws_fsx_openzfs_file_system',
      details: {
        unknown: [
          'kms_key_id',
          'automatic_backup_retention_days',
          'deployment_type',
          'storage_capacity',
        ],
      },
      facts: {
        customer_key: UNKNOWN,
        backup: UNKNOWN,
        backup_retention_days: UNKNOWN,
        multi_zone: UNKNOWN,
        disk_gb: UNKNOWN,
      },
    },
  ],
};

const vaultParts = (details: object): RawResource[] => [
  raw('aws_backup_vault_lock_configuration', { backup_vault_name: 'v' }, details),
  raw('aws_backup_vault_policy', { backup_vault_name: 'v', policy: EVERYONE }, details),
];
const backup: FactTable[] = [
  {
    kind: 'aws.backup.vault',
    type: 'aws_backup_vault',
    cases: [
      {
        it: 'bare',
        attributes: { name: 'v' },
        facts: {
          stateful: true,
          encrypted_at_rest: true,
          customer_key: false,
          deletion_protected: false,
          anyone_trusted: false,
        },
      },
      {
        it: 'locked, and open by its policy',
        attributes: { name: 'v', kms_key_arn: 'k' },
        with: vaultParts({}),
        facts: { customer_key: true, deletion_protected: true, anyone_trusted: true },
      },
      {
        it: 'to come',
        attributes: { name: 'v' },
        details: { unknown: ['kms_key_arn'] },
        with: ['aws_backup_vault_lock_configuration', 'aws_backup_vault_policy'].map((type) =>
          raw(type, {}, { unknown: ['backup_vault_name'] }),
        ),
        facts: { customer_key: UNKNOWN, deletion_protected: UNKNOWN, anyone_trusted: UNKNOWN },
      },
    ],
  },
  {
    kind: 'aws.backup.plan',
    type: 'aws_backup_plan',
    cases: [
      { it: 'can be tagged', attributes: { name: 'p' }, facts: { taggable: true, name: 'p' } },
    ],
  },
  {
    kind: 'aws.efs.access_point',
    type: 'aws_efs_access_point',
    cases: [{ it: 'can be tagged', facts: { taggable: true } }],
  },
];

const transfer: FactTable = {
  kind: 'aws.transfer.server',
  type: 'aws_transfer_server',
  cases: [
    {
      it: 'bare',
      facts: { public: true, logging: false, encrypted_in_transit: true, local_auth: true },
    },
    {
      it: 'inside a network, still in clear text',
      attributes: {
        endpoint_type: 'VPC',
        logging_role: 'r',
        protocols: ['SFTP', 'FTP'],
        identity_provider_type: 'AWS_DIRECTORY_SERVICE',
      },
      facts: { public: false, logging: true, encrypted_in_transit: false, local_auth: false },
    },
    {
      it: 'to come',
      details: {
        unknown: ['endpoint_type', 'logging_role', 'protocols', 'identity_provider_type'],
      },
      facts: {
        public: UNKNOWN,
        logging: UNKNOWN,
        encrypted_in_transit: UNKNOWN,
        local_auth: UNKNOWN,
      },
    },
  ],
};

export const FILE_TABLES: readonly FactTable[] = [fileSystem, fsx, ...backup, transfer];
