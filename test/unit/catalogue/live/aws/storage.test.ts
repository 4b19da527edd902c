import { EVERYONE, ONE_ACCOUNT, OWN_KEY, SOME_KEY, U, itemsOf, says } from './item.ts';

itemsOf(
  'AWS::EFS::FileSystem',
  'aws.efs.file_system',
  says(
    'in the clear',
    { Encrypted: false, BackupPolicy: { Status: 'DISABLED' }, FileSystemPolicy: '' },
    {
      encrypted_at_rest: false,
      customer_key: false,
      backup: false,
      lifecycle: false,
      multi_zone: true,
      anyone_trusted: false,
    },
  ),
  says(
    'well kept, in one zone',
    {
      Encrypted: true,
      KmsKeyId: OWN_KEY,
      BackupPolicy: { Status: 'ENABLED' },
      LifecyclePolicies: [{ TransitionToIA: 'AFTER_30_DAYS' }],
      AvailabilityZoneName: 'eu-central-1a',
      FileSystemPolicy: EVERYONE,
    },
    {
      encrypted_at_rest: true,
      customer_key: true,
      backup: true,
      lifecycle: true,
      multi_zone: false,
      anyone_trusted: true,
    },
  ),
  says(
    'without a word on backups and policy',
    { Encrypted: true, KmsKeyId: SOME_KEY },
    { backup: U, anyone_trusted: U, customer_key: U },
  ),
);

itemsOf(
  'AWS::Backup::BackupVault',
  'aws.backup.vault',
  says(
    'open and locked',
    {
      BackupVaultName: 'v',
      EncryptionKeyArn: OWN_KEY,
      AccessPolicy: EVERYONE,
      LockConfiguration: { MinRetentionDays: 7 },
    },
    { name: 'v', customer_key: true, deletion_protected: true, anyone_trusted: true },
  ),
  says(
    'closed',
    { AccessPolicy: ONE_ACCOUNT, EncryptionKeyArn: SOME_KEY },
    { anyone_trusted: false, deletion_protected: U, customer_key: U },
  ),
);

itemsOf(
  'AWS::FSx::FileSystem',
  'aws.fsx.file_system',
  says(
    'of Windows',
    {
      FileSystemType: 'WINDOWS',
      StorageCapacity: 100,
      WindowsConfiguration: { AutomaticBackupRetentionDays: 7, DeploymentType: 'MULTI_AZ_1' },
    },
    { backup: true, backup_retention_days: 7, multi_zone: true, disk_gb: 100 },
  ),
  says(
    'of Lustre, without backups',
    {
      FileSystemType: 'LUSTRE',
      LustreConfiguration: { AutomaticBackupRetentionDays: 0, DeploymentType: 'SCRATCH_2' },
    },
    { backup: false, multi_zone: false },
  ),
  says('without a word', { FileSystemType: 'OPENZFS' }, { backup: U, multi_zone: U, disk_gb: U }),
);

itemsOf(
  'AWS::Transfer::Server',
  'aws.transfer.server',
  says(
    'public, by FTP',
    { EndpointType: 'PUBLIC', Protocols: ['FTP'], IdentityProviderType: 'SERVICE_MANAGED' },
    { public: true, encrypted_in_transit: false, local_auth: true, logging: false },
  ),
  says(
    'inside',
    {
      EndpointType: 'VPC',
      Protocols: ['SFTP'],
      IdentityProviderType: 'AWS_LAMBDA',
      LoggingRole: 'arn',
    },
    { public: false, encrypted_in_transit: true, local_auth: false, logging: true },
  ),
  says('without a word', { ServerId: 's' }, { public: U, encrypted_in_transit: U, local_auth: U }),
);
