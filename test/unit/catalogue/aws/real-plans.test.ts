import { describe, expect, it } from 'vitest';

import { toResources } from '../../../../src/catalogue/resolve.ts';
import { UNKNOWN } from '../../../../src/catalogue/facts.ts';
import type { FactName } from '../../../../src/catalogue/facts.ts';
import type { Resource } from '../../../../src/model/resource.ts';
import { parseDocument } from '../../../../src/sources/parse-document.ts';
import { normaliseDocument } from '../../../../src/sources/registry.ts';
import { factOf } from '../../../builders.ts';
import type { Claims } from './table.ts';
import { SAMPLES, readSample } from '../../../samples.ts';

const LIMITS = { bytes: 64_000_000, yamlBytes: 1_048_576, depth: 200, members: 5_000_000 };

function resourcesOf(plan: string): Resource[] {
  const document = parseDocument(readSample(`terraform-plan/${plan}`), plan, LIMITS);
  return toResources(normaliseDocument(document).resources);
}

function find(plan: string, address: string): Resource {
  const found = resourcesOf(plan).find((one) => one.address === address);
  if (found === undefined) throw new Error(`${plan} has no ${address}`);
  return found;
}

const CREATE = 'own__create.plan.json';
const CHANGE = 'own__change.plan.json';
const LARGE = 'own__large-1000.plan.json';
const OLD = 'checkov__runner_plan.tfplan.json';
const SERVICE = 'opa_checks__test_inputs.test.json';

describe.skipIf(SAMPLES === undefined)('facts of real AWS plans', () => {
  it.each<[string, string, string, Claims]>([
    [
      CREATE,
      'aws_s3_bucket.logs',
      'aws.s3.bucket',
      { customer_key: true, public: false, versioned: false, logging: false, region: 'eu-west-1' },
    ],
    [
      CREATE,
      'module.bare[0].aws_s3_bucket.b',
      'aws.s3.bucket',
      { customer_key: false, region: 'us-east-1' },
    ],
    [
      CREATE,
      'aws_db_instance.db',
      'aws.rds.instance',
      { public: true, encrypted_at_rest: false, backup: false, encrypted_in_transit: UNKNOWN },
    ],
    [
      CREATE,
      'aws_security_group.ssh',
      'aws.ec2.security_group',
      { open_ingress: true, open_admin_port: true, open_egress: false },
    ],
    [
      CREATE,
      'aws_iam_policy.star',
      'aws.iam.policy',
      { admin_access: true, wildcard_actions: true, wildcard_resources: true },
    ],
    [CREATE, 'aws_kms_key.k', 'aws.kms.key', { key_rotation: true, anyone_trusted: false }],
    [
      CREATE,
      'aws_sqs_queue.all_unknown',
      'aws.sqs.queue',
      { encrypted_at_rest: true, dead_letter: false },
    ],
    [CREATE, 'aws_vpc.main', 'aws.ec2.vpc', { logging: false }],
    [CHANGE, 'aws_s3_bucket.logs', 'aws.s3.bucket', { customer_key: true, public: false }],
    [OLD, 'aws_s3_bucket.data', 'aws.s3.bucket', { public: true, logging: false }],
    [OLD, 'aws_s3_bucket.financials', 'aws.s3.bucket', { public: false }],
    [
      OLD,
      'aws_db_instance.default',
      'aws.rds.instance',
      { public: true, encrypted_at_rest: false },
    ],
    [OLD, 'aws_iam_access_key.user', 'aws.iam.access_key', { long_lived_key: true }],
    [OLD, 'aws_kms_key.logs_key', 'aws.kms.key', { key_rotation: false }],
    [
      OLD,
      'aws_instance.web_host',
      'aws.ec2.instance',
      { secret_in_user_data: UNKNOWN, metadata_v2: false },
    ],
    [
      OLD,
      'aws_lambda_function.analysis_lambda',
      'aws.lambda.function',
      { secret_in_environment: true },
    ],
    [SERVICE, 'module.rds.aws_rds_cluster.cluster', 'aws.rds.cluster', { encrypted_at_rest: true }],
  ])('%s: %s', (plan, address, kind, claims) => {
    const resource = find(plan, address);
    expect(resource.kind).toBe(kind);
    for (const [name, expected] of Object.entries(claims)) {
      expect([name, factOf(resource, name as FactName)]).toEqual([name, expected]);
    }
  });

  it('is sure that an untagged resource has no tags, although its tags_all is unknown', () => {
    const trapped = resourcesOf(SERVICE).filter(
      (one) => one.unknown.includes('config.tags_all') && one.config['tags'] === null,
    );
    expect(trapped).toHaveLength(17);
    for (const { tags, unknown } of trapped) {
      expect(tags).toEqual({});
      expect(unknown.filter((path) => path.startsWith('tags'))).toEqual([]);
    }
  });

  it('does not know the tags of a resource of which one value is still to come', () => {
    expect(find(CREATE, 'aws_s3_bucket.half_known').unknown).toContain('tags');
  });

  it('takes default tags from the provider that makes the resource', () => {
    expect(find(CREATE, 'aws_dynamodb_table.defaults_only').tags).toEqual({
      'cost-centre': '4711',
      'managed-by': 'terraform',
    });
    expect(find(CREATE, 'aws_dynamodb_table.naked')).toMatchObject({
      tags: {},
      unknown: expect.not.arrayContaining(['tags']) as unknown,
    });
  });

  it('reads both styles of tags of an autoscaling group', () => {
    const groups = resourcesOf('checkov__plan_tags_variety.tfplan.json').filter(
      (one) => one.kind === 'aws.autoscaling.group',
    );
    expect(groups.map(({ tags }) => tags)).toEqual([
      { tag1: 'test', tag2: 'test' },
      { tag1: 'test', tag2: 'test' },
    ]);
  });

  it('finds the companions of hundreds of buckets, and leaves nothing in doubt', () => {
    const resources = resourcesOf(LARGE);
    const buckets = resources.filter((one) => one.kind === 'aws.s3.bucket');
    const untagged = buckets.filter((one) => Object.keys(one.tags).length === 0);
    expect(buckets).toHaveLength(250);
    expect(buckets.filter((one) => one.facts['public'] === false)).toHaveLength(250);
    expect(untagged).toHaveLength(84);
    expect(
      resources.flatMap((one) => one.unknown.filter((path) => path.startsWith('facts.'))),
    ).toEqual([]);
    // One group in 13 is open to the world, at the web port alone: no finding.
    expect(resources.filter((one) => one.facts['open_ingress'] === true)).toEqual([]);
  });
});
