import { OWN_KEY, SOME_KEY, U, itemsOf, says } from './item.ts';

const variables = (...list: readonly object[]) => ({
  environment: { environmentVariables: list },
});

itemsOf(
  'AWS::Logs::LogGroup',
  'aws.logs.group',
  says(
    'kept for a while',
    { LogGroupName: 'l', RetentionInDays: 90, KmsKeyId: 'k', DeletionProtectionEnabled: true },
    { name: 'l', log_retention_days: 90, customer_key: true, deletion_protected: true },
  ),
  says(
    'kept for ever',
    { LogGroupName: 'l' },
    { log_retention_days: 0, customer_key: false, deletion_protected: U },
  ),
);

itemsOf(
  'AWS::CloudTrail::Trail',
  'aws.cloudtrail.trail',
  says(
    'encrypted by a key of one’s own',
    { name: 't', kmsKeyId: SOME_KEY },
    { name: 't', customer_key: true, logging: U },
  ),
  says('by AWS’s key', { name: 't' }, { customer_key: false }),
);

itemsOf(
  'AWS::StepFunctions::StateMachine',
  'aws.stepfunctions.state_machine',
  says(
    'watched',
    {
      StateMachineName: 's',
      LoggingConfiguration: { Level: 'ALL' },
      TracingConfiguration: { Enabled: true },
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: 'k' },
    },
    { name: 's', logging: true, monitoring: true, customer_key: true },
  ),
  says(
    'in the dark',
    { LoggingConfiguration: { Level: 'OFF' }, TracingConfiguration: { Enabled: false } },
    { logging: false, monitoring: false, customer_key: U },
  ),
);

itemsOf(
  'AWS::CodeBuild::Project',
  'aws.codebuild.project',
  says(
    'in order',
    {
      name: 'p',
      encryptionKey: OWN_KEY,
      logsConfig: { cloudWatchLogs: { status: 'ENABLED' } },
      vpcConfig: { vpcId: 'v' },
      ...variables({ name: 'DB_PASSWORD', type: 'PARAMETER_STORE', value: '/db/password' }),
    },
    {
      name: 'p',
      customer_key: true,
      logging: true,
      network_isolated: true,
      secret_in_environment: false,
    },
  ),
  says(
    'a secret, no logs',
    {
      encryptionKey: 'arn:aws:kms:eu-central-1:123456789012:alias/aws/s3',
      logsConfig: { cloudWatchLogs: { status: 'DISABLED' } },
      vpcConfig: {},
      ...variables({ name: 'DB_PASSWORD', type: 'PLAINTEXT', value: 'hunter2-hunter2' }),
    },
    { customer_key: false, logging: false, network_isolated: false, secret_in_environment: true },
  ),
);

itemsOf(
  'AWS::GuardDuty::Detector',
  'aws.guardduty.detector',
  says('on', { Enable: true }, { monitoring: true }),
  says('off', { Enable: false }, { monitoring: false }),
  says('without a word', { Id: 'd' }, { monitoring: U }),
);

itemsOf(
  'AWS::Cognito::UserPool',
  'aws.cognito.user_pool',
  says(
    'protected',
    { UserPoolName: 'u', DeletionProtection: 'ACTIVE' },
    { name: 'u', deletion_protected: true },
  ),
  says('not protected', { DeletionProtection: 'INACTIVE' }, { deletion_protected: false }),
  says('without a word', { UserPoolName: 'u' }, { deletion_protected: U }),
);
