import { anyOf, present } from '../values.ts';
import { awsKind, several } from './service.ts';

export const AUTOSCALING_KINDS = [
  awsKind({
    kind: 'aws.autoscaling.group',
    title: 'Auto Scaling group',
    types: ['aws_autoscaling_group'],
    // `tags` was the older, now removed list of the same; no default tag of the provider reaches either.
    tags: { shape: 'key-value', path: 'tag', also: 'tags', key: 'key', value: 'value' },
    facts: (view) => ({
      instance_count: view.number('max_size'),
      multi_zone: anyOf(several(view, 'vpc_zone_identifier'), several(view, 'availability_zones')),
      monitoring: present(view.read('enabled_metrics')),
    }),
  }),
];
