import type { FactTable } from '../../../builders.ts';
import { EVERYONE, U, says, table, tied, toCome } from './table.ts';

const search = table(
  'aws.opensearch.domain',
  'aws_opensearch_domain',
  says(
    'bare',
    { domain_name: 'd' },
    {
      name: 'd',
      stateful: true,
      encrypted_at_rest: false,
      customer_key: false,
      encrypted_in_transit: false,
      tls_version: undefined,
      public: true,
      logging: false,
      multi_zone: false,
      size: undefined,
      instance_count: 1,
      disk_gb: undefined,
      auto_upgrade: false,
      engine_version: undefined,
      anyone_trusted: false,
    },
  ),
  says(
    'well kept',
    {
      encrypt_at_rest: [{ enabled: true, kms_key_id: 'k' }],
      domain_endpoint_options: [
        { enforce_https: true, tls_security_policy: 'Policy-Min-TLS-1-2-2019-07' },
      ],
      vpc_options: [{ subnet_ids: ['a'] }],
      log_publishing_options: [{ log_type: 'AUDIT_LOGS' }],
      cluster_config: [
        { zone_awareness_enabled: true, instance_type: 'm5.large.search', instance_count: 3 },
      ],
      ebs_options: [{ volume_size: 100 }],
      software_update_options: [{ auto_software_update_enabled: true }],
      engine_version: 'OpenSearch_2.11',
      access_policies: EVERYONE,
    },
    {
      encrypted_at_rest: true,
      customer_key: true,
      encrypted_in_transit: true,
      tls_version: '1.2',
      public: false,
      logging: true,
      multi_zone: true,
      size: 'm5.large.search',
      instance_count: 3,
      disk_gb: 100,
      auto_upgrade: true,
      engine_version: 'OpenSearch_2.11',
      anyone_trusted: false,
    },
  ),
  says('open to the internet', { access_policies: EVERYONE }, { anyone_trusted: true }),
  says(
    'of the older name, open by a policy of its own',
    {
      elasticsearch_version: '7.10',
      domain_endpoint_options: [{ tls_security_policy: 'Policy-Min-TLS-1-0-2019-07' }],
    },
    { engine_version: '7.10', tls_version: '1.0', anyone_trusted: true },
    {
      type: 'aws_elasticsearch_domain',
      with: [
        tied('aws_elasticsearch_domain_policy', 'domain_name', 'aws_elasticsearch_domain', {
          access_policies: EVERYONE,
        }),
      ],
    },
  ),
  toCome(
    [
      'encrypt_at_rest',
      'domain_endpoint_options',
      'vpc_options',
      'log_publishing_options',
      'cluster_config',
      'ebs_options',
      'software_update_options',
      'engine_version',
      'access_policies',
    ],
    {
      encrypted_at_rest: U,
      customer_key: U,
      encrypted_in_transit: U,
      tls_version: U,
      public: U,
      logging: U,
      multi_zone: U,
      size: U,
      instance_count: U,
      disk_gb: U,
      auto_upgrade: U,
      engine_version: U,
      anyone_trusted: U,
    },
  ),
);

export const ANALYTICS_TABLES: readonly FactTable[] = [
  search,
  table(
    'aws.athena.workgroup',
    'aws_athena_workgroup',
    says(
      'bare',
      { name: 'w' },
      { encrypted_at_rest: false, customer_key: false, monitoring: true },
    ),
    says(
      'encrypted',
      {
        configuration: [
          {
            publish_cloudwatch_metrics_enabled: false,
            result_configuration: [
              { encryption_configuration: [{ encryption_option: 'SSE_KMS', kms_key_arn: 'k' }] },
            ],
          },
        ],
      },
      { encrypted_at_rest: true, customer_key: true, monitoring: false },
    ),
    toCome(['configuration'], { encrypted_at_rest: U, customer_key: U, monitoring: U }),
  ),
  table(
    'aws.glue.job',
    'aws_glue_job',
    says(
      'plain',
      { worker_type: 'G.1X', number_of_workers: 10, glue_version: '5.0' },
      { size: 'G.1X', instance_count: 10, engine_version: '5.0', encrypted_at_rest: false },
    ),
    says(
      'with a security configuration',
      { security_configuration: 's' },
      { encrypted_at_rest: true },
    ),
    toCome(['worker_type', 'number_of_workers', 'glue_version', 'security_configuration'], {
      size: U,
      instance_count: U,
      engine_version: U,
      encrypted_at_rest: U,
    }),
  ),
  table(
    'aws.emr.cluster',
    'aws_emr_cluster',
    says(
      'plain',
      {
        release_label: 'emr-7.1.0',
        master_instance_group: [{ instance_type: 'm5.xlarge' }],
        core_instance_group: [{ instance_count: 2 }],
      },
      {
        size: 'm5.xlarge',
        gpu: false,
        instance_count: 2,
        encrypted_at_rest: false,
        deletion_protected: false,
        logging: false,
        engine_version: 'emr-7.1.0',
      },
    ),
    says(
      'well kept',
      {
        master_instance_group: [{ instance_type: 'g5.xlarge' }],
        security_configuration: 's',
        termination_protection: true,
        log_uri: 's3://l',
      },
      { gpu: true, encrypted_at_rest: true, deletion_protected: true, logging: true },
    ),
    toCome(
      [
        'master_instance_group',
        'core_instance_group',
        'security_configuration',
        'termination_protection',
        'log_uri',
        'release_label',
      ],
      {
        size: U,
        gpu: U,
        instance_count: U,
        encrypted_at_rest: U,
        deletion_protected: U,
        logging: U,
        engine_version: U,
      },
    ),
  ),
  table(
    'aws.batch.compute_environment',
    'aws_batch_compute_environment',
    says(
      'plain',
      { compute_resources: [{ type: 'EC2', instance_type: ['m5.large'] }] },
      { spot: false, size: 'm5.large' },
    ),
    says(
      'on spare capacity',
      { compute_resources: [{ type: 'SPOT', instance_type: ['m5', 'c5'] }] },
      { spot: true, size: undefined },
    ),
    toCome(['compute_resources'], { spot: U, size: U }),
  ),
];
