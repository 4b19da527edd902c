import { given, list, number, objects, text } from '../read.ts';
import type { Restatement } from '../restatement.ts';
import { awsItem } from './item.ts';
import type { Item, Words } from './item.ts';

/** DescribeAutoScalingGroups; subnets are one text, parted by commas. */
function group({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'autoScalingGroupName'),
      max_size: number(own, 'maxSize'),
      vpc_zone_identifier: given(text(own, 'vpczoneIdentifier'), (subnets) =>
        subnets.split(',').filter((subnet) => subnet.trim() !== ''),
      ),
      availability_zones: list(own, 'availabilityZones'),
      enabled_metrics: objects(own, 'enabledMetrics')?.map((one) => text(one, 'metric')) ?? null,
    },
  };
}

export const AUTOSCALING_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::AutoScaling::AutoScalingGroup', 'aws_autoscaling_group', group),
];
