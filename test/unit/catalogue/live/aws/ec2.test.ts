import { U, itemsOf, says } from './item.ts';

const SECRET_SCRIPT = Buffer.from('export DB_PASSWORD=hunter2-hunter2').toString('base64');

const HARMLESS_SCRIPT = Buffer.from('#!/bin/sh\necho hello world\n').toString('base64');

itemsOf(
  'AWS::EC2::Instance',
  'aws.ec2.instance',
  says(
    'guarded',
    {
      instanceType: 'm7g.large',
      metadataOptions: { httpTokens: 'required', httpEndpoint: 'enabled' },
      monitoring: { state: 'enabled' },
      iamInstanceProfile: { arn: 'arn' },
      networkInterfaces: [{ networkInterfaceId: 'eni-1' }],
    },
    {
      size: 'm7g.large',
      gpu: false,
      metadata_v2: true,
      monitoring: true,
      public_ip: false,
      managed_identity: true,
      spot: false,
    },
  ),
  says(
    'open',
    {
      instanceType: 'p5.48xlarge',
      metadataOptions: { httpTokens: 'optional', httpEndpoint: 'enabled' },
      monitoring: { state: 'disabled' },
      publicIpAddress: '203.0.113.1',
      instanceLifecycle: 'spot',
    },
    {
      gpu: true,
      metadata_v2: false,
      monitoring: false,
      public_ip: true,
      managed_identity: false,
      spot: true,
    },
  ),
  says(
    'a metadata service that is switched off',
    { metadataOptions: { httpTokens: 'optional', httpEndpoint: 'disabled' } },
    { metadata_v2: true },
  ),
  says(
    'an elastic address, on its second interface',
    { networkInterfaces: [{}, { association: { publicIp: '203.0.113.1' } }] },
    { public_ip: true },
  ),
  says(
    'what other calls would tell is unknown',
    { instanceId: 'i-1' },
    {
      encrypted_at_rest: U,
      customer_key: U,
      disk_gb: U,
      deletion_protected: U,
      secret_in_user_data: U,
      metadata_v2: U,
      monitoring: U,
      size: U,
    },
  ),
);

itemsOf(
  'AWS::EC2::LaunchTemplate',
  'aws.ec2.launch_template',
  says(
    'guarded',
    {
      LaunchTemplateName: 'lt',
      LaunchTemplateData: {
        InstanceType: 't4g.small',
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true, KmsKeyId: 'k' } }],
        MetadataOptions: { HttpTokens: 'required' },
        NetworkInterfaces: [{ AssociatePublicIpAddress: false }],
        Monitoring: { Enabled: true },
        IamInstanceProfile: { Arn: 'arn' },
        UserData: HARMLESS_SCRIPT,
      },
    },
    {
      name: 'lt',
      size: 't4g.small',
      encrypted_at_rest: true,
      customer_key: true,
      metadata_v2: true,
      public_ip: false,
      monitoring: true,
      managed_identity: true,
      spot: false,
      secret_in_user_data: false,
    },
  ),
  says(
    'open',
    {
      LaunchTemplateData: {
        BlockDeviceMappings: [{ Ebs: { Encrypted: false } }],
        NetworkInterfaces: [{ AssociatePublicIpAddress: true }],
        InstanceMarketOptions: { MarketType: 'spot' },
        UserData: SECRET_SCRIPT,
      },
    },
    {
      encrypted_at_rest: false,
      customer_key: false,
      metadata_v2: false,
      public_ip: true,
      monitoring: false,
      managed_identity: false,
      spot: true,
      secret_in_user_data: true,
    },
  ),
  says(
    'user data that was not recorded may hold anything',
    { LaunchTemplateData: {} },
    { secret_in_user_data: U },
  ),
  says(
    'without its data',
    { LaunchTemplateName: 'lt' },
    { encrypted_at_rest: U, metadata_v2: U, public_ip: U, spot: U },
  ),
);

itemsOf(
  'AWS::AutoScaling::LaunchConfiguration',
  'aws.ec2.launch_configuration',
  says(
    'guarded',
    {
      instanceType: 'm7g.large',
      blockDeviceMappings: [
        { deviceName: '/dev/xvda', ebs: { encrypted: true, volumeSize: 20 } },
        { deviceName: '/dev/sdb', virtualName: 'ephemeral0' },
      ],
      metadataOptions: { httpTokens: 'required' },
      associatePublicIpAddress: false,
      instanceMonitoring: { enabled: true },
      iamInstanceProfile: 'p',
      userData: '',
    },
    {
      encrypted_at_rest: true,
      disk_gb: 20,
      metadata_v2: true,
      public_ip: false,
      monitoring: true,
      managed_identity: true,
      secret_in_user_data: false,
      spot: false,
    },
  ),
  says(
    'open',
    {
      blockDeviceMappings: [
        { deviceName: '/dev/xvda', ebs: { encrypted: true } },
        { deviceName: '/dev/sdb', ebs: { encrypted: false } },
      ],
      associatePublicIpAddress: true,
      instanceMonitoring: { enabled: false },
      spotPrice: '0.1',
      userData: SECRET_SCRIPT,
    },
    {
      encrypted_at_rest: false,
      metadata_v2: false,
      public_ip: true,
      monitoring: false,
      managed_identity: false,
      secret_in_user_data: true,
      spot: true,
    },
  ),
  says(
    'without a word',
    { launchConfigurationName: 'lc' },
    { monitoring: U, secret_in_user_data: U, size: U },
  ),
);

itemsOf(
  'AWS::EC2::KeyPair',
  'aws.ec2.key_pair',
  says('by its name', { keyName: 'k' }, { name: 'k' }),
);
