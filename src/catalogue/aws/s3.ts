import type { Facts } from '../facts.ts';
import { hasBlock } from '../terraform.ts';
import { allOf, anyOf, equals, holds, not, oneOf, orElse, present, someOf } from '../values.ts';
import type { Truth } from '../values.ts';
import type { View } from '../view.ts';
import { demandsTls, policyAt, trustsAnyone } from './policy-document.ts';
import { alwaysEncrypted, awsKind, companion, customerKey } from './service.ts';

const NAMES = ['id', 'bucket', 'arn'];

/** A resource of its own since version 4 of the provider; the bucket's attribute of that name before. */
function part(view: View, type: string, test: (companion: View) => Truth): Truth {
  return companion(view, [type], 'bucket', test, NAMES);
}

function bucket(view: View): Facts {
  const policy = policyAt(view, 'policy');
  const byPolicy = (test: (found: typeof policy) => Truth): Truth =>
    anyOf(
      test(policy),
      part(view, 'aws_s3_bucket_policy', (one) => test(policyAt(one, 'policy'))),
    );
  const anyone = byPolicy(trustsAnyone);
  return {
    name: view.string('bucket'),
    stateful: true,
    // S3 encrypts every new object with its own key since 5 January 2023, whatever the bucket says; only the key is a
    // choice: docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
    encrypted_at_rest: true,
    customer_key: bucketKey(view),
    encrypted_in_transit: byPolicy(demandsTls),
    public: isPublic(view, anyone),
    anyone_trusted: anyone,
    versioned: anyOf(
      equals(view.boolean('versioning[0].enabled'), true),
      part(view, 'aws_s3_bucket_versioning', (one) =>
        equals(one.string('versioning_configuration[0].status'), 'Enabled'),
      ),
    ),
    logging: anyOf(
      hasBlock(view, 'logging'),
      part(view, 'aws_s3_bucket_logging', () => true),
    ),
    lifecycle: anyOf(
      someOf(view.list('lifecycle_rule'), (rule) => equals(rule.boolean('enabled'), true)),
      part(view, 'aws_s3_bucket_lifecycle_configuration', (one) =>
        someOf(one.list('rule'), (rule) => equals(rule.string('status'), 'Enabled')),
      ),
    ),
  };
}

function bucketKey(view: View): Truth {
  const inline =
    'server_side_encryption_configuration[0].rule[0].apply_server_side_encryption_by_default[0]';
  const applied = 'rule[0].apply_server_side_encryption_by_default[0]';
  return anyOf(
    usesKey(view, inline),
    part(view, 'aws_s3_bucket_server_side_encryption_configuration', (one) =>
      usesKey(one, applied),
    ),
  );
}

function usesKey(view: View, path: string): Truth {
  const algorithm = view.string(`${path}.sse_algorithm`);
  return allOf(
    holds(algorithm, (name) => name.startsWith('aws:kms')),
    customerKey(view, `${path}.kms_master_key_id`),
  );
}

const OPEN_ACLS = ['public-read', 'public-read-write', 'authenticated-read'];
const EVERYONE = /\/global\/(?:AllUsers|AuthenticatedUsers)$/;

/**
 * Public is what an ACL or a policy opens and no public access block closes again. The block of the account is not in
 * the document, so it is not counted on.
 */
function isPublic(view: View, byPolicy: Truth): Truth {
  const byAcl = anyOf(
    opens(view, 'acl', 'grant'),
    part(view, 'aws_s3_bucket_acl', (one) => opens(one, 'acl', 'access_control_policy[0].grant')),
  );
  const blocked = (...switches: string[]): Truth =>
    part(view, 'aws_s3_bucket_public_access_block', (block) =>
      anyOf(...switches.map((name) => equals(block.boolean(name), true))),
    );
  return anyOf(
    allOf(byAcl, not(blocked('ignore_public_acls', 'block_public_acls'))),
    allOf(byPolicy, not(blocked('restrict_public_buckets', 'block_public_policy'))),
  );
}

function opens(view: View, acl: string, grants: string): Truth {
  return anyOf(
    oneOf(view.string(acl), OPEN_ACLS),
    someOf(view.list(grants), (grant) =>
      anyOf(
        holds(grant.string('uri'), (uri) => EVERYONE.test(uri)),
        holds(grant.string('grantee[0].uri'), (uri) => EVERYONE.test(uri)),
      ),
    ),
  );
}

export const S3_KINDS = [
  awsKind({ kind: 'aws.s3.bucket', title: 'S3 bucket', types: ['aws_s3_bucket'], facts: bucket }),
  awsKind({
    kind: 'aws.s3.object',
    title: 'S3 object',
    types: ['aws_s3_object', 'aws_s3_bucket_object', 'aws_s3_object_copy'],
    facts: (view) => ({
      ...alwaysEncrypted(view, 'kms_key_id'),
      public: oneOf(orElse(view.string('acl'), 'private'), OPEN_ACLS),
      name: view.string('key'),
    }),
  }),
  awsKind({
    kind: 'aws.s3.access_point',
    title: 'S3 access point',
    types: ['aws_s3_access_point'],
    facts: (view) => ({
      anyone_trusted: trustsAnyone(policyAt(view, 'policy')),
      network_isolated: present(view.read('vpc_configuration')),
    }),
  }),
];
