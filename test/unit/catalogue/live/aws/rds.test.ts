import { OWN_KEY, SOME_KEY, U, itemsOf, says } from './item.ts';

const group = (name: string) => ({
  dBParameterGroups: [{ dBParameterGroupName: name, parameterApplyStatus: 'in-sync' }],
});

const shared = (values: readonly string[]) => [
  { attributeName: 'restore', attributeValues: values },
];

itemsOf(
  'AWS::RDS::DBInstance',
  'aws.rds.instance',
  says(
    'well kept',
    {
      dBInstanceIdentifier: 'db',
      storageEncrypted: true,
      kmsKeyId: OWN_KEY,
      backupRetentionPeriod: 14,
      dBInstanceClass: 'db.m7g.large',
      publiclyAccessible: false,
      deletionProtection: true,
      multiAZ: true,
      allocatedStorage: 100,
      autoMinorVersionUpgrade: true,
      enabledCloudwatchLogsExports: ['postgresql'],
      performanceInsightsEnabled: true,
      engine: 'postgres',
      engineVersion: '16.3',
      iAMDatabaseAuthenticationEnabled: true,
      ...group('default.postgres16'),
    },
    {
      name: 'db',
      stateful: true,
      encrypted_at_rest: true,
      customer_key: true,
      backup: true,
      backup_retention_days: 14,
      size: 'db.m7g.large',
      public: false,
      deletion_protected: true,
      multi_zone: true,
      disk_gb: 100,
      auto_upgrade: true,
      logging: true,
      monitoring: true,
      engine_version: 'postgres 16.3',
      encrypted_in_transit: true,
      managed_identity: true,
    },
  ),
  says(
    'badly kept',
    {
      storageEncrypted: false,
      backupRetentionPeriod: 0,
      publiclyAccessible: true,
      deletionProtection: false,
      multiAZ: false,
      autoMinorVersionUpgrade: false,
      enabledCloudwatchLogsExports: [],
      performanceInsightsEnabled: false,
      monitoringInterval: 0,
      engine: 'mysql',
      engineVersion: '8.0.39',
      iAMDatabaseAuthenticationEnabled: false,
      ...group('default.mysql8.0'),
    },
    {
      encrypted_at_rest: false,
      customer_key: false,
      backup: false,
      public: true,
      deletion_protected: false,
      multi_zone: false,
      auto_upgrade: false,
      logging: false,
      monitoring: false,
      encrypted_in_transit: false,
      managed_identity: false,
    },
  ),
  says(
    'enhanced monitoring alone',
    { performanceInsightsEnabled: false, monitoringInterval: 60 },
    { monitoring: true },
  ),
  says(
    'parameters of its own are not told',
    { engine: 'postgres', engineVersion: '16.3', ...group('mine') },
    { encrypted_in_transit: U },
  ),
  says(
    'an older default lets clear text in',
    { engine: 'postgres', engineVersion: '14.9', ...group('default.postgres14') },
    { encrypted_in_transit: false },
  ),
  says(
    'a key of whom nobody knows',
    { storageEncrypted: true, kmsKeyId: SOME_KEY },
    { customer_key: U },
  ),
  says(
    'without a word',
    { dBInstanceStatus: 'available' },
    {
      encrypted_at_rest: U,
      backup: U,
      public: U,
      deletion_protected: U,
      multi_zone: U,
      auto_upgrade: U,
      engine_version: U,
      disk_gb: U,
      size: U,
    },
  ),
  says(
    'of an Aurora cluster',
    {
      engine: 'aurora-mysql',
      dBClusterIdentifier: 'c',
      publiclyAccessible: true,
      dBInstanceIdentifier: 'i',
      dBInstanceClass: 'db.r6g.large',
      autoMinorVersionUpgrade: true,
      performanceInsightsEnabled: true,
    },
    { name: 'i', public: true, size: 'db.r6g.large', auto_upgrade: true, monitoring: true },
    { kind: 'aws.rds.cluster_instance' },
  ),
  says(
    'of DocumentDB',
    { engine: 'docdb', dBClusterIdentifier: 'c', dBInstanceClass: 'db.r6g.large' },
    { size: 'db.r6g.large', auto_upgrade: U },
    { kind: 'aws.docdb.instance' },
  ),
  says('of an engine named like an inherited member', { engine: 'constructor' }, {}),
);

