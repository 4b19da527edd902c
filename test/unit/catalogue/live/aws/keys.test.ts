import { EVERYONE, ONE_ACCOUNT, U, itemsOf, says } from './item.ts';

itemsOf(
  'AWS::KMS::Key',
  'aws.kms.key',
  says(
    'rotated',
    { keyId: 'k', customerMasterKeySpec: 'SYMMETRIC_DEFAULT' },
    { key_rotation: true, anyone_trusted: false, stateful: true },
    { supplementary: { KeyRotationStatus: true, Policy: ONE_ACCOUNT } },
  ),
  says(
    'not rotated, open',
    { keySpec: 'SYMMETRIC_DEFAULT' },
    { key_rotation: false, anyone_trusted: true },
    { supplementary: { KeyRotationStatus: 'false', Policy: EVERYONE } },
  ),
  says(
    'a key that cannot rotate',
    { keySpec: 'RSA_4096' },
    { key_rotation: undefined },
    { supplementary: { KeyRotationStatus: false } },
  ),
  says('without a word', { keyId: 'k' }, { key_rotation: U, anyone_trusted: U }),
  says(
    'of imported material',
    { origin: 'EXTERNAL' },
    { anyone_trusted: true },
    { kind: 'aws.kms.external_key', supplementary: { Policy: EVERYONE } },
  ),
  says(
    'a copy of another Region’s',
    { origin: 'AWS_KMS', multiRegionConfiguration: { multiRegionKeyType: 'REPLICA' } },
    { anyone_trusted: U },
    { kind: 'aws.kms.external_key' },
  ),
);

itemsOf(
  'AWS::SecretsManager::Secret',
  'aws.secretsmanager.secret',
  says(
    'rotated by a function',
    { Name: 's', KMSKeyId: 'k', RotationEnabled: true, RotationLambdaARN: 'arn' },
    { name: 's', customer_key: true, key_rotation: true, anyone_trusted: U },
  ),
  says(
    'rotated by its service',
    { RotationEnabled: true },
    { key_rotation: true, customer_key: false },
  ),
  says('never rotated', { Name: 's' }, { key_rotation: false }),
  says(
    'no longer rotated',
    { RotationEnabled: false, RotationLambdaARN: 'arn' },
    { key_rotation: false },
  ),
);

itemsOf(
  'AWS::SSM::Parameter',
  'aws.ssm.parameter',
  says(
    'in the clear',
    { Name: 'p', Type: 'String' },
    { name: 'p', encrypted_at_rest: false, customer_key: false },
  ),
  says('secure', { Type: 'SecureString' }, { encrypted_at_rest: true, customer_key: U }),
  says('without a word', { Name: 'p' }, { encrypted_at_rest: U }),
);

itemsOf(
  'AWS::ACM::Certificate',
  'aws.acm.certificate',
  says(
    'renewed by itself',
    {
      domainName: 'example.com',
      type: 'AMAZON_ISSUED',
      domainValidationOptions: [{ validationMethod: 'DNS' }],
    },
    { name: 'example.com', auto_upgrade: true },
  ),
  says(
    'renewed by mail',
    { domainValidationOptions: [{ validationMethod: 'EMAIL' }] },
    { auto_upgrade: false },
  ),
  says('imported', { type: 'IMPORTED' }, { auto_upgrade: false }),
  says('without a word', { domainName: 'example.com' }, { auto_upgrade: U }),
);
