import { U, itemsOf, says } from './item.ts';

itemsOf(
  'AWS::SageMaker::NotebookInstance',
  'aws.sagemaker.notebook',
  says(
    'isolated',
    {
      NotebookInstanceName: 'n',
      InstanceType: 'ml.t3.medium',
      KmsKeyId: 'k',
      DirectInternetAccess: 'Disabled',
      VolumeSizeInGB: 20,
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
    },
    {
      name: 'n',
      size: 'ml.t3.medium',
      encrypted_at_rest: true,
      customer_key: true,
      network_isolated: true,
      metadata_v2: true,
      disk_gb: 20,
    },
  ),
  says(
    'open',
    { InstanceType: 'ml.p3.2xlarge', DirectInternetAccess: 'Enabled' },
    { gpu: true, encrypted_at_rest: false, network_isolated: false, metadata_v2: U, disk_gb: U },
  ),
);

itemsOf(
  'AWS::SageMaker::EndpointConfig',
  'aws.sagemaker.endpoint_configuration',
  says(
    'two variants',
    {
      KmsKeyId: 'k',
      ProductionVariants: [
        { InstanceType: 'ml.m5.large', InitialInstanceCount: 2 },
        { InstanceType: 'ml.g5.xlarge' },
      ],
      DataCaptureConfig: { EnableCapture: true },
    },
    { size: 'ml.m5.large', gpu: true, instance_count: 3, logging: true, customer_key: true },
  ),
  says(
    'without a word',
    { EndpointConfigName: 'e' },
    { size: U, instance_count: U, logging: false, customer_key: false, name: 'e' },
  ),
);

itemsOf(
  'AWS::SageMaker::Model',
  'aws.sagemaker.model',
  says(
    'isolated',
    { ModelName: 'm', EnableNetworkIsolation: true },
    { name: 'm', network_isolated: true },
  ),
  says('without a word', { ModelName: 'm' }, { network_isolated: U }),
);

itemsOf(
  'AWS::SageMaker::Domain',
  'aws.sagemaker.domain',
  says(
    'inside',
    { DomainName: 'd', AppNetworkAccessType: 'VpcOnly', KmsKeyId: 'k' },
    { name: 'd', network_isolated: true, customer_key: true },
  ),
  says(
    'outside',
    { AppNetworkAccessType: 'PublicInternetOnly' },
    { network_isolated: false, encrypted_at_rest: false },
  ),
  says('without a word', { DomainName: 'd' }, { network_isolated: U }),
);

itemsOf(
  'AWS::SageMaker::App',
  'aws.sagemaker.app',
  says(
    'by its size',
    { AppName: 'a', ResourceSpec: { InstanceType: 'ml.t3.medium' } },
    { name: 'a', size: 'ml.t3.medium' },
  ),
);