itemsOf(
  'AWS::RDS::DBCluster',
  'aws.rds.cluster',
  says(
    'of Aurora',
    {
      dbclusterIdentifier: 'c',
      engine: 'aurora-postgresql',
      engineVersion: '16.4',
      storageEncrypted: true,
      kmsKeyId: OWN_KEY,
      backupRetentionPeriod: 7,
      deletionProtection: true,
      enabledCloudwatchLogsExports: ['postgresql'],
      iamdatabaseAuthenticationEnabled: true,
      dbclusterParameterGroup: 'default.aurora-postgresql16',
    },
    {
      name: 'c',
      encrypted_at_rest: true,
      customer_key: true,
      backup_retention_days: 7,
      deletion_protected: true,
      logging: true,
      multi_zone: true,
      managed_identity: true,
      engine_version: 'aurora-postgresql 16.4',
      encrypted_in_transit: true,
    },
  ),
  says(
    'badly kept',
    {
      engine: 'aurora-mysql',
      storageEncrypted: false,
      backupRetentionPeriod: 1,
      deletionProtection: false,
      iamdatabaseAuthenticationEnabled: false,
      dbclusterParameterGroup: 'mine',
    },
    {
      encrypted_at_rest: false,
      deletion_protected: false,
      logging: false,
      managed_identity: false,
      encrypted_in_transit: U,
    },
  ),
  says(
    'of DocumentDB, with one instance',
    {
      engine: 'docdb',
      dbclusterIdentifier: 'd',
      storageEncrypted: false,
      dbclusterMembers: [{}],
      dbclusterParameterGroup: 'default.docdb5.0',
    },
    { name: 'd', encrypted_at_rest: false, multi_zone: false, encrypted_in_transit: U },
    { kind: 'aws.docdb.cluster' },
  ),
  says(
    'of Neptune, with two instances',
    {
      engine: 'neptune',
      storageEncrypted: true,
      kmsKeyId: OWN_KEY,
      iamdatabaseAuthenticationEnabled: true,
      dbclusterMembers: [{}, {}],
    },
    { customer_key: true, multi_zone: true, managed_identity: true },
    { kind: 'aws.neptune.cluster' },
  ),
  says(
    'without a word',
    { engine: 'neptune' },
    { encrypted_at_rest: U, multi_zone: U, backup: U, deletion_protected: U },
    { kind: 'aws.neptune.cluster' },
  ),
);

itemsOf(
  'AWS::RDS::DBSnapshot',
  'aws.rds.snapshot',
  says(
    'for everyone',
    { encrypted: false },
    { public: true },
    { supplementary: { DBSnapshotAttributes: shared(['all']) } },
  ),
  says(
    'for one account',
    { encrypted: false },
    { public: false },
    { supplementary: { DBSnapshotAttributes: shared(['123456789012']) } },
  ),
  says(
    'for nobody',
    { encrypted: false },
    { public: false },
    { supplementary: { DBSnapshotAttributes: [] } },
  ),
  says('without a word', { encrypted: false }, { public: U }),
);

itemsOf(
  'AWS::RDS::DBClusterSnapshot',
  'aws.rds.snapshot',
  says(
    'for everyone',
    { storageEncrypted: false },
    { public: true },
    { supplementary: { DBClusterSnapshotAttributes: shared(['all']) } },
  ),
  says('without a word', { storageEncrypted: false }, { public: U }),
);

itemsOf(
  'AWS::RDS::DBProxy',
  'aws.rds.proxy',
  says(
    'strict',
    { RequireTLS: true, Auth: [{ IAMAuth: 'REQUIRED' }], VpcSubnetIds: ['a', 'b'] },
    { encrypted_in_transit: true, managed_identity: true, multi_zone: true },
  ),
  says(
    'lax',
    { RequireTLS: false, Auth: [{ IAMAuth: 'DISABLED' }], VpcSubnetIds: ['a'] },
    { encrypted_in_transit: false, managed_identity: false, multi_zone: false },
  ),
  says(
    'without a word',
    { DBProxyName: 'p' },
    { encrypted_in_transit: U, managed_identity: U, multi_zone: U },
  ),
);
