import { flag, given, number, orNone, text, told } from '../read.ts';
import type { LiveItem, Restated, Restatement } from '../restatement.ts';

/** AWS::EC2::Volume of awslabs/aws-config-resource-schema: the answer of DescribeVolumes in camel case. */
function volume(item: LiveItem): Restated {
  return {
    attributes: told({
      encrypted: flag(item, 'configuration.encrypted'),
      // Left out where the volume is not encrypted.
      kms_key_id: given(flag(item, 'configuration.encrypted'), () =>
        orNone(text(item, 'configuration.kmsKeyId')),
      ),
      size: number(item, 'configuration.size'),
      type: text(item, 'configuration.volumeType'),
    }),
  };
}

export const EBS_RESTATEMENTS: readonly Restatement[] = [
  { type: 'AWS::EC2::Volume', as: 'aws_ebs_volume', restate: volume },
];
