import { readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { parseDocument } from '../../../../src/sources/parse-document.ts';
import { normaliseDocument } from '../../../../src/sources/registry.ts';
import { SAMPLES, readSample, samplePath } from '../../../samples.ts';

const LIMITS = { bytes: 10_000_000, yamlBytes: 1_048_576, depth: 128, members: 1_000_000 };

function judge(name: string): ReturnType<typeof normaliseDocument> {
  return normaliseDocument(parseDocument(readSample(name), name, LIMITS));
}

/** `create:80 read:1`, sorted. */
function actions(name: string): string {
  const counts = new Map<string, number>();
  for (const { action } of judge(name).resources) counts.set(action, (counts.get(action) ?? 0) + 1);
  return [...counts]
    .map(([action, count]) => `${action}:${count}`)
    .sort()
    .join(' ');
}

describe.skipIf(SAMPLES === undefined)('real plans', () => {
  const plans = SAMPLES === undefined ? [] : readdirSync(samplePath('terraform-plan'));

  test.each(plans)('%s becomes resources with addresses of their own', (file) => {
    const { source, resources } = judge(`terraform-plan/${file}`);
    expect(source).toBe('terraform-plan');
    expect(new Set(resources.map(({ address }) => address)).size).toBe(resources.length);
  });

  test.each([
    ['opa-policies-tfc__tfplan.json', 'none:32', ['drift']],
    ['opa_checks__test_inputs.test.json', 'create:80 read:1', []],
    ['own__change.plan.json', 'create:1 delete:1 forget:1 none:18 read:2 update:4', ['drift']],
    ['own__create.plan.json', 'create:23 read:5', []],
    ['own__refresh-only.plan.json', '', ['drift']],
    ['own__target.plan.json', 'create:1 none:1', ['plan-incomplete', 'drift']],
    ['policy-engine__data-01.plan.json', '', []],
    ['policy-engine__resource-changes.plan.json', 'create:1 delete:1 none:1 update:1', ['drift']],
    ['terraform-json__action_reason.plan.json', 'replace:1', []],
    ['terraform-json__actions.plan.json', '', ['action-invocations']],
    ['terraform-json__moved_block.plan.json', 'none:1', []],
    ['terraform-validator__tf1_0plan.applied.json', 'none:10', ['keys-repeated', 'drift']],
    ['tfplan2md__terraform_plan2.json', 'create:2 delete:1 none:1 read:1 replace:1 update:1', []],
  ])('%s: %s', (file, expected, notes) => {
    expect(actions(`terraform-plan/${file}`)).toBe(expected);
    expect(judge(`terraform-plan/${file}`).notes.map(({ code }) => code)).toEqual(notes);
  });

  test('the tags of a really planned stack, by provider alias and module', () => {
    const { resources } = judge('terraform-plan/own__create.plan.json');
    const at = (address: string): unknown => {
      const resource = resources.find((one) => one.address === address);
      return {
        region: resource?.scope['region'],
        tags: resource?.attributes['tags'],
        defaults: resource?.defaultTags?.tags,
      };
    };
    const defaults = { 'managed-by': 'terraform', 'cost-centre': '4711' };
    expect(at('aws_dynamodb_table.defaults_only')).toEqual({
      region: 'eu-west-1',
      tags: null,
      defaults,
    });
    expect(at('aws_dynamodb_table.naked')).toEqual({
      region: 'us-east-1',
      tags: null,
      defaults: undefined,
    });
    expect(at('aws_s3_bucket.owner_unknown')).toEqual({
      region: 'eu-west-1',
      tags: undefined,
      defaults,
    });
    expect(at('module.bare[0].aws_s3_bucket.b')).toMatchObject({
      region: 'us-east-1',
      defaults: undefined,
    });
    expect(at('module.svc["say \\"hi\\""].aws_s3_bucket.b')).toMatchObject({
      region: 'eu-west-1',
      defaults,
    });
  });

  test('every companion in a plan of a thousand is linked to its bucket', () => {
    const { resources } = judge('terraform-plan/own__large-1000.plan.json');
    const companions = resources.filter(({ type }) => type.startsWith('aws_s3_bucket_'));
    const links = companions.map(({ address, references }) => {
      const link = references.find(({ attribute }) => attribute === 'bucket');
      return {
        own: /\[\d+\]$/.exec(address)?.[0],
        linked: link?.targets.map((target) => /\[\d+\]$/.exec(target)?.[0]),
        exact: link?.exact,
      };
    });
    expect(links).toHaveLength(500);
    expect(links.every(({ own, linked, exact }) => exact === true && linked?.join() === own)).toBe(
      true,
    );
  });

  test('the owner that is to come is unknown, and known in its twin', () => {
    const topic = (state: string): unknown =>
      judge(
        `terraform-plan/Aiven-apache-kafka-governance-compliance-checker-for-terraform__plan_with_${state}_owner_user_group_id.json`,
      ).resources.filter(
        ({ type, unknown }) =>
          type === 'aiven_kafka_topic' && unknown.includes('owner_user_group_id'),
      ).length > 0;
    expect([topic('unknown'), topic('known')]).toEqual([true, false]);
  });
});

describe.skipIf(SAMPLES === undefined)('what is mistaken for a plan', () => {
  test.each([
    [
      'terraform-plan-malformed/infracost__plan_with_terraform_wrapper.json',
      'SOURCE_MALFORMED',
      /follows the end of the JSON, at line 3/,
      /terraform_wrapper: false/,
    ],
    [
      'terraform-plan-malformed/terraform-json__invalid.plan.json',
      'SOURCE_MALFORMED',
      /at line 676, column 29/,
      /one JSON value/,
    ],
    [
      'terraform-plan-malformed/own__plan-json-ui-log.ndjson',
      'SOURCE_UNUSABLE',
      /log of/,
      /terraform show -json/,
    ],
    [
      'terraform-plan-malformed/own__binary.tfplan',
      'SOURCE_UNUSABLE',
      /binary plan/,
      /terraform show -json .*own__binary\.tfplan/,
    ],
    [
      'terraform-state/own__show.json',
      'SOURCE_UNUSABLE',
      /state, not a plan/,
      /terraform show -json/,
    ],
    [
      'terraform-state/driftctl__aws_s3_full.terraform.tfstate',
      'SOURCE_UNUSABLE',
      /state, not a plan/,
      /terraform plan/,
    ],
    ['terraform-hcl/own__after-change.main.tf', 'SOURCE_UNUSABLE', /HCL/, /terraform plan/],
  ])('%s', (name, code, message, help) => {
    expect(() => judge(name)).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringMatching(message) as string,
        help: expect.stringMatching(help) as string,
      }),
    );
  });
});
