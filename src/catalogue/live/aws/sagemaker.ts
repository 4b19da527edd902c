import { flag, number, object, objects, orNone, text } from '../read.ts';
import type { Restatement } from '../restatement.ts';
import { awsItem, block, named } from './item.ts';
import type { Item, Words } from './item.ts';

/* All by their CloudFormation schemas; keys are as they were given. Not everything here is recorded by AWS Config. */

function notebook({ own }: Item): Words {
  const version = text(
    own,
    'InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion',
  );
  return {
    attributes: {
      name: text(own, 'NotebookInstanceName'),
      instance_type: text(own, 'InstanceType'),
      kms_key_id: orNone(text(own, 'KmsKeyId')),
      direct_internet_access: text(own, 'DirectInternetAccess'),
      // Not in AWS Config's own schema: where it is missing it is unknown.
      instance_metadata_service_configuration:
        version === undefined
          ? undefined
          : [{ minimum_instance_metadata_service_version: version }],
      volume_size: number(own, 'VolumeSizeInGB'),
    },
  };
}

function endpointConfiguration({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'EndpointConfigName'),
      kms_key_arn: orNone(text(own, 'KmsKeyId')),
      production_variants: objects(own, 'ProductionVariants')?.map((one) => ({
        instance_type: text(one, 'InstanceType'),
        initial_instance_count: number(one, 'InitialInstanceCount'),
      })),
      data_capture_config: block(object(own, 'DataCaptureConfig'), (one) => ({
        enable_capture: flag(one, 'EnableCapture'),
      })),
    },
  };
}

function domain({ own }: Item): Words {
  return {
    attributes: {
      domain_name: text(own, 'DomainName'),
      kms_key_id: orNone(text(own, 'KmsKeyId')),
      app_network_access_type: text(own, 'AppNetworkAccessType'),
    },
  };
}

export const SAGEMAKER_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::SageMaker::NotebookInstance', 'aws_sagemaker_notebook_instance', notebook),
  awsItem(
    'AWS::SageMaker::EndpointConfig',
    'aws_sagemaker_endpoint_configuration',
    endpointConfiguration,
  ),
  awsItem('AWS::SageMaker::Endpoint', 'aws_sagemaker_endpoint', named),
  awsItem(
    'AWS::SageMaker::Model',
    'aws_sagemaker_model',
    ({ own }) => ({
      attributes: {
        name: text(own, 'ModelName'),
        enable_network_isolation: flag(own, 'EnableNetworkIsolation'),
      },
    }),
    { sensitive: ['configuration.PrimaryContainer', 'configuration.Containers'] },
  ),
  awsItem('AWS::SageMaker::Domain', 'aws_sagemaker_domain', domain),
  awsItem('AWS::SageMaker::App', 'aws_sagemaker_app', ({ own }) => ({
    attributes: {
      app_name: text(own, 'AppName'),
      resource_spec: block(object(own, 'ResourceSpec'), (one) => ({
        instance_type: text(one, 'InstanceType'),
      })),
    },
  })),
];
