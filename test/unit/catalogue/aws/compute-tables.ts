import { raw } from '../../../builders.ts';
import type { FactTable } from '../../../builders.ts';
import { U, says, table, tied, toCome } from './table.ts';

const SECRET_SCRIPT = 'export DB_PASSWORD=hunter22';
const byAccount = raw('aws_ebs_encryption_by_default', {});
const inSubnet = (gives: boolean): { details: object; with: ReturnType<typeof raw>[] } => ({
  details: {
    unknown: ['subnet_id'],
    refers: { subnet_id: 'aws_subnet.this' },
    computed: ['associate_public_ip_address'],
  },
  with: [raw('aws_subnet', { map_public_ip_on_launch: gives })],
});

const instance = table(
  'aws.ec2.instance',
  'aws_instance',
  says(
    'bare',
    { instance_type: 't3.micro' },
    {
      size: 't3.micro',
      gpu: false,
      encrypted_at_rest: false,
      customer_key: false,
      metadata_v2: false,
      public_ip: U,
      monitoring: false,
      deletion_protected: false,
      managed_identity: false,
      secret_in_user_data: false,
      spot: false,
      disk_gb: undefined,
    },
    {
      details: {
        computed: [
          'root_block_device',
          'ebs_block_device',
          'metadata_options',
          'monitoring',
          'disable_api_termination',
        ],
      },
    },
  ),
  says(
    'hardened',
    {
      instance_type: 'p4d.24xlarge',
      root_block_device: [{ encrypted: true, volume_size: 100, kms_key_id: 'k' }],
      ebs_block_device: [{ encrypted: true }],
      metadata_options: [{ http_tokens: 'required' }],
      associate_public_ip_address: false,
      monitoring: true,
      disable_api_termination: true,
      iam_instance_profile: 'app',
      instance_market_options: [{ market_type: 'spot' }],
    },
    {
      size: 'p4d.24xlarge',
      gpu: true,
      encrypted_at_rest: true,
      customer_key: true,
      metadata_v2: true,
      public_ip: false,
      monitoring: true,
      deletion_protected: true,
      managed_identity: true,
      spot: true,
      disk_gb: 100,
    },
  ),
  says(
    'with one clear disk',
    { root_block_device: [{ encrypted: true }], ebs_block_device: [{ encrypted: false }] },
    { encrypted_at_rest: false },
  ),
  says(
    'with a disk whose encryption nobody wrote',
    { root_block_device: [{ volume_size: 8 }] },
    { encrypted_at_rest: false, disk_gb: 8 },
    { details: { computed: ['root_block_device[0].encrypted'] } },
  ),
  says('encrypted by the account', {}, { encrypted_at_rest: true }, { with: [byAccount] }),
  says(
    'without a metadata service',
    { metadata_options: [{ http_endpoint: 'disabled' }] },
    { metadata_v2: true },
  ),
  says('in a subnet that gives public addresses', {}, { public_ip: true }, inSubnet(true)),
  says('in a subnet that does not', {}, { public_ip: false }, inSubnet(false)),
  says(
    'with an elastic address',
    { associate_public_ip_address: false },
    { public_ip: true },
    { with: [tied('aws_eip', 'instance', 'aws_instance')] },
  ),
  says('with a secret in its script', { user_data: SECRET_SCRIPT }, { secret_in_user_data: true }),
  says(
    'with a script of which the plan shows the digest alone',
    { user_data: '0123456789abcdef0123456789abcdef01234567' },
    { secret_in_user_data: U },
  ),
  says(
    'with a secret in Base64',
    { user_data_base64: Buffer.from(SECRET_SCRIPT).toString('base64') },
    { secret_in_user_data: true },
  ),
  says('asked for on the spot market', {}, { spot: true }, { type: 'aws_spot_instance_request' }),
  toCome(
    [
      'instance_type',
      'root_block_device',
      'metadata_options',
      'monitoring',
      'disable_api_termination',
      'iam_instance_profile',
      'user_data',
      'instance_market_options',
    ],
    {
      size: U,
      gpu: U,
      encrypted_at_rest: U,
      customer_key: U,
      metadata_v2: U,
      monitoring: U,
      deletion_protected: U,
      managed_identity: U,
      secret_in_user_data: U,
      spot: U,
      disk_gb: U,
    },
  ),
);

