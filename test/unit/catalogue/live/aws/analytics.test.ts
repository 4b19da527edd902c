import { OWN_KEY, SOME_KEY, U, itemsOf, says } from './item.ts';

itemsOf(
  'AWS::Redshift::Cluster',
  'aws.redshift.cluster',
  says(
    'well kept',
    {
      clusterIdentifier: 'c',
      encrypted: true,
      kmsKeyId: OWN_KEY,
      publiclyAccessible: false,
      automatedSnapshotRetentionPeriod: 7,
      allowVersionUpgrade: true,
      multiAZ: 'Enabled',
      nodeType: 'ra3.large',
      numberOfNodes: 2,
    },
    {
      name: 'c',
      encrypted_at_rest: true,
      customer_key: true,
      public: false,
      logging: true,
      backup_retention_days: 7,
      auto_upgrade: true,
      multi_zone: true,
      size: 'ra3.large',
      instance_count: 2,
    },
    { supplementary: { LoggingStatus: { loggingEnabled: true } } },
  ),
  says(
    'badly kept',
    {
      encrypted: false,
      publiclyAccessible: true,
      automatedSnapshotRetentionPeriod: 0,
      allowVersionUpgrade: false,
      multiAZ: 'Disabled',
    },
    {
      encrypted_at_rest: false,
      public: true,
      logging: false,
      backup: false,
      auto_upgrade: false,
      multi_zone: false,
    },
    { supplementary: { LoggingStatus: { loggingEnabled: false } } },
  ),
  says(
    'without a word',
    { clusterStatus: 'available' },
    { encrypted_at_rest: U, public: U, logging: U, backup: U, auto_upgrade: U, multi_zone: U },
  ),
);

itemsOf(
  'AWS::Kinesis::Stream',
  'aws.kinesis.stream',
  says(
    'encrypted',
    { Name: 's', StreamEncryption: { EncryptionType: 'KMS', KeyId: 'k' } },
    { name: 's', encrypted_at_rest: true, customer_key: true },
  ),
  says(
    'by AWS’s key',
    { StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } },
    { customer_key: false },
  ),
  says('in the clear', { Name: 's' }, { encrypted_at_rest: false, customer_key: false }),
);

itemsOf(
  'AWS::KinesisFirehose::DeliveryStream',
  'aws.firehose.stream',
  says(
    'encrypted and logged',
    {
      DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'k' },
      ExtendedS3DestinationConfiguration: { CloudWatchLoggingOptions: { Enabled: true } },
    },
    { encrypted_at_rest: true, customer_key: true, logging: true },
  ),
  says(
    'not logged',
    { HttpEndpointDestinationConfiguration: {} },
    { logging: false, encrypted_at_rest: U },
  ),
  says(
    'without a word',
    { DeliveryStreamName: 'd' },
    { logging: U, encrypted_at_rest: U, name: 'd' },
  ),
);

itemsOf(
  'AWS::MSK::Cluster',
  'aws.msk.cluster',
  says(
    'well kept',
    {
      ClusterName: 'c',
      EncryptionInfo: {
        EncryptionAtRest: { DataVolumeKMSKeyId: OWN_KEY },
        EncryptionInTransit: { ClientBroker: 'TLS' },
      },
      BrokerNodeGroupInfo: {
        InstanceType: 'kafka.m7g.large',
        ClientSubnets: ['a', 'b'],
        ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } },
        StorageInfo: { EBSStorageInfo: { VolumeSize: 100 } },
      },
      LoggingInfo: { BrokerLogs: { S3: { Enabled: true } } },
      EnhancedMonitoring: 'PER_BROKER',
      NumberOfBrokerNodes: 2,
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
      KafkaVersion: '3.8.x',
    },
    {
      name: 'c',
      customer_key: true,
      encrypted_in_transit: true,
      public: false,
      logging: true,
      monitoring: true,
      size: 'kafka.m7g.large',
      instance_count: 2,
      disk_gb: 100,
      multi_zone: true,
      local_auth: false,
      engine_version: '3.8.x',
    },
  ),
  says(
    'open',
    {
      EncryptionInfo: {
        EncryptionAtRest: { DataVolumeKMSKeyId: SOME_KEY },
        EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' },
      },
      BrokerNodeGroupInfo: {
        ClientSubnets: ['a'],
        ConnectivityInfo: { PublicAccess: { Type: 'SERVICE_PROVIDED_EIPS' } },
      },
      EnhancedMonitoring: 'DEFAULT',
      ClientAuthentication: { Sasl: { Scram: { Enabled: true } } },
    },
    {
      customer_key: U,
      encrypted_in_transit: false,
      public: true,
      logging: false,
      monitoring: false,
      multi_zone: false,
      local_auth: true,
    },
  ),
  says(
    'without a word',
    { ClusterName: 'c' },
    { encrypted_in_transit: U, public: U, monitoring: U, customer_key: U },
  ),
);

itemsOf(
  'AWS::Athena::WorkGroup',
  'aws.athena.workgroup',
  says(
    'encrypted',
    {
      Name: 'w',
      WorkGroupConfiguration: {
        PublishCloudWatchMetricsEnabled: true,
        ResultConfiguration: {
          EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: 'k' },
        },
      },
    },
    { name: 'w', encrypted_at_rest: true, customer_key: true, monitoring: true },
  ),
  says(
    'in the clear',
    { WorkGroupConfiguration: { PublishCloudWatchMetricsEnabled: false } },
    { encrypted_at_rest: false, monitoring: false },
  ),
  says('without a word', { Name: 'w' }, { encrypted_at_rest: U, customer_key: U, monitoring: U }),
);

itemsOf(
  'AWS::Glue::Job',
  'aws.glue.job',
  says(
    'secured',
    {
      Name: 'j',
      WorkerType: 'G.1X',
      NumberOfWorkers: 4,
      GlueVersion: '5.0',
      SecurityConfiguration: 's',
    },
    { name: 'j', size: 'G.1X', instance_count: 4, engine_version: '5.0', encrypted_at_rest: true },
  ),
  says('not secured', { Name: 'j' }, { encrypted_at_rest: false }),
);

itemsOf(
  'AWS::EMR::Cluster',
  'aws.emr.cluster',
  says(
    'secured',
    {
      Name: 'c',
      Instances: {
        MasterInstanceGroup: { InstanceType: 'm5.xlarge' },
        CoreInstanceGroup: { InstanceCount: 2 },
        TerminationProtected: true,
      },
      SecurityConfiguration: 's',
      LogUri: 's3://logs',
      ReleaseLabel: 'emr-7.5.0',
    },
    {
      name: 'c',
      size: 'm5.xlarge',
      instance_count: 2,
      encrypted_at_rest: true,
      deletion_protected: true,
      logging: true,
      engine_version: 'emr-7.5.0',
    },
  ),
  says('bare', { Name: 'c' }, { encrypted_at_rest: false, logging: false, deletion_protected: U }),
);

itemsOf(
  'AWS::Batch::ComputeEnvironment',
  'aws.batch.compute_environment',
  says(
    'on capacity that can be taken back',
    {
      ComputeEnvironmentName: 'b',
      ComputeResources: { Type: 'SPOT', InstanceTypes: ['m7g.large'] },
    },
    { name: 'b', spot: true, size: 'm7g.large' },
  ),
  says(
    'on demand',
    { ComputeResources: { Type: 'EC2', InstanceTypes: ['optimal', 'm7g'] } },
    { spot: false, size: undefined },
  ),
);
