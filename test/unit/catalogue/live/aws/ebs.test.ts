import { OTHER_ACCOUNTS_KEY, OWN_KEY, SOME_KEY, U, itemsOf, says } from './item.ts';

itemsOf(
  'AWS::EC2::Volume',
  'aws.ebs.volume',
  says(
    'in the clear',
    { encrypted: false, size: 8, volumeType: 'gp3' },
    { encrypted_at_rest: false, customer_key: false, disk_gb: 8, size: 'gp3', stateful: true },
  ),
  says(
    'encrypted, by a key of whom nobody knows',
    { encrypted: true, kmsKeyId: SOME_KEY },
    { encrypted_at_rest: true, customer_key: U },
  ),
  says(
    'encrypted by a multi-Region key',
    { encrypted: true, kmsKeyId: OWN_KEY },
    { customer_key: true },
  ),
  says(
    'encrypted by a key of another account',
    { encrypted: true, kmsKeyId: OTHER_ACCOUNTS_KEY },
    { customer_key: true },
  ),
  says(
    'encrypted by the alias of AWS’s key',
    { encrypted: true, kmsKeyId: 'alias/aws/ebs' },
    { customer_key: false },
  ),
  says(
    'without a word on it',
    { volumeId: 'vol-1' },
    { encrypted_at_rest: U, disk_gb: U, size: U },
  ),
);

itemsOf(
  'AWS::EC2::Snapshot',
  'aws.ebs.snapshot',
  says(
    'encrypted',
    { encrypted: true, volumeId: 'vol-1' },
    { encrypted_at_rest: true, stateful: true },
  ),
  says('in the clear', { encrypted: false }, { encrypted_at_rest: false }),
);
