import type { FactTable } from '../../../builders.ts';
import { U, says, table, toCome } from './table.ts';

export const SAGEMAKER_TABLES: readonly FactTable[] = [
  table(
    'aws.sagemaker.notebook',
    'aws_sagemaker_notebook_instance',
    says(
      'bare',
      { instance_type: 'ml.t3.medium' },
      {
        size: 'ml.t3.medium',
        gpu: false,
        encrypted_at_rest: false,
        customer_key: false,
        network_isolated: false,
        metadata_v2: false,
        disk_gb: 5,
        stateful: true,
      },
    ),
    says(
      'well kept',
      {
        instance_type: 'ml.p3.2xlarge',
        kms_key_id: 'k',
        direct_internet_access: 'Disabled',
        instance_metadata_service_configuration: [
          { minimum_instance_metadata_service_version: '2' },
        ],
        volume_size: 50,
      },
      {
        gpu: true,
        encrypted_at_rest: true,
        customer_key: true,
        network_isolated: true,
        metadata_v2: true,
        disk_gb: 50,
      },
    ),
    toCome(
      [
        'instance_type',
        'kms_key_id',
        'direct_internet_access',
        'instance_metadata_service_configuration',
        'volume_size',
      ],
      {
        size: U,
        gpu: U,
        encrypted_at_rest: U,
        customer_key: U,
        network_isolated: U,
        metadata_v2: U,
        disk_gb: U,
      },
    ),
  ),
  table(
    'aws.sagemaker.endpoint_configuration',
    'aws_sagemaker_endpoint_configuration',
    says(
      'bare',
      {
        production_variants: [
          { instance_type: 'ml.m5.large', initial_instance_count: 2 },
          { instance_type: 'ml.m5.large' },
        ],
      },
      {
        encrypted_at_rest: false,
        customer_key: false,
        size: 'ml.m5.large',
        gpu: false,
        instance_count: 3,
        logging: false,
      },
    ),
    says(
      'well kept',
      {
        kms_key_arn: 'k',
        production_variants: [{ instance_type: 'ml.g5.xlarge' }],
        data_capture_config: [{ enable_capture: true }],
      },
      { encrypted_at_rest: true, customer_key: true, gpu: true, instance_count: 1, logging: true },
    ),
    toCome(['kms_key_arn', 'production_variants', 'data_capture_config'], {
      encrypted_at_rest: U,
      customer_key: U,
      size: U,
      gpu: U,
      instance_count: U,
      logging: U,
    }),
    says(
      'with a number of machines to come',
      { production_variants: [{ instance_type: 'ml.m5.large' }] },
      { instance_count: U },
      { details: { unknown: ['production_variants[0].initial_instance_count'] } },
    ),
  ),
  table(
    'aws.sagemaker.endpoint',
    'aws_sagemaker_endpoint',
    says('can be tagged', {}, { taggable: true }),
  ),
  table(
    'aws.sagemaker.model',
    'aws_sagemaker_model',
    says('bare', {}, { network_isolated: false }),
    says('isolated', { enable_network_isolation: true }, { network_isolated: true }),
    toCome(['enable_network_isolation'], { network_isolated: U }),
  ),
  table(
    'aws.sagemaker.domain',
    'aws_sagemaker_domain',
    says(
      'bare',
      { domain_name: 'd' },
      {
        name: 'd',
        encrypted_at_rest: false,
        customer_key: false,
        network_isolated: false,
        stateful: true,
      },
    ),
    says(
      'well kept',
      { kms_key_id: 'k', app_network_access_type: 'VpcOnly' },
      { encrypted_at_rest: true, customer_key: true, network_isolated: true },
    ),
    toCome(['kms_key_id', 'app_network_access_type'], {
      encrypted_at_rest: U,
      customer_key: U,
      network_isolated: U,
    }),
  ),
  table(
    'aws.sagemaker.app',
    'aws_sagemaker_app',
    says(
      'plain',
      { app_name: 'a', resource_spec: [{ instance_type: 'ml.t3.medium' }] },
      { name: 'a', size: 'ml.t3.medium', gpu: false },
    ),
    says(
      'with accelerators',
      { resource_spec: [{ instance_type: 'ml.g4dn.xlarge' }] },
      { gpu: true },
    ),
    toCome(['resource_spec'], { size: U, gpu: U }),
  ),
];
