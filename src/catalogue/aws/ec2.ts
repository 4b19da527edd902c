import type { Facts } from '../facts.ts';
import { anyOf, equals, present, someOf } from '../values.ts';
import type { View } from '../view.ts';
import {
  blockDevices,
  diskFacts,
  elasticAddress,
  encryptedDisks,
  metadataV2,
  publicAddress,
  secretInUserData,
  spotMarket,
} from './machine.ts';
import { awsKind, customerKey, flag, sized } from './service.ts';

function instance(view: View): Facts {
  return {
    ...sized(view.string('instance_type')),
    ...diskFacts(view),
    customer_key: someOf(blockDevices(view), (disk) => customerKey(disk, 'kms_key_id')),
    metadata_v2: metadataV2(view),
    public_ip: anyOf(
      publicAddress(view, 'associate_public_ip_address', 'subnet_id'),
      elasticAddress(view),
    ),
    monitoring: flag(view, 'monitoring', false),
    deletion_protected: flag(view, 'disable_api_termination', false),
    managed_identity: present(view.read('iam_instance_profile')),
    secret_in_user_data: secretInUserData(view),
    spot: view.resource.type === 'aws_spot_instance_request' ? true : spotMarket(view),
  };
}

/** Disks, network and market of a template apply to each machine made from it. */
function launchTemplate(view: View): Facts {
  const mappings = view.list('block_device_mappings');
  return {
    ...sized(view.string('instance_type')),
    encrypted_at_rest: encryptedDisks(view, mappings, 'ebs[0].encrypted'),
    customer_key: someOf(mappings, (disk) => customerKey(disk, 'ebs[0].kms_key_id')),
    metadata_v2: metadataV2(view),
    public_ip: someOf(view.list('network_interfaces'), (one) =>
      equals(one.boolean('associate_public_ip_address'), true),
    ),
    monitoring: flag(view, 'monitoring[0].enabled', false),
    managed_identity: present(view.read('iam_instance_profile')),
    secret_in_user_data: secretInUserData(view),
    spot: spotMarket(view),
  };
}

/** Page aws_launch_configuration: detailed monitoring is on unless told, and it knows no tags. */
function launchConfiguration(view: View): Facts {
  return {
    ...sized(view.string('instance_type')),
    ...diskFacts(view),
    metadata_v2: metadataV2(view),
    public_ip: flag(view, 'associate_public_ip_address', false),
    monitoring: flag(view, 'enable_monitoring', true),
    managed_identity: present(view.read('iam_instance_profile')),
    secret_in_user_data: secretInUserData(view),
    spot: present(view.read('spot_price')),
  };
}

export const EC2_KINDS = [
  awsKind({
    kind: 'aws.ec2.instance',
    title: 'EC2 instance',
    types: ['aws_instance', 'aws_spot_instance_request'],
    facts: instance,
  }),
  awsKind({
    kind: 'aws.ec2.launch_template',
    title: 'EC2 launch template',
    types: ['aws_launch_template'],
    facts: launchTemplate,
  }),
  awsKind({
    kind: 'aws.ec2.launch_configuration',
    title: 'EC2 launch configuration',
    types: ['aws_launch_configuration'],
    tags: { shape: 'none' },
    facts: launchConfiguration,
  }),
  awsKind({
    kind: 'aws.ec2.key_pair',
    title: 'EC2 key pair',
    types: ['aws_key_pair'],
    facts: (view) => ({ name: view.string('key_name') }),
  }),
];
