import { EVERYONE, ONE_ACCOUNT, OWN_KEY, SOME_KEY, U, itemsOf, says } from './item.ts';

itemsOf(
  'AWS::SQS::Queue',
  'aws.sqs.queue',
  says(
    'guarded',
    {
      QueueName: 'q',
      KmsMasterKeyId: 'alias/mine',
      RedrivePolicy: { maxReceiveCount: 5 },
      Policy: ONE_ACCOUNT,
    },
    {
      name: 'q',
      encrypted_at_rest: true,
      customer_key: true,
      dead_letter: true,
      anyone_trusted: false,
    },
  ),
  says(
    'open',
    { SqsManagedSseEnabled: 'false', Policy: EVERYONE },
    { encrypted_at_rest: false, customer_key: false, dead_letter: false, anyone_trusted: true },
  ),
  says(
    'encrypted by SQS',
    { SqsManagedSseEnabled: 'true' },
    { encrypted_at_rest: true, customer_key: false },
  ),
  says(
    'by AWS’s key',
    { KmsMasterKeyId: 'alias/aws/sqs' },
    { encrypted_at_rest: true, customer_key: false },
  ),
  says('without a word on its policy', { QueueName: 'q' }, { anyone_trusted: U }),
);

itemsOf(
  'AWS::SNS::Topic',
  'aws.sns.topic',
  says(
    'guarded',
    {
      TopicArn: 'arn:aws:sns:eu-central-1:123456789012:t',
      KmsMasterKeyId: 'k',
      Policy: ONE_ACCOUNT,
      TracingConfig: 'Active',
    },
    {
      name: 't',
      encrypted_at_rest: true,
      customer_key: true,
      anyone_trusted: false,
      monitoring: true,
    },
  ),
  says(
    'open',
    { Policy: EVERYONE },
    { encrypted_at_rest: false, customer_key: false, anyone_trusted: true, monitoring: false },
  ),
  says('without a word', { TopicArn: 't' }, { anyone_trusted: U }),
);

itemsOf(
  'AWS::SNS::Subscription',
  'aws.sns.subscription',
  says('in the clear', { Protocol: 'http' }, { encrypted_in_transit: false, dead_letter: false }),
  says(
    'encrypted',
    { Protocol: 'https', RedrivePolicy: { deadLetterTargetArn: 'q' } },
    { encrypted_in_transit: true, dead_letter: true },
  ),
  says('without a word', { TopicArn: 't' }, { encrypted_in_transit: U }),
);

itemsOf(
  'AWS::AmazonMQ::Broker',
  'aws.mq.broker',
  says(
    'guarded',
    {
      BrokerName: 'b',
      EncryptionOptions: { UseAwsOwnedKey: false, KmsKeyId: OWN_KEY },
      PubliclyAccessible: false,
      Logs: { General: true },
      AutoMinorVersionUpgrade: true,
      HostInstanceType: 'mq.m5.large',
      DeploymentMode: 'ACTIVE_STANDBY_MULTI_AZ',
      EngineVersion: '5.18',
    },
    {
      name: 'b',
      customer_key: true,
      public: false,
      logging: true,
      auto_upgrade: true,
      size: 'mq.m5.large',
      multi_zone: true,
      engine_version: '5.18',
    },
  ),
  says(
    'open',
    {
      EncryptionOptions: { UseAwsOwnedKey: true },
      PubliclyAccessible: true,
      Logs: { General: false, Audit: false },
      AutoMinorVersionUpgrade: false,
      DeploymentMode: 'SINGLE_INSTANCE',
    },
    { customer_key: false, public: true, logging: false, auto_upgrade: false, multi_zone: false },
  ),
  says(
    'a key of whom nobody knows',
    { EncryptionOptions: { UseAwsOwnedKey: false, KmsKeyId: SOME_KEY } },
    { customer_key: U, public: U, auto_upgrade: U, multi_zone: U },
  ),
);

itemsOf(
  'AWS::Events::EventBus',
  'aws.eventbridge.bus',
  says(
    'open',
    { Name: 'b', KmsKeyIdentifier: 'k', Policy: EVERYONE },
    { name: 'b', customer_key: true, anyone_trusted: true },
  ),
  says('for one account', { Policy: ONE_ACCOUNT }, { anyone_trusted: false }),
  says('without a policy', { Policy: '' }, { anyone_trusted: false }),
  says('without a word', { Name: 'b' }, { anyone_trusted: U, customer_key: U }),
);
