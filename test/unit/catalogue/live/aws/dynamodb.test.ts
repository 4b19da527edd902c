import { OWN_KEY, SOME_KEY, U, itemsOf, says } from './item.ts';

const recovery = (status: string) => ({
  ContinuousBackupsDescription: {
    pointInTimeRecoveryDescription: { pointInTimeRecoveryStatus: status },
  },
});

itemsOf(
  'AWS::DynamoDB::Table',
  'aws.dynamodb.table',
  says(
    'by AWS’s own key, without backups',
    { tableName: 't', deletionProtectionEnabled: false },
    {
      name: 't',
      encrypted_at_rest: true,
      customer_key: false,
      backup: false,
      deletion_protected: false,
      lifecycle: U,
      multi_zone: true,
    },
    { supplementary: recovery('DISABLED') },
  ),
  says(
    'by a key of whom nobody knows',
    {
      deletionProtectionEnabled: true,
      ssedescription: { status: 'ENABLED', ssetype: 'KMS', kmsmasterKeyArn: SOME_KEY },
    },
    { customer_key: U, backup: true, deletion_protected: true },
    { supplementary: recovery('ENABLED') },
  ),
  says(
    'by a key of the customer',
    { ssedescription: { status: 'ENABLED', kmsmasterKeyArn: OWN_KEY } },
    { customer_key: true },
  ),
  says(
    'encryption that is switched off again',
    { ssedescription: { status: 'DISABLED', kmsmasterKeyArn: OWN_KEY } },
    { customer_key: false },
  ),
  says('without a word', { tableStatus: 'ACTIVE' }, { backup: U, deletion_protected: U }),
);

itemsOf(
  'AWS::DAX::Cluster',
  'aws.dax.cluster',
  says(
    'encrypted',
    {
      ClusterName: 'c',
      SSESpecification: { SSEEnabled: true },
      ClusterEndpointEncryptionType: 'TLS',
      NodeType: 'dax.r5.large',
    },
    { name: 'c', encrypted_at_rest: true, encrypted_in_transit: true, size: 'dax.r5.large' },
  ),
  says(
    'in the clear',
    { SSESpecification: { SSEEnabled: false }, ClusterEndpointEncryptionType: 'NONE' },
    { encrypted_at_rest: false, encrypted_in_transit: false },
  ),
  says('without a word', { ClusterName: 'c' }, { encrypted_at_rest: U, encrypted_in_transit: U }),
);
