import { EVERYONE, ONE_ACCOUNT, OWN_KEY, SOME_KEY, U, itemsOf, says } from './item.ts';

for (const [type, config, version] of [
  ['AWS::OpenSearch::Domain', 'ClusterConfig', 'EngineVersion'],
  ['AWS::OpenSearchService::Domain', 'ClusterConfig', 'EngineVersion'],
  ['AWS::Elasticsearch::Domain', 'elasticsearchClusterConfig', 'elasticsearchVersion'],
] as const)
  itemsOf(
    type,
    'aws.opensearch.domain',
    says(
      'well kept',
      {
        DomainName: 'd',
        EncryptionAtRestOptions: { Enabled: true, KmsKeyId: OWN_KEY },
        DomainEndpointOptions: {
          EnforceHTTPS: true,
          TLSSecurityPolicy: 'Policy-Min-TLS-1-2-2019-07',
        },
        VPCOptions: { SubnetIds: ['a'] },
        LogPublishingOptions: { AUDIT_LOGS: { Enabled: true } },
        [config]: {
          ZoneAwarenessEnabled: true,
          InstanceType: 'r6g.large.search',
          InstanceCount: 3,
        },
        EBSOptions: { EBSEnabled: true, VolumeSize: 50 },
        SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: true },
        [version]: '2.11',
        AccessPolicies: EVERYONE,
      },
      {
        name: 'd',
        encrypted_at_rest: true,
        customer_key: true,
        encrypted_in_transit: true,
        tls_version: '1.2',
        public: false,
        logging: true,
        multi_zone: true,
        size: 'r6g.large.search',
        instance_count: 3,
        disk_gb: 50,
        auto_upgrade: true,
        engine_version: '2.11',
        anyone_trusted: false,
      },
    ),
    says(
      'open',
      {
        EncryptionAtRestOptions: { Enabled: false },
        DomainEndpointOptions: {
          EnforceHTTPS: false,
          TLSSecurityPolicy: 'Policy-Min-TLS-1-0-2019-07',
        },
        VPCOptions: {},
        LogPublishingOptions: { AUDIT_LOGS: { Enabled: false } },
        [config]: { ZoneAwarenessEnabled: false },
        AccessPolicies: EVERYONE,
      },
      {
        encrypted_at_rest: false,
        customer_key: false,
        encrypted_in_transit: false,
        tls_version: '1.0',
        public: true,
        logging: false,
        multi_zone: false,
        anyone_trusted: true,
      },
    ),
    says('for one account', { AccessPolicies: ONE_ACCOUNT }, { anyone_trusted: false }),
    says(
      'a key of whom nobody knows',
      { EncryptionAtRestOptions: { Enabled: true, KmsKeyId: SOME_KEY } },
      { encrypted_at_rest: true, customer_key: U },
    ),
    says(
      'without a word',
      { DomainName: 'd' },
      {
        encrypted_at_rest: U,
        encrypted_in_transit: U,
        tls_version: U,
        multi_zone: U,
        auto_upgrade: U,
        anyone_trusted: U,
      },
    ),
  );

itemsOf(
  'AWS::ElastiCache::ReplicationGroup',
  'aws.elasticache.replication_group',
  says(
    'well kept',
    {
      ReplicationGroupId: 'r',
      Engine: 'redis',
      AtRestEncryptionEnabled: true,
      KmsKeyId: 'k',
      TransitEncryptionEnabled: true,
      SnapshotRetentionLimit: 7,
      MultiAZEnabled: true,
      AutoMinorVersionUpgrade: true,
      CacheNodeType: 'cache.t4g.small',
      NumCacheClusters: 2,
      EngineVersion: '7.1',
    },
    {
      name: 'r',
      encrypted_at_rest: true,
      customer_key: true,
      encrypted_in_transit: true,
      backup_retention_days: 7,
      multi_zone: true,
      auto_upgrade: true,
      size: 'cache.t4g.small',
      instance_count: 2,
      engine_version: '7.1',
    },
  ),
  says(
    'badly kept',
    {
      AtRestEncryptionEnabled: false,
      TransitEncryptionEnabled: false,
      SnapshotRetentionLimit: 0,
      MultiAZEnabled: false,
      AutoMinorVersionUpgrade: false,
    },
    {
      encrypted_at_rest: false,
      encrypted_in_transit: false,
      backup: false,
      multi_zone: false,
      auto_upgrade: false,
    },
  ),
  says(
    'without a word',
    { ReplicationGroupId: 'r' },
    { encrypted_at_rest: U, encrypted_in_transit: U, backup: U, multi_zone: U, auto_upgrade: U },
  ),
);

itemsOf(
  'AWS::ElastiCache::CacheCluster',
  'aws.elasticache.cluster',
  says(
    'over zones',
    {
      ClusterName: 'c',
      AZMode: 'cross-az',
      TransitEncryptionEnabled: true,
      SnapshotRetentionLimit: 1,
      NumCacheNodes: 3,
      CacheNodeType: 'cache.t4g.small',
    },
    {
      name: 'c',
      multi_zone: true,
      encrypted_in_transit: true,
      backup: true,
      instance_count: 3,
      size: 'cache.t4g.small',
    },
  ),
  says(
    'in one',
    { AZMode: 'single-az', TransitEncryptionEnabled: false },
    { multi_zone: false, encrypted_in_transit: false, backup: U },
  ),
);

itemsOf(
  'AWS::MemoryDB::Cluster',
  'aws.memorydb.cluster',
  says(
    'well kept',
    {
      ClusterName: 'c',
      TLSEnabled: true,
      KmsKeyId: 'k',
      SnapshotRetentionLimit: 7,
      AutoMinorVersionUpgrade: true,
      NodeType: 'db.t4g.small',
      NumReplicasPerShard: 1,
    },
    {
      name: 'c',
      encrypted_in_transit: true,
      customer_key: true,
      backup: true,
      auto_upgrade: true,
      size: 'db.t4g.small',
      multi_zone: true,
    },
  ),
  says(
    'badly kept',
    { TLSEnabled: false, SnapshotRetentionLimit: 0, NumReplicasPerShard: 0 },
    {
      encrypted_in_transit: false,
      backup: false,
      multi_zone: false,
      customer_key: false,
      auto_upgrade: U,
    },
  ),
);
