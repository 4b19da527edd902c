import { EVERYONE, OWN_KEY, SOME_KEY, U, itemsOf, says } from './item.ts';

itemsOf(
  'AWS::ECR::Repository',
  'aws.ecr.repository',
  says(
    'strict',
    {
      RepositoryName: 'r',
      ImageTagMutability: 'IMMUTABLE',
      ImageScanningConfiguration: { ScanOnPush: true },
      LifecyclePolicy: { LifecyclePolicyText: '{}' },
      EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: OWN_KEY },
      RepositoryPolicyText: EVERYONE,
    },
    {
      name: 'r',
      immutable_tags: true,
      image_scanning: true,
      lifecycle: true,
      customer_key: true,
      anyone_trusted: true,
    },
  ),
  says(
    'lax',
    {
      ImageTagMutability: 'MUTABLE',
      ImageScanningConfiguration: { ScanOnPush: false },
      EncryptionConfiguration: { EncryptionType: 'AES256' },
    },
    {
      immutable_tags: false,
      image_scanning: false,
      lifecycle: false,
      customer_key: false,
      anyone_trusted: U,
    },
  ),
  says(
    'a key of whom nobody knows',
    { EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: SOME_KEY } },
    { customer_key: U, immutable_tags: U },
  ),
);

itemsOf(
  'AWS::ECR::PublicRepository',
  'aws.ecr.public_repository',
  says('public', { RepositoryName: 'r' }, { name: 'r', public: true }),
);

itemsOf(
  'AWS::ECS::Cluster',
  'aws.ecs.cluster',
  says(
    'watched',
    {
      ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }],
      Configuration: { ExecuteCommandConfiguration: { Logging: 'OVERRIDE' } },
    },
    { monitoring: true, logging: true },
  ),
  says(
    'not watched',
    {
      ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }],
      Configuration: { ExecuteCommandConfiguration: { Logging: 'NONE' } },
    },
    { monitoring: false, logging: false },
  ),
  says('without a word', { ClusterName: 'c' }, { monitoring: U, name: 'c' }),
);

itemsOf(
  'AWS::ECS::Service',
  'aws.ecs.service',
  says(
    'inside',
    {
      ServiceName: 's',
      DesiredCount: 3,
      NetworkConfiguration: {
        AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: ['a', 'b'] },
      },
    },
    { name: 's', public_ip: false, instance_count: 3, multi_zone: true, spot: false },
  ),
  says(
    'outside, on capacity that can be taken back',
    {
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED', Subnets: ['a'] } },
      CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT' }],
    },
    { public_ip: true, multi_zone: false, spot: true, instance_count: U },
  ),
);

itemsOf(
  'AWS::ECS::TaskDefinition',
  'aws.ecs.task_definition',
  says(
    'in order',
    {
      Family: 't',
      TaskRoleArn: 'r',
      ContainerDefinitions: [
        {
          Name: 'c',
          Environment: [{ Name: 'LEVEL', Value: 'info' }],
          LogConfiguration: { LogDriver: 'awslogs' },
        },
      ],
      Volumes: [{ EFSVolumeConfiguration: { TransitEncryption: 'ENABLED' } }],
    },
    {
      name: 't',
      managed_identity: true,
      secret_in_environment: false,
      logging: true,
      encrypted_in_transit: true,
    },
  ),
  says(
    'a secret, no logs, clear text',
    {
      ContainerDefinitions: [{ Environment: [{ Name: 'API_TOKEN', Value: 'hunter2-hunter2' }] }],
      Volumes: [{ EfsVolumeConfiguration: { TransitEncryption: 'DISABLED' } }],
    },
    {
      managed_identity: false,
      secret_in_environment: true,
      logging: false,
      encrypted_in_transit: false,
    },
  ),
  says(
    'without its containers',
    { Family: 't' },
    { secret_in_environment: U, logging: U, encrypted_in_transit: undefined },
  ),
);

itemsOf(
  'AWS::EKS::Cluster',
  'aws.eks.cluster',
  says(
    'private',
    {
      Version: '1.34',
      ResourcesVpcConfig: { EndpointPublicAccess: false },
      EncryptionConfig: [{ Provider: { KeyArn: SOME_KEY }, Resources: ['secrets'] }],
      Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'audit' }] } },
      DeletionProtection: true,
    },
    {
      engine_version: '1.34',
      public: false,
      customer_key: true,
      logging: true,
      deletion_protected: true,
    },
  ),
  says(
    'public',
    {
      ResourcesVpcConfig: { EndpointPublicAccess: true, PublicAccessCidrs: ['0.0.0.0/0'] },
      Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }] } },
    },
    { public: true, customer_key: false, logging: false, deletion_protected: U },
  ),
  says(
    'public to one network',
    { ResourcesVpcConfig: { EndpointPublicAccess: true, PublicAccessCidrs: ['203.0.113.0/24'] } },
    { public: false },
  ),
  says('without a word', { Name: 'c' }, { public: U, engine_version: U }),
);

itemsOf(
  'AWS::EKS::Nodegroup',
  'aws.eks.node_group',
  says(
    'closed',
    {
      NodegroupName: 'n',
      InstanceTypes: ['m7g.large'],
      ScalingConfig: { MaxSize: 4 },
      DiskSize: 20,
      CapacityType: 'ON_DEMAND',
      Subnets: ['a', 'b'],
    },
    {
      name: 'n',
      size: 'm7g.large',
      gpu: false,
      instance_count: 4,
      disk_gb: 20,
      spot: false,
      open_admin_port: false,
      multi_zone: true,
    },
  ),
  says(
    'open',
    {
      InstanceTypes: ['g5.xlarge'],
      CapacityType: 'SPOT',
      RemoteAccess: { Ec2SshKey: 'k' },
      Subnets: ['a'],
    },
    { gpu: true, spot: true, open_admin_port: true, multi_zone: false, disk_gb: U },
  ),
);
