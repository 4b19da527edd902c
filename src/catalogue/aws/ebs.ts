import type { Facts } from '../facts.ts';
import { anyOf, when } from '../values.ts';
import type { View } from '../view.ts';
import { encryptedByAccount, encryptedDisks } from './machine.ts';
import { awsKind, customerKey, flag } from './service.ts';

function volume(view: View): Facts {
  const encrypted = anyOf(flag(view, 'encrypted', false), encryptedByAccount(view));
  return {
    stateful: true,
    encrypted_at_rest: encrypted,
    customer_key: when(encrypted, customerKey(view, 'kms_key_id'), false),
    disk_gb: view.number('size'),
    size: view.string('type'),
  };
}

/** A copy says itself whether it is encrypted; a snapshot is as its volume is. */
function snapshot(view: View): Facts {
  const encrypted = anyOf(flag(view, 'encrypted', false), encryptedByAccount(view));
  return {
    stateful: true,
    encrypted_at_rest: encrypted,
    customer_key: customerKey(view, 'kms_key_id'),
  };
}

export const EBS_KINDS = [
  awsKind({
    kind: 'aws.ebs.volume',
    title: 'EBS volume',
    types: ['aws_ebs_volume'],
    facts: volume,
  }),
  awsKind({
    kind: 'aws.ebs.snapshot_copy',
    title: 'Copy of an EBS snapshot',
    types: ['aws_ebs_snapshot_copy'],
    facts: snapshot,
  }),
  awsKind({
    kind: 'aws.ebs.snapshot',
    title: 'EBS snapshot',
    types: ['aws_ebs_snapshot'],
    facts: (view) => {
      const [source] = view.targets('volume_id', ['aws_ebs_volume']).views;
      if (source === undefined) return { stateful: true };
      return { stateful: true, encrypted_at_rest: volume(source.written).encrypted_at_rest };
    },
  }),
  awsKind({
    kind: 'aws.ec2.image',
    title: 'Machine image',
    types: ['aws_ami', 'aws_ami_copy'],
    facts: (view) => ({
      encrypted_at_rest: anyOf(
        flag(view, 'encrypted', false),
        view.resource.type === 'aws_ami'
          ? encryptedDisks(view, view.list('ebs_block_device') ?? [])
          : false,
      ),
    }),
  }),
];
