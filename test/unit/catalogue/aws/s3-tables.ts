import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import { raw } from '../../../builders.ts';
import type { FactTable } from '../../../builders.ts';
import type { RawResource } from '../../../../src/sources/source.ts';
import { EVERYONE, TLS_ONLY } from './table.ts';

/** A companion of the bucket under test, tied to it by reference. */
function part(
  type: string,
  attributes: Record<string, unknown>,
  unknown: string[] = [],
): RawResource {
  return raw(type, attributes, {
    unknown: ['bucket', ...unknown],
    refers: { bucket: 'aws_s3_bucket.this' },
  });
}

const COMPUTED = [
  'acl',
  'versioning',
  'logging',
  'lifecycle_rule',
  'policy',
  'grant',
  'server_side_encryption_configuration',
];

const bucket: FactTable = {
  kind: 'aws.s3.bucket',
  type: 'aws_s3_bucket',
  cases: [
    {
      it: 'alone is encrypted by S3 itself and private, although the provider computes every setting',
      attributes: { bucket: 'b' },
      details: { computed: COMPUTED },
      facts: {
        name: 'b',
        stateful: true,
        encrypted_at_rest: true,
        customer_key: false,
        encrypted_in_transit: false,
        public: false,
        anyone_trusted: false,
        versioned: false,
        logging: false,
        lifecycle: false,
      },
    },
    {
      it: 'takes its settings from resources of their own',
      attributes: { bucket: 'b' },
      details: { computed: COMPUTED },
      with: [
        part('aws_s3_bucket_versioning', { versioning_configuration: [{ status: 'Enabled' }] }),
        part('aws_s3_bucket_logging', { target_bucket: 'logs' }),
        part('aws_s3_bucket_lifecycle_configuration', { rule: [{ status: 'Enabled' }] }),
        part('aws_s3_bucket_policy', { policy: TLS_ONLY }),
        part('aws_s3_bucket_server_side_encryption_configuration', {
          rule: [
            {
              apply_server_side_encryption_by_default: [
                { sse_algorithm: 'aws:kms', kms_master_key_id: 'arn:key' },
              ],
            },
          ],
        }),
      ],
      facts: {
        versioned: true,
        logging: true,
        lifecycle: true,
        customer_key: true,
        encrypted_in_transit: true,
        public: false,
      },
    },
    {
      it: 'takes its settings from its own blocks, as before version 4 of the provider',
      attributes: {
        bucket: 'b',
        versioning: [{ enabled: true }],
        logging: [{ target_bucket: 'logs' }],
        lifecycle_rule: [{ enabled: true }],
        policy: TLS_ONLY,
        server_side_encryption_configuration: [
          {
            rule: [
              {
                apply_server_side_encryption_by_default: [
                  { sse_algorithm: 'aws:kms', kms_master_key_id: 'k' },
                ],
              },
            ],
          },
        ],
      },
      facts: {
        versioned: true,
        logging: true,
        lifecycle: true,
        customer_key: true,
        encrypted_in_transit: true,
      },
    },
    {
      it: 'is not versioned while versioning is suspended, nor under its own key with an alias of AWS',
      attributes: { bucket: 'b' },
      with: [
        part('aws_s3_bucket_versioning', { versioning_configuration: [{ status: 'Suspended' }] }),
        part('aws_s3_bucket_lifecycle_configuration', { rule: [{ status: 'Disabled' }] }),
        part('aws_s3_bucket_server_side_encryption_configuration', {
          rule: [
            {
              apply_server_side_encryption_by_default: [
                { sse_algorithm: 'aws:kms', kms_master_key_id: 'alias/aws/s3' },
              ],
            },
          ],
        }),
      ],
      facts: { versioned: false, lifecycle: false, customer_key: false },
    },
    {
      it: 'uses a customer’s key that is made in the same plan, its value still to come',
      attributes: { bucket: 'b' },
      with: [
        raw(
          'aws_s3_bucket_server_side_encryption_configuration',
          { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms' }] }] },
          {
            unknown: [
              'bucket',
              'rule[0].apply_server_side_encryption_by_default[0].kms_master_key_id',
            ],
            refers: { bucket: 'aws_s3_bucket.this', rule: 'aws_kms_key.this' },
          },
        ),
        raw('aws_kms_key'),
      ],
      facts: { customer_key: true },
    },
    {
      it: 'is public by its canned ACL',
      attributes: { acl: 'public-read' },
      facts: { public: true, anyone_trusted: false },
    },
    {
      it: 'is public by the ACL of its companion',
      attributes: { bucket: 'b' },
      with: [part('aws_s3_bucket_acl', { acl: 'public-read-write' })],
      facts: { public: true },
    },
    {
      it: 'is public by a grant to everyone',
      attributes: { grant: [{ uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }] },
      facts: { public: true },
    },
    {
      it: 'is public by its policy, and no longer once the block closes it',
      attributes: { policy: EVERYONE },
      facts: { public: true, anyone_trusted: true },
    },
    {
      it: 'is closed by its public access block, whatever ACL and policy say',
      attributes: { acl: 'public-read', policy: EVERYONE },
      with: [
        part('aws_s3_bucket_public_access_block', {
          ignore_public_acls: true,
          restrict_public_buckets: true,
        }),
      ],
      facts: { public: false, anyone_trusted: true },
    },
    {
      it: 'stays public when the block is not switched on',
      attributes: { acl: 'public-read' },
      with: [
        part('aws_s3_bucket_public_access_block', {
          ignore_public_acls: false,
          block_public_acls: false,
        }),
      ],
      facts: { public: true },
    },
    {
      it: 'is not known to be anything while its settings are written and still to come',
      attributes: {},
      details: { unknown: COMPUTED },
      facts: {
        public: UNKNOWN,
        anyone_trusted: UNKNOWN,
        encrypted_in_transit: UNKNOWN,
        versioned: UNKNOWN,
        logging: UNKNOWN,
        lifecycle: UNKNOWN,
        customer_key: UNKNOWN,
        encrypted_at_rest: true,
      },
    },
    {
      it: 'is not known to be versioned when some versioning may be its own',
      attributes: { bucket: 'b' },
      with: [
        raw(
          'aws_s3_bucket_versioning',
          { versioning_configuration: [{ status: 'Enabled' }] },
          { mayRefer: { bucket: ['aws_s3_bucket.this'] }, unknown: ['bucket'] },
        ),
      ],
      facts: { versioned: UNKNOWN, logging: false },
    },
  ],
};

const object: FactTable = {
  kind: 'aws.s3.object',
  type: 'aws_s3_object',
  cases: [
    {
      it: 'is private',
      attributes: { key: 'a' },
      facts: { name: 'a', encrypted_at_rest: true, customer_key: false, public: false },
    },
    {
      it: 'of the older name',
      type: 'aws_s3_bucket_object',
      attributes: { acl: 'public-read', kms_key_id: 'k' },
      facts: { public: true, customer_key: true },
    },
    {
      it: 'copied',
      type: 'aws_s3_object_copy',
      details: { unknown: ['acl', 'kms_key_id'] },
      facts: { public: UNKNOWN, customer_key: UNKNOWN },
    },
  ],
};

const accessPoint: FactTable = {
  kind: 'aws.s3.access_point',
  type: 'aws_s3_access_point',
  cases: [
    {
      it: 'open',
      attributes: { policy: EVERYONE },
      facts: { anyone_trusted: true, network_isolated: false },
    },
    {
      it: 'in a network',
      attributes: { vpc_configuration: [{ vpc_id: 'v' }] },
      facts: { anyone_trusted: false, network_isolated: true },
    },
    {
      it: 'to come',
      details: { unknown: ['policy', 'vpc_configuration'] },
      facts: { anyone_trusted: UNKNOWN, network_isolated: UNKNOWN },
    },
  ],
};

export const S3_TABLES: readonly FactTable[] = [bucket, object, accessPoint];
