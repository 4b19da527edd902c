import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { raw } from '../../../builders.ts';
import type { FactTable } from '../../../builders.ts';

const byAccount = raw('aws_ebs_encryption_by_default', { enabled: true });

const volume: FactTable = {
  kind: 'aws.ebs.volume',
  type: 'aws_ebs_volume',
  cases: [
    {
      it: 'is not encrypted unless told',
      attributes: { size: 20 },
      details: { computed: ['encrypted', 'kms_key_id', 'type'] },
      facts: {
        stateful: true,
        encrypted_at_rest: false,
        customer_key: false,
        disk_gb: 20,
        size: undefined,
      },
    },
    {
      it: 'encrypted',
      attributes: { encrypted: true, kms_key_id: 'k', type: 'gp3' },
      facts: { encrypted_at_rest: true, customer_key: true, size: 'gp3' },
    },
    {
      it: 'encrypted by the account',
      with: [byAccount],
      details: { computed: ['encrypted'] },
      facts: { encrypted_at_rest: true, customer_key: false },
    },
    {
      it: 'to come',
      details: { unknown: ['encrypted', 'kms_key_id', 'size', 'type'] },
      facts: { encrypted_at_rest: UNKNOWN, customer_key: UNKNOWN, disk_gb: UNKNOWN, size: UNKNOWN },
    },
  ],
};

const snapshotCopy: FactTable = {
  kind: 'aws.ebs.snapshot_copy',
  type: 'aws_ebs_snapshot_copy',
  cases: [
    { it: 'clear', facts: { stateful: true, encrypted_at_rest: false, customer_key: false } },
    {
      it: 'encrypted',
      attributes: { encrypted: true, kms_key_id: 'k' },
      facts: { encrypted_at_rest: true, customer_key: true },
    },
    {
      it: 'to come',
      details: { unknown: ['encrypted', 'kms_key_id'] },
      facts: { encrypted_at_rest: UNKNOWN, customer_key: UNKNOWN },
    },
  ],
};

const ofVolume = { unknown: ['volume_id'], refers: { volume_id: 'aws_ebs_volume.this' } };
const snapshot: FactTable = {
  kind: 'aws.ebs.snapshot',
  type: 'aws_ebs_snapshot',
  cases: [
    {
      it: 'of an encrypted volume',
      details: ofVolume,
      with: [raw('aws_ebs_volume', { encrypted: true })],
      facts: { stateful: true, encrypted_at_rest: true },
    },
    {
      it: 'of a clear volume',
      details: ofVolume,
      with: [raw('aws_ebs_volume', { encrypted: false })],
      facts: { encrypted_at_rest: false },
    },
    {
      it: 'of a volume to come',
      details: ofVolume,
      with: [raw('aws_ebs_volume', {}, { unknown: ['encrypted'] })],
      facts: { encrypted_at_rest: UNKNOWN },
    },
    {
      it: 'of a volume that is not in the document',
      attributes: { volume_id: 'vol-1' },
      facts: { encrypted_at_rest: undefined },
    },
  ],
};

const image: FactTable = {
  kind: 'aws.ec2.image',
  type: 'aws_ami',
  cases: [
    {
      it: 'of encrypted disks',
      attributes: { ebs_block_device: [{ encrypted: true }] },
      facts: { encrypted_at_rest: true },
    },
    {
      it: 'with a clear disk',
      attributes: { ebs_block_device: [{ encrypted: true }, { encrypted: false }] },
      facts: { encrypted_at_rest: false },
    },
    { it: 'copied clear', type: 'aws_ami_copy', facts: { encrypted_at_rest: false } },
    {
      it: 'copied encrypted',
      type: 'aws_ami_copy',
      attributes: { encrypted: true },
      facts: { encrypted_at_rest: true },
    },
    {
      it: 'to come',
      details: { unknown: ['ebs_block_device'] },
      facts: { encrypted_at_rest: UNKNOWN },
    },
  ],
};

export const STORAGE_TABLES: readonly FactTable[] = [volume, snapshotCopy, snapshot, image];
