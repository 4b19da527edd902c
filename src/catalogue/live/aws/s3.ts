import { isRecord } from '../../../kit/record.ts';
import { at, flag, has, json, object, objects, orNone, text, told } from '../read.ts';
import type { LiveItem, Restated, RestatedCompanion, Restatement } from '../restatement.ts';
import { awsItem, policyOf } from './item.ts';
import type { Item, Words } from './item.ts';

/*
 * AWS::S3::Bucket of awslabs/aws-config-resource-schema: `configuration` holds little more than the name, the rest stands
 * under `supplementaryConfiguration` as AWS's SDK for Java names it. BucketPolicy and AccessControlList stand in items,
 * though not in that schema, which is the one of queries.
 */

/** What the item tells of one part of the bucket. */
interface Part {
  readonly type: string;
  /** Whether it tells of this part at all. */
  readonly certain: boolean;
  /** Undefined where the bucket has no such part. */
  readonly attributes: RestatedCompanion['attributes'] | undefined;
}

function bucket(item: LiveItem): Restated {
  const details = object(item, 'supplementaryConfiguration') ?? {};
  const parts = PARTS.map((part) => part(details));
  return {
    attributes: told({
      bucket: text(item, 'configuration.name'),
      ...OLDER_ATTRIBUTES,
    }),
    companions: parts.flatMap(({ type, attributes }) =>
      attributes === undefined ? [] : [{ type, attributes }],
    ),
    tells: parts.filter(({ certain }) => certain).map(({ type }) => type),
  };
}

/** Of the bucket itself before version 4 of the provider; each is a resource of its own now, and told as that. */
const OLDER_ATTRIBUTES = {
  acl: null,
  grant: null,
  lifecycle_rule: null,
  logging: null,
  policy: null,
  server_side_encryption_configuration: null,
  versioning: null,
};

/** The policy stands in every whole item, with a null text where there is none: without it, what is missing is unknown. */
function isWhole(item: LiveItem): boolean {
  return has(item, 'BucketPolicy.policyText');
}

const PARTS: readonly ((item: LiveItem) => Part)[] = [
  (item) => {
    const policy = policyOf(at(item, 'BucketPolicy.policyText'));
    return {
      type: 'aws_s3_bucket_policy',
      certain: isWhole(item),
      attributes: policy === undefined || policy === null ? undefined : { policy },
    };
  },
  // A bucket that never had versions says `Off`.
  (item) => {
    const status = text(item, 'BucketVersioningConfiguration.status');
    return {
      type: 'aws_s3_bucket_versioning',
      certain: has(item, 'BucketVersioningConfiguration'),
      attributes: status === undefined ? undefined : { versioning_configuration: [{ status }] },
    };
  },
  (item) => {
    const target = text(item, 'BucketLoggingConfiguration.destinationBucketName');
    return {
      type: 'aws_s3_bucket_logging',
      certain: has(item, 'BucketLoggingConfiguration'),
      attributes: target === undefined ? undefined : { target_bucket: target },
    };
  },
  (item) => {
    // Encoded twice.
    const list = json(at(item, 'AccessControlList'));
    const grant = (objects(list, 'grantList') ?? []).map(grantOf);
    return {
      type: 'aws_s3_bucket_acl',
      certain: isRecord(list),
      attributes: isRecord(list) ? { acl: null, access_control_policy: [{ grant }] } : undefined,
    };
  },
  (item) => {
    const rules = objects(item, 'ServerSideEncryptionConfiguration.rules');
    return {
      type: 'aws_s3_bucket_server_side_encryption_configuration',
      certain: isWhole(item) || rules !== undefined,
      attributes: rules === undefined ? undefined : { rule: rules.map(encryptionOf) },
    };
  },
  (item) => {
    const block = object(item, 'PublicAccessBlockConfiguration');
    return {
      type: 'aws_s3_bucket_public_access_block',
      certain: isWhole(item) || block !== undefined,
      attributes: block === undefined ? undefined : accessBlockOf(block),
    };
  },
  (item) => {
    const rules = objects(item, 'BucketLifecycleConfiguration.rules');
    return {
      type: 'aws_s3_bucket_lifecycle_configuration',
      certain: isWhole(item) || rules !== undefined,
      attributes:
        rules === undefined
          ? undefined
          : { rule: rules.map((rule) => ({ status: orNone(text(rule, 'status')) })) },
    };
  },
];

/** A group is a bare word (`AllUsers`, `AuthenticatedUsers`, `LogDelivery`), everybody else an object with an `id`. */
function grantOf(grant: LiveItem): LiveItem {
  const group = text(grant, 'grantee');
  const family = group === 'LogDelivery' ? 's3' : 'global';
  const uri = group === undefined ? null : `http://acs.amazonaws.com/groups/${family}/${group}`;
  return { permission: orNone(text(grant, 'permission')), grantee: [{ uri }] };
}

function encryptionOf(rule: LiveItem): LiveItem {
  const applied = object(rule, 'applyServerSideEncryptionByDefault');
  return {
    apply_server_side_encryption_by_default: [
      {
        sse_algorithm: orNone(text(applied, 'sseAlgorithm')),
        kms_master_key_id: orNone(text(applied, 'kmsMasterKeyID')),
      },
    ],
  };
}

/** All four stand in the block; one that does not is off, as S3 itself takes it. */
function accessBlockOf(block: LiveItem): LiveItem {
  return {
    block_public_acls: flag(block, 'blockPublicAcls') ?? false,
    block_public_policy: flag(block, 'blockPublicPolicy') ?? false,
    ignore_public_acls: flag(block, 'ignorePublicAcls') ?? false,
    restrict_public_buckets: flag(block, 'restrictPublicBuckets') ?? false,
  };
}

/** By the CloudFormation schema. */
function accessPoint({ own }: Item): Words {
  return {
    attributes: {
      name: text(own, 'Name'),
      policy: policyOf(at(own, 'Policy')),
      vpc_configuration: object(own, 'VpcConfiguration') ?? null,
    },
  };
}

export const S3_RESTATEMENTS: readonly Restatement[] = [
  { type: 'AWS::S3::Bucket', as: 'aws_s3_bucket', restate: bucket },
  awsItem('AWS::S3::AccessPoint', 'aws_s3_access_point', accessPoint),
];
