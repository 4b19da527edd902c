import { UNKNOWN } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { equals, map, orElse, present, someOf } from '../values.ts';
import type { Read, View } from '../view.ts';
import { accelerated, awsKind, customerKey, flag, sized } from './service.ts';

/** A key of the customer's is what SageMaker's pages call encryption of a storage volume. */
function volumeKey(view: View, path: string): Facts {
  return { encrypted_at_rest: present(view.read(path)), customer_key: customerKey(view, path) };
}

/** Page aws_sagemaker_notebook_instance: with the internet and with root, unless told. */
function notebook(view: View): Facts {
  return {
    ...sized(view.string('instance_type')),
    ...volumeKey(view, 'kms_key_id'),
    network_isolated: equals(orElse(view.string('direct_internet_access'), 'Enabled'), 'Disabled'),
    metadata_v2: equals(
      view.string(
        'instance_metadata_service_configuration[0].minimum_instance_metadata_service_version',
      ),
      '2',
    ),
    disk_gb: orElse(view.number('volume_size'), 5),
    stateful: true,
  };
}

function endpointConfiguration(view: View): Facts {
  const variants = view.list('production_variants');
  return {
    ...volumeKey(view, 'kms_key_arn'),
    size: map(variants, (all) => all[0]?.string('instance_type')),
    gpu: someOf(variants, (variant) => orElse(accelerated(variant.string('instance_type')), false)),
    instance_count: total(variants, 'initial_instance_count'),
    logging: flag(view, 'data_capture_config[0].enable_capture', false),
  };
}

/** Unknown as soon as one summand is; what is not said counts one machine. */
function total(views: Read<readonly View[]>, path: string): Read<number> {
  if (views === UNKNOWN || views === undefined) return views;
  let sum = 0;
  for (const view of views) {
    const count = orElse(view.number(path), 1);
    if (count === UNKNOWN) return UNKNOWN;
    sum += count;
  }
  return sum;
}

function domain(view: View): Facts {
  return {
    name: view.string('domain_name'),
    ...volumeKey(view, 'kms_key_id'),
    network_isolated: equals(
      orElse(view.string('app_network_access_type'), 'PublicInternetOnly'),
      'VpcOnly',
    ),
    stateful: true,
  };
}

export const SAGEMAKER_KINDS = [
  awsKind({
    kind: 'aws.sagemaker.notebook',
    title: 'SageMaker notebook instance',
    types: ['aws_sagemaker_notebook_instance'],
    facts: notebook,
  }),
  awsKind({
    kind: 'aws.sagemaker.endpoint_configuration',
    title: 'SageMaker endpoint configuration',
    types: ['aws_sagemaker_endpoint_configuration'],
    facts: endpointConfiguration,
  }),
  awsKind({
    kind: 'aws.sagemaker.endpoint',
    title: 'SageMaker endpoint',
    types: ['aws_sagemaker_endpoint'],
  }),
  awsKind({
    kind: 'aws.sagemaker.model',
    title: 'SageMaker model',
    types: ['aws_sagemaker_model'],
    // Page aws_sagemaker_model: containers may call out unless isolated.
    facts: (view) => ({ network_isolated: flag(view, 'enable_network_isolation', false) }),
  }),
  awsKind({
    kind: 'aws.sagemaker.domain',
    title: 'SageMaker domain',
    types: ['aws_sagemaker_domain'],
    facts: domain,
  }),
  awsKind({
    kind: 'aws.sagemaker.app',
    title: 'SageMaker app',
    types: ['aws_sagemaker_app'],
    facts: (view) => ({
      name: view.string('app_name'),
      ...sized(view.string('resource_spec[0].instance_type')),
    }),
  }),
];
