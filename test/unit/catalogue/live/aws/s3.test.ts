import { EVERYONE, SOME_KEY, U, itemsOf, says, statements } from './item.ts';

const NAME = { name: 'shop-orders' };

/** What AWS Config always says of a bucket. */
const PLAIN = {
  AccessControlList: JSON.stringify(
    JSON.stringify({ grantSet: null, grantList: [grant({ id: '0123' })], owner: { id: '0123' } }),
  ),
  BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
  BucketPolicy: { policyText: null },
  BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null },
};

function grant(grantee: unknown, permission = 'FullControl') {
  return { grantee, permission };
}

const bucket = (
  it: string,
  supplementary: Record<string, unknown>,
  facts: Parameters<typeof says>[2],
) => says(it, NAME, facts, { supplementary });

itemsOf(
  'AWS::S3::Bucket',
  'aws.s3.bucket',
  bucket('a plain bucket is private and has nothing', PLAIN, {
    name: 'shop-orders',
    stateful: true,
    encrypted_at_rest: true,
    customer_key: false,
    encrypted_in_transit: false,
    public: false,
    anyone_trusted: false,
    versioned: false,
    logging: false,
    lifecycle: false,
  }),
  bucket(
    'of what the item leaves out nothing is known',
    {},
    {
      customer_key: U,
      encrypted_in_transit: U,
      public: U,
      anyone_trusted: U,
      versioned: U,
      logging: U,
      lifecycle: U,
    },
  ),
  bucket(
    'everything that is there',
    {
      ...PLAIN,
      BucketPolicy: {
        policyText: statements({
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      },
      BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: false },
      BucketLoggingConfiguration: { destinationBucketName: 'logs', logFilePrefix: '' },
      BucketLifecycleConfiguration: { rules: [{ id: 'a', status: 'Enabled' }] },
      ServerSideEncryptionConfiguration: {
        rules: [
          {
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: 'aws:kms',
              kmsMasterKeyID: SOME_KEY,
            },
          },
        ],
      },
    },
    {
      customer_key: true,
      encrypted_in_transit: true,
      versioned: true,
      logging: true,
      lifecycle: true,
      public: false,
    },
  ),
  bucket(
    'versions that were switched off again, and rules that are',
    {
      ...PLAIN,
      BucketVersioningConfiguration: { status: 'Suspended' },
      BucketLifecycleConfiguration: { rules: [{ id: 'a', status: 'Disabled' }] },
    },
    { versioned: false, lifecycle: false },
  ),
  bucket(
    'a key that AWS manages is nobody’s own',
    {
      ...PLAIN,
      ServerSideEncryptionConfiguration: {
        rules: [
          { applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID: null } },
        ],
      },
    },
    { customer_key: false },
  ),
  bucket(
    'open by its policy',
    { ...PLAIN, BucketPolicy: { policyText: EVERYONE } },
    { public: true, anyone_trusted: true },
  ),
  bucket(
    'open by a policy that an inventory has parsed already',
    { ...PLAIN, BucketPolicy: { policyText: JSON.parse(EVERYONE) as unknown } },
    { public: true, anyone_trusted: true },
  ),
  bucket(
    'a policy that cannot be read may say anything',
    { ...PLAIN, BucketPolicy: { policyText: '{"Statement": [' } },
    { public: U, anyone_trusted: U, encrypted_in_transit: U },
  ),
  bucket(
    'open by its policy, closed by its access block',
    {
      ...PLAIN,
      BucketPolicy: { policyText: EVERYONE },
      PublicAccessBlockConfiguration: {
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: true,
        restrictPublicBuckets: true,
      },
    },
    { public: false, anyone_trusted: true },
  ),
  ...['AllUsers', 'AuthenticatedUsers'].map((group) =>
    bucket(
      `open by its access control list: ${group}`,
      { ...PLAIN, AccessControlList: { grantList: [grant(group, 'Read')] } },
      { public: true, anyone_trusted: false },
    ),
  ),
  bucket(
    'log delivery is not everyone',
    { ...PLAIN, AccessControlList: { grantList: [grant('LogDelivery', 'Write')] } },
    { public: false },
  ),
  bucket(
    'open by its access control list, which the access block ignores',
    {
      ...PLAIN,
      AccessControlList: { grantList: [grant('AllUsers', 'Read')] },
      PublicAccessBlockConfiguration: { ignorePublicAcls: true },
    },
    { public: false },
  ),
);

itemsOf(
  'AWS::S3::AccessPoint',
  'aws.s3.access_point',
  says(
    'open',
    { Name: 'p', Policy: EVERYONE },
    { anyone_trusted: true, network_isolated: false, name: 'p' },
  ),
  says(
    'of one network',
    { VpcConfiguration: { VpcId: 'vpc-1' }, Policy: null },
    { anyone_trusted: false, network_isolated: true },
  ),
  says('without a word on its policy', { Name: 'p' }, { anyone_trusted: U }),
);