const disk = (ebs: object): object => ({
  block_device_mappings: [{ device_name: '/dev/xvda', ebs: [ebs] }],
});

const template = table(
  'aws.ec2.launch_template',
  'aws_launch_template',
  says(
    'bare',
    { ...disk({}) },
    {
      size: undefined,
      encrypted_at_rest: false,
      customer_key: false,
      metadata_v2: false,
      public_ip: false,
      monitoring: false,
      managed_identity: false,
      secret_in_user_data: false,
      spot: false,
    },
  ),
  says(
    'hardened',
    {
      instance_type: 'g5.xlarge',
      ...disk({ encrypted: 'true', kms_key_id: 'k' }),
      metadata_options: [{ http_tokens: 'required' }],
      network_interfaces: [{ associate_public_ip_address: 'true' }],
      monitoring: [{ enabled: true }],
      iam_instance_profile: [{ name: 'app' }],
      user_data: Buffer.from(SECRET_SCRIPT).toString('base64'),
      instance_market_options: [{ market_type: 'spot' }],
    },
    {
      size: 'g5.xlarge',
      gpu: true,
      encrypted_at_rest: true,
      customer_key: true,
      metadata_v2: true,
      public_ip: true,
      monitoring: true,
      managed_identity: true,
      secret_in_user_data: true,
      spot: true,
    },
  ),
  says('of another family', { instance_type: 'm7g.large' }, { gpu: false }),
  toCome(
    [
      'instance_type',
      'block_device_mappings',
      'metadata_options',
      'network_interfaces',
      'monitoring',
      'iam_instance_profile',
      'user_data',
      'instance_market_options',
    ],
    {
      size: U,
      gpu: U,
      encrypted_at_rest: U,
      customer_key: U,
      metadata_v2: U,
      public_ip: U,
      monitoring: U,
      managed_identity: U,
      secret_in_user_data: U,
      spot: U,
    },
  ),
);

const configuration = table(
  'aws.ec2.launch_configuration',
  'aws_launch_configuration',
  says(
    'bare',
    { instance_type: 't3.micro' },
    {
      taggable: undefined,
      size: 't3.micro',
      gpu: false,
      encrypted_at_rest: false,
      metadata_v2: false,
      public_ip: false,
      monitoring: true,
      managed_identity: false,
      secret_in_user_data: false,
      spot: false,
    },
  ),
  says(
    'hardened',
    {
      instance_type: 'inf2.xlarge',
      root_block_device: [{ encrypted: true, volume_size: 9 }],
      metadata_options: [{ http_tokens: 'required' }],
      associate_public_ip_address: true,
      enable_monitoring: false,
      iam_instance_profile: 'app',
      user_data: SECRET_SCRIPT,
      spot_price: '0.1',
    },
    {
      gpu: true,
      encrypted_at_rest: true,
      disk_gb: 9,
      metadata_v2: true,
      public_ip: true,
      monitoring: false,
      managed_identity: true,
      secret_in_user_data: true,
      spot: true,
    },
  ),
  toCome(
    [
      'instance_type',
      'root_block_device',
      'metadata_options',
      'associate_public_ip_address',
      'enable_monitoring',
      'iam_instance_profile',
      'user_data',
      'spot_price',
    ],
    {
      size: U,
      gpu: U,
      encrypted_at_rest: U,
      disk_gb: U,
      metadata_v2: U,
      public_ip: U,
      monitoring: U,
      managed_identity: U,
      secret_in_user_data: U,
      spot: U,
    },
  ),
);

export const COMPUTE_TABLES: readonly FactTable[] = [
  instance,
  template,
  configuration,
  table(
    'aws.ec2.key_pair',
    'aws_key_pair',
    says('named', { key_name: 'k' }, { name: 'k', taggable: true }),
  ),
];
