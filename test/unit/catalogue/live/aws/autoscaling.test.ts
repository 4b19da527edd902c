import { U, itemsOf, says } from './item.ts';

itemsOf(
  'AWS::AutoScaling::AutoScalingGroup',
  'aws.autoscaling.group',
  says(
    'over two zones',
    {
      autoScalingGroupName: 'g',
      maxSize: 4,
      vpczoneIdentifier: 'a,b',
      availabilityZones: ['x', 'y'],
      enabledMetrics: [{ metric: 'GroupMinSize' }],
    },
    { name: 'g', instance_count: 4, multi_zone: true, monitoring: true },
  ),
  says(
    'in one zone',
    { vpczoneIdentifier: 'a', availabilityZones: ['x'], enabledMetrics: [] },
    { multi_zone: false, monitoring: false },
  ),
  says('without a word', { autoScalingGroupName: 'g' }, { instance_count: U, multi_zone: U }),
);
