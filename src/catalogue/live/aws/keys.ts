import { at, flag, has, objects, orNone, text } from '../read.ts';
import type { LiveItem, Restatement } from '../restatement.ts';
import { awsItem, policyOf } from './item.ts';
import type { Item, Words } from './item.ts';

/** Imported material, a key store of one's own, or a copy of another Region's key. */
function keyType(item: LiveItem): string {
  const replica = text(item, 'configuration.multiRegionConfiguration.multiRegionKeyType');
  const external = text(item, 'configuration.origin') === 'EXTERNAL';
  if (replica === 'REPLICA')
    return external ? 'aws_kms_replica_external_key' : 'aws_kms_replica_key';
  return external ? 'aws_kms_external_key' : 'aws_kms_key';
}

/** DescribeKey; rotation and policy stand beside it. The spec was renamed, and is told under both names. */
function key({ own, more }: Item): Words {
  const spec = text(own, 'keySpec') ?? text(own, 'customerMasterKeySpec');
  return {
    attributes: {
      customer_master_key_spec: spec,
      key_spec: spec,
      enable_key_rotation: flag(more, 'KeyRotationStatus'),
      policy: policyOf(at(more, 'Policy')),
    },
    tells: has(more, 'Policy') ? ['aws_kms_key_policy'] : [],
  };
}

/**
 * By the CloudFormation schema. The key is as it was given, and left out for the one that AWS manages. The policy is a
 * resource of its own there, and not told.
 */
function secret({ own }: Item): Words {
  const rotates = flag(own, 'RotationEnabled') === true;
  const lambda = text(own, 'RotationLambdaARN');
  return {
    attributes: {
      name: text(own, 'Name'),
      kms_key_id: orNone(text(own, 'KMSKeyId')),
      rotation_lambda_arn: orNone(rotates ? lambda : undefined),
    },
    companions: rotates ? [{ type: 'aws_secretsmanager_secret_rotation', attributes: {} }] : [],
    // Left out of the item of a secret that never rotated.
    tells: ['aws_secretsmanager_secret_rotation'],
  };
}

/** DescribeCertificate: what was imported is not renewed. */
function certificate({ own }: Item): Words {
  const options = objects(own, 'domainValidationOptions')?.[0];
  const imported = text(own, 'type') === 'IMPORTED';
  return {
    attributes: {
      domain_name: text(own, 'domainName'),
      validation_method: imported ? null : text(options, 'validationMethod'),
    },
  };
}

/** Not recorded by AWS Config; by its CloudFormation schema, which holds no key. */
function parameter({ own }: Item): Words {
  const type = text(own, 'Type');
  return { attributes: { name: text(own, 'Name'), type, key_id: text(own, 'KeyId') } };
}

export const KEY_RESTATEMENTS: readonly Restatement[] = [
  awsItem('AWS::KMS::Key', keyType, key),
  awsItem('AWS::SecretsManager::Secret', 'aws_secretsmanager_secret', secret, {
    sensitive: ['configuration.SecretString', 'configuration.GenerateSecretString'],
  }),
  awsItem('AWS::SSM::Parameter', 'aws_ssm_parameter', parameter, {
    sensitive: ['configuration.Value'],
  }),
  awsItem('AWS::ACM::Certificate', 'aws_acm_certificate', certificate),
];
