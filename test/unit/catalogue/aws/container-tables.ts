import type { FactTable } from '../../../builders.ts';
import { EVERYONE, U, loose, says, table, tied, toCome } from './table.ts';

const definitions = (...containers: object[]): { container_definitions: string } => ({
  container_definitions: JSON.stringify(containers),
});
const logged = { name: 'web', logConfiguration: { logDriver: 'awslogs' } };

export const CONTAINER_TABLES: readonly FactTable[] = [
  table(
    'aws.ecr.repository',
    'aws_ecr_repository',
    says(
      'bare',
      { name: 'r' },
      {
        stateful: true,
        encrypted_at_rest: true,
        customer_key: false,
        image_scanning: false,
        immutable_tags: false,
        lifecycle: false,
        anyone_trusted: false,
      },
    ),
    says(
      'well kept, but open',
      {
        name: 'r',
        encryption_configuration: [{ encryption_type: 'KMS', kms_key: 'k' }],
        image_scanning_configuration: [{ scan_on_push: true }],
        image_tag_mutability: 'IMMUTABLE',
      },
      {
        customer_key: true,
        image_scanning: true,
        immutable_tags: true,
        lifecycle: true,
        anyone_trusted: true,
      },
      {
        with: [
          tied('aws_ecr_lifecycle_policy', 'repository', 'aws_ecr_repository'),
          tied('aws_ecr_repository_policy', 'repository', 'aws_ecr_repository', {
            policy: EVERYONE,
          }),
        ],
      },
    ),
    toCome(
      ['encryption_configuration', 'image_scanning_configuration', 'image_tag_mutability'],
      { customer_key: U, image_scanning: U, immutable_tags: U, lifecycle: U, anyone_trusted: U },
      {
        with: [
          loose('aws_ecr_lifecycle_policy', 'repository'),
          loose('aws_ecr_repository_policy', 'repository'),
        ],
      },
    ),
  ),
  table(
    'aws.ecr.public_repository',
    'aws_ecrpublic_repository',
    says('is public', { repository_name: 'r' }, { name: 'r', public: true, stateful: true }),
  ),
  table(
    'aws.ecs.cluster',
    'aws_ecs_cluster',
    says('bare', {}, { monitoring: false, logging: true }),
    says(
      'watched',
      { setting: [{ name: 'containerInsights', value: 'enhanced' }] },
      { monitoring: true },
    ),
    says(
      'without a log of sessions',
      { configuration: [{ execute_command_configuration: [{ logging: 'NONE' }] }] },
      { logging: false },
    ),
    toCome(['setting', 'configuration'], { monitoring: U, logging: U }),
  ),
  table(
    'aws.ecs.service',
    'aws_ecs_service',
    says(
      'bare',
      { desired_count: 2 },
      { public_ip: false, instance_count: 2, multi_zone: false, spot: false },
    ),
    says(
      'spread, public, on spare capacity',
      {
        network_configuration: [{ assign_public_ip: true, subnets: ['a', 'b'] }],
        capacity_provider_strategy: [{ capacity_provider: 'FARGATE_SPOT' }],
      },
      { public_ip: true, multi_zone: true, spot: true },
    ),
    toCome(['desired_count', 'network_configuration', 'capacity_provider_strategy'], {
      instance_count: U,
      public_ip: U,
      multi_zone: U,
      spot: U,
    }),
  ),
  table(
    'aws.ecs.task_definition',
    'aws_ecs_task_definition',
    says(
      'plain',
      {
        family: 'web',
        ...definitions({ name: 'web', environment: [{ name: 'STAGE', value: 'prod' }] }),
      },
      {
        name: 'web',
        secret_in_environment: false,
        logging: false,
        managed_identity: false,
        encrypted_in_transit: undefined,
      },
    ),
    says(
      'with a secret',
      definitions({ ...logged, environment: [{ name: 'API_KEY', value: 'abcd1234' }] }),
      { secret_in_environment: true, logging: true },
    ),
    says('with one container that does not log', definitions(logged, { name: 'side' }), {
      logging: false,
    }),
    says('with a role', { ...definitions(logged), task_role_arn: 'r' }, { managed_identity: true }),
    says(
      'mounting files in clear text',
      { volume: [{ efs_volume_configuration: [{ file_system_id: 'f' }] }] },
      { encrypted_in_transit: false },
    ),
    says(
      'mounting files over TLS',
      {
        volume: [
          { efs_volume_configuration: [{ file_system_id: 'f', transit_encryption: 'ENABLED' }] },
        ],
      },
      { encrypted_in_transit: true },
    ),
    says(
      'with definitions that cannot be read',
      { container_definitions: '[{' },
      { secret_in_environment: U, logging: U },
    ),
    toCome(['container_definitions', 'task_role_arn', 'volume'], {
      secret_in_environment: U,
      logging: U,
      managed_identity: U,
      encrypted_in_transit: U,
    }),
  ),
  table(
    'aws.eks.cluster',
    'aws_eks_cluster',
    says(
      'bare',
      { vpc_config: [{ subnet_ids: ['a'] }] },
      {
        public: true,
        encrypted_at_rest: true,
        customer_key: false,
        logging: false,
        engine_version: undefined,
        deletion_protected: false,
      },
      { details: { computed: ['vpc_config[0].public_access_cidrs', 'version'] } },
    ),
    says(
      'private and audited',
      {
        vpc_config: [{ endpoint_public_access: false }],
        encryption_config: [{ provider: [{ key_arn: 'k' }] }],
        enabled_cluster_log_types: ['api', 'audit'],
        version: '1.34',
        deletion_protection: true,
      },
      {
        public: false,
        customer_key: true,
        logging: true,
        engine_version: '1.34',
        deletion_protected: true,
      },
    ),
    says(
      'open to the office alone',
      { vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ['198.51.100.0/24'] }] },
      { public: false },
    ),
    toCome(
      [
        'vpc_config',
        'encryption_config',
        'enabled_cluster_log_types',
        'version',
        'deletion_protection',
      ],
      { public: U, customer_key: U, logging: U, engine_version: U, deletion_protected: U },
    ),
  ),
  table(
    'aws.eks.node_group',
    'aws_eks_node_group',
    says(
      'plain',
      {
        node_group_name: 'n',
        instance_types: ['t3.large'],
        scaling_config: [{ max_size: 4 }],
        disk_size: 50,
        capacity_type: 'ON_DEMAND',
        subnet_ids: ['a'],
      },
      {
        name: 'n',
        size: 't3.large',
        gpu: false,
        instance_count: 4,
        disk_gb: 50,
        spot: false,
        open_admin_port: false,
        multi_zone: false,
      },
    ),
    says(
      'with SSH for everyone',
      {
        instance_types: ['g5.xlarge'],
        remote_access: [{ ec2_ssh_key: 'k' }],
        capacity_type: 'SPOT',
        subnet_ids: ['a', 'b'],
      },
      { gpu: true, spot: true, open_admin_port: true, multi_zone: true },
    ),
    says(
      'with SSH for a group',
      { remote_access: [{ ec2_ssh_key: 'k', source_security_group_ids: ['sg'] }] },
      { open_admin_port: false },
    ),
    toCome(
      [
        'instance_types',
        'scaling_config',
        'disk_size',
        'capacity_type',
        'remote_access',
        'subnet_ids',
      ],
      {
        size: U,
        gpu: U,
        instance_count: U,
        disk_gb: U,
        spot: U,
        open_admin_port: U,
        multi_zone: U,
      },
    ),
  ),
];
