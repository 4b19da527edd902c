import { at, flag, given, number, object, objects, orNone, text } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem, block } from './item.ts';
import type { Item, Words } from './item.ts';
import { isPublicInterface } from './network.ts';

/**
 * DescribeInstances. It tells neither how the disks are encrypted, nor the user data, nor the protection from termination:
 * those are calls of their own, which AWS Config does not make.
 */
function instance({ own }: Item): Words {
  const metadata = object(own, 'metadataOptions');
  return {
    attributes: {
      instance_type: text(own, 'instanceType'),
      metadata_options: metadata && block(metadata, metadataOptions),
      monitoring: given(text(own, 'monitoring.state'), (state) =>
        ['enabled', 'pending'].includes(state),
      ),
      associate_public_ip_address: hasPublicAddress(own),
      iam_instance_profile: orNone(text(own, 'iamInstanceProfile.arn')),
      instance_market_options:
        text(own, 'instanceLifecycle') === 'spot' ? [{ market_type: 'spot' }] : null,
    },
    // Elastic addresses are among the public ones.
    tells: ['aws_eip'],
  };
}

function hasPublicAddress(own: LiveItem): boolean {
  const interfaces = objects(own, 'networkInterfaces') ?? [];
  return (text(own, 'publicIpAddress') ?? '') !== '' || interfaces.some(isPublicInterface);
}

function metadataOptions(found: LiveItem): LiveItem {
  return { http_tokens: text(found, 'httpTokens'), http_endpoint: text(found, 'httpEndpoint') };
}

/** By the CloudFormation schema, of which user data is left out unless somebody recorded it. */
function launchTemplate({ own }: Item): Words {
  const data = object(own, 'LaunchTemplateData');
  if (data === undefined) return { attributes: { name: text(own, 'LaunchTemplateName') } };
  return {
    attributes: {
      name: text(own, 'LaunchTemplateName'),
      instance_type: orNone(text(data, 'InstanceType')),
      block_device_mappings: (objects(data, 'BlockDeviceMappings') ?? []).map((disk) => ({
        ebs: block(object(disk, 'Ebs'), ebs),
      })),
      metadata_options: block(object(data, 'MetadataOptions'), metadataOptions),
      network_interfaces: (objects(data, 'NetworkInterfaces') ?? []).map((one) => ({
        associate_public_ip_address: flag(one, 'AssociatePublicIpAddress'),
      })),
      monitoring: block(object(data, 'Monitoring'), (one) => ({ enabled: flag(one, 'Enabled') })),
      iam_instance_profile: block(object(data, 'IamInstanceProfile'), (one) => ({
        name: text(one, 'Arn') ?? text(one, 'Name'),
      })),
      instance_market_options: block(object(data, 'InstanceMarketOptions'), (one) => ({
        market_type: text(one, 'MarketType'),
      })),
      ...userData(text(data, 'UserData')),
    },
  };
}

function ebs(found: LiveItem): LiveItem {
  return {
    encrypted: flag(found, 'encrypted'),
    kms_key_id: text(found, 'kmsKeyId'),
    volume_size: number(found, 'volumeSize'),
  };
}

/** Where it is told at all it is told in Base64, and as an empty text where there is none. */
function userData(found: string | undefined): LiveItem {
  if (found === undefined) return {};
  return { user_data: null, user_data_base64: found === '' ? null : found };
}

/** Names that images give their root device, where the item does not say which disk is that. */
const ROOT_DEVICES: readonly unknown[] = ['/dev/xvda', '/dev/sda1', '/dev/sda'];

/** DescribeLaunchConfigurations. */
function launchConfiguration({ own }: Item): Words {
  const disks = (objects(own, 'blockDeviceMappings') ?? []).filter((disk) => object(disk, 'ebs'));
  const isRoot = (disk: LiveItem): boolean => ROOT_DEVICES.includes(at(disk, 'deviceName'));
  const toBlock = (disk: LiveItem): LiveItem => ebs(object(disk, 'ebs') ?? {});
  return {
    attributes: {
      name: text(own, 'launchConfigurationName'),
      instance_type: text(own, 'instanceType'),
      root_block_device: disks.filter(isRoot).map(toBlock),
      ebs_block_device: disks.filter((disk) => !isRoot(disk)).map(toBlock),
      metadata_options: block(object(own, 'metadataOptions'), metadataOptions),
      associate_public_ip_address: orNone(flag(own, 'associatePublicIpAddress')),
      enable_monitoring: flag(own, 'instanceMonitoring.enabled'),
      iam_instance_profile: orNone(
        text(own, 'iamInstanceProfile') ?? text(own, 'iamInstanceProfile.value'),
      ),
      spot_price: orNone(text(own, 'spotPrice')),
      ...userData(text(own, 'userData')),
    },
  };
}

export const EC2_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::EC2::Instance', 'aws_instance', instance),
  awsItem('AWS::EC2::LaunchTemplate', 'aws_launch_template', launchTemplate, {
    sensitive: ['configuration.LaunchTemplateData.UserData'],
  }),
  awsItem(
    'AWS::AutoScaling::LaunchConfiguration',
    'aws_launch_configuration',
    launchConfiguration,
    { sensitive: ['configuration.userData'] },
  ),
  awsItem('AWS::EC2::KeyPair', 'aws_key_pair', ({ own }) => ({
    attributes: { key_name: text(own, 'keyName') },
  })),
];
