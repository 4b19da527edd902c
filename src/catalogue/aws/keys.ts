import type { Facts } from '../facts.ts';
import { anyOf, equals, not, oneOf, orElse, when } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { policyAt, trustsAnyone } from './policy-document.ts';
import { alwaysEncrypted, awsKind, companion, customerKey, flag } from './service.ts';

/** What was encrypted with a key is lost with it. Only symmetric keys of KMS's own making can rotate by themselves. */
function key(view: View): Facts {
  return {
    stateful: true,
    key_rotation: rotates(view),
    anyone_trusted: trusted(view, 'aws_kms_key_policy', 'key_id'),
  };
}

function rotates(view: View): Truth | undefined {
  const spec = orElse(view.string('customer_master_key_spec'), 'SYMMETRIC_DEFAULT');
  const newer = orElse(view.string('key_spec'), 'SYMMETRIC_DEFAULT');
  if (typeof spec === 'string' && spec !== 'SYMMETRIC_DEFAULT') return undefined;
  if (typeof newer === 'string' && newer !== 'SYMMETRIC_DEFAULT') return undefined;
  return flag(view, 'enable_key_rotation', false);
}

function trusted(view: View, type: string, attribute: string): Truth {
  return anyOf(
    trustsAnyone(policyAt(view, 'policy')),
    companion(view, [type], attribute, (one) => trustsAnyone(policyAt(one, 'policy')), [
      'id',
      'key_id',
      'arn',
    ]),
  );
}

function secret(view: View): Facts {
  return {
    stateful: true,
    ...alwaysEncrypted(view, 'kms_key_id'),
    key_rotation: anyOf(
      companion(view, ['aws_secretsmanager_secret_rotation'], 'secret_id'),
      not(equals(orElse(view.string('rotation_lambda_arn'), ''), '')),
    ),
    anyone_trusted: anyOf(
      trustsAnyone(policyAt(view, 'policy')),
      companion(view, ['aws_secretsmanager_secret_policy'], 'secret_arn', (one) =>
        trustsAnyone(policyAt(one, 'policy')),
      ),
    ),
  };
}

/** Only a SecureString is encrypted, with the key of the account's Systems Manager unless one is given. */
function parameter(view: View): Facts {
  const secure = equals(view.string('type'), 'SecureString');
  return {
    encrypted_at_rest: secure,
    customer_key: when(secure, customerKey(view, 'key_id'), false),
  };
}

export const KEY_KINDS = [
  awsKind({ kind: 'aws.kms.key', title: 'KMS key', types: ['aws_kms_key'], facts: key }),
  awsKind({
    kind: 'aws.kms.external_key',
    title: 'KMS key with imported or replicated material',
    types: ['aws_kms_external_key', 'aws_kms_replica_key', 'aws_kms_replica_external_key'],
    facts: (view) => ({
      stateful: true,
      anyone_trusted: trusted(view, 'aws_kms_key_policy', 'key_id'),
    }),
  }),
  awsKind({
    kind: 'aws.secretsmanager.secret',
    title: 'Secrets Manager secret',
    types: ['aws_secretsmanager_secret'],
    facts: secret,
  }),
  awsKind({
    kind: 'aws.ssm.parameter',
    title: 'Systems Manager parameter',
    types: ['aws_ssm_parameter'],
    facts: parameter,
  }),
  awsKind({
    kind: 'aws.acm.certificate',
    title: 'ACM certificate',
    types: ['aws_acm_certificate'],
    facts: (view) => ({
      name: view.string('domain_name'),
      // ACM renews what it can validate itself: by DNS record without anyone's help; imported certificates never.
      auto_upgrade: oneOf(view.string('validation_method'), ['DNS']),
    }),
  }),
];
