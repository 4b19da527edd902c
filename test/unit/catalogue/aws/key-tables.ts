import type { FactTable } from '../../../builders.ts';
import { EVERYONE, U, says, table, tied, toCome } from './table.ts';

export const KEY_TABLES: readonly FactTable[] = [
  table(
    'aws.kms.key',
    'aws_kms_key',
    says('bare', {}, { stateful: true, key_rotation: false, anyone_trusted: false }),
    says(
      'rotating, open',
      { enable_key_rotation: true, policy: EVERYONE },
      { key_rotation: true, anyone_trusted: true },
    ),
    says(
      'open by a policy of its own',
      {},
      { anyone_trusted: true },
      { with: [tied('aws_kms_key_policy', 'key_id', 'aws_kms_key', { policy: EVERYONE })] },
    ),
    says(
      'asymmetric, which cannot rotate',
      { customer_master_key_spec: 'RSA_2048' },
      { key_rotation: undefined },
    ),
    says(
      'asymmetric by the newer name',
      { key_spec: 'ECC_NIST_P256' },
      { key_rotation: undefined },
    ),
    toCome(['enable_key_rotation', 'policy'], { key_rotation: U, anyone_trusted: U }),
  ),
  table(
    'aws.kms.external_key',
    'aws_kms_external_key',
    says('bare', {}, { stateful: true, anyone_trusted: false }),
    says('open', { policy: EVERYONE }, { anyone_trusted: true }, { type: 'aws_kms_replica_key' }),
    toCome(['policy'], { anyone_trusted: U }, { type: 'aws_kms_replica_external_key' }),
  ),
  table(
    'aws.secretsmanager.secret',
    'aws_secretsmanager_secret',
    says(
      'bare',
      {},
      {
        stateful: true,
        encrypted_at_rest: true,
        customer_key: false,
        key_rotation: false,
        anyone_trusted: false,
      },
    ),
    says(
      'rotating under the customer’s key, open',
      { kms_key_id: 'k', policy: EVERYONE },
      { customer_key: true, key_rotation: true, anyone_trusted: true },
      {
        with: [
          tied('aws_secretsmanager_secret_rotation', 'secret_id', 'aws_secretsmanager_secret'),
        ],
      },
    ),
    says('rotating as before version 4', { rotation_lambda_arn: 'f' }, { key_rotation: true }),
    toCome(['kms_key_id', 'rotation_lambda_arn', 'policy'], {
      customer_key: U,
      key_rotation: U,
      anyone_trusted: U,
    }),
  ),
  table(
    'aws.ssm.parameter',
    'aws_ssm_parameter',
    says('clear', { type: 'String' }, { encrypted_at_rest: false, customer_key: false }),
    says(
      'secure',
      { type: 'SecureString', key_id: 'k' },
      { encrypted_at_rest: true, customer_key: true },
    ),
    says(
      'secure, by AWS’s key',
      { type: 'SecureString', key_id: 'alias/aws/ssm' },
      { encrypted_at_rest: true, customer_key: false },
    ),
    toCome(['type', 'key_id'], { encrypted_at_rest: U, customer_key: U }),
  ),
  table(
    'aws.acm.certificate',
    'aws_acm_certificate',
    says(
      'validated by DNS',
      { domain_name: 'd', validation_method: 'DNS' },
      { name: 'd', auto_upgrade: true },
    ),
    says('imported', { certificate_body: 'x' }, { auto_upgrade: false }),
    toCome(['validation_method'], { auto_upgrade: U }),
  ),
];
