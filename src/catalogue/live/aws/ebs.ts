import { flag, number, orNone, text } from '../read.ts';
import type { Restatement } from '../restatement.ts';
import { awsItem, named, resolvedKey } from './item.ts';
import type { Item, Words } from './item.ts';

/** DescribeVolumes. The key is an ARN, also of the key that AWS manages. */
function volume(item: Item): Words {
  return {
    attributes: {
      encrypted: flag(item.own, 'encrypted'),
      kms_key_id: resolvedKey(text(item.own, 'kmsKeyId'), item),
      size: number(item.own, 'size'),
      type: text(item.own, 'volumeType'),
    },
  };
}

/** DescribeSnapshots. Terraform says of a snapshot only what volume it is of, so the volume is told with it. */
function snapshot({ own }: Item): Words {
  const encrypted = flag(own, 'encrypted');
  const volumeId = orNone(text(own, 'volumeId'));
  if (encrypted === undefined) return { attributes: { volume_id: volumeId } };
  return {
    attributes: { volume_id: volumeId },
    companions: [{ type: 'aws_ebs_volume', attributes: { encrypted, kms_key_id: null } }],
    tells: ['aws_ebs_volume'],
  };
}

export const EBS_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::EC2::Volume', 'aws_ebs_volume', volume),
  awsItem('AWS::EC2::Snapshot', 'aws_ebs_snapshot', snapshot),
  awsItem('AWS::EC2::Image', 'aws_ami', named),
];
