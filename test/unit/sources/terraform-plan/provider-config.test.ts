import { describe, expect, test } from 'vitest';

import type { RawResource } from '../../../../src/sources/source.ts';
import { block, change, normalise, plan, refers } from './plans.ts';
import type { ChangeParts } from './plans.ts';

const AWS = { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws' };
const tagged = (tags: unknown): unknown => ({
  ...AWS,
  expressions: { default_tags: [{ tags }], region: { constant_value: 'eu-west-1' } },
});
const constant = (value: unknown): unknown => ({ constant_value: value });

/** A bucket in the root module, or in module.a.module.b, made with a provider key. */
function bucket(
  provider_config: Readonly<Record<string, unknown>>,
  key: string,
  {
    nested = false,
    parts = {},
    variables = {},
  }: { nested?: boolean; parts?: ChangeParts; variables?: unknown } = {},
): RawResource {
  const resources = [block(parts.type ?? 'aws_s3_bucket', 'b', {}, { provider_config_key: key })];
  const call = (module: unknown): unknown => ({ expressions: {}, module });
  const root_module = nested
    ? { module_calls: { a: call({ module_calls: { b: call({ resources }) } }) } }
    : { resources };
  const module = nested ? 'module.a["x.y"].module.b[0]' : undefined;
  const document = plan([change({ ...parts, ...(module === undefined ? {} : { module }) })], {
    configuration: { provider_config, root_module },
    variables,
  });
  return normalise(document).resources[0]!;
}

describe('default tags', () => {
  test.each<
    [string, Readonly<Record<string, unknown>>, string, boolean, RawResource['defaultTags']]
  >([
    [
      'constant',
      { aws: tagged(constant({ team: 'a', cost: 4711 })) },
      'aws',
      false,
      { tags: { team: 'a', cost: '4711' }, unknown: [] },
    ],
    [
      'an expression: not even the keys are known',
      { aws: tagged(refers('local.tags')) },
      'aws',
      false,
      { tags: {}, unknown: [''] },
    ],
    [
      'a function of constants shows nothing',
      { aws: tagged({}) },
      'aws',
      false,
      { tags: {}, unknown: [''] },
    ],
    ['none written', { aws: { ...AWS, expressions: {} } }, 'aws', false, undefined],
    ['no provider block at all', {}, 'aws', false, undefined],
    [
      'an alias has its own',
      {
        aws: tagged(constant({ team: 'a' })),
        'aws.bare': { ...AWS, alias: 'bare', expressions: {} },
      },
      'aws.bare',
      false,
      undefined,
    ],
    [
      'in a module, by the key of the root (Terraform 1.1 and later)',
      { aws: tagged(constant({})), 'aws.west': tagged(constant({ team: 'w' })) },
      'aws.west',
      true,
      { tags: { team: 'w' }, unknown: [] },
    ],
    [
      'of a provider that the module configures',
      { aws: tagged(constant({})), 'module.a.module.b:aws': tagged(constant({ team: 'm' })) },
      'module.a.module.b:aws',
      true,
      { tags: { team: 'm' }, unknown: [] },
    ],
    [
      'of a provider that an outer module configures',
      { 'module.a:aws': tagged(constant({ team: 'm' })) },
      'b:aws',
      true,
      { tags: { team: 'm' }, unknown: [] },
    ],
    [
      'inherited from the root, in the keys of old plans',
      { aws: tagged(constant({ team: 'r' })) },
      'b:aws',
      true,
      { tags: { team: 'r' }, unknown: [] },
    ],
    [
      'a version constraint in a module is no configuration',
      {
        aws: tagged(constant({ team: 'r' })),
        'module.a.module.b:aws': { ...AWS, version_constraint: '~> 4' },
      },
      'module.a.module.b:aws',
      true,
      { tags: { team: 'r' }, unknown: [] },
    ],
    [
      'old plans do not say which of two was passed in',
      { aws: tagged(constant({ team: 'r' })), 'aws.bare': { ...AWS, expressions: {} } },
      'b:aws',
      true,
      { tags: {}, unknown: [''] },
    ],
    [
      'two that add nothing come to the same',
      { aws: { ...AWS, expressions: {} }, 'aws.bare': { ...AWS, expressions: {} } },
      'b:aws',
      true,
      undefined,
    ],
  ])('%s', (_, configs, key, nested, expected) => {
    expect(bucket(configs, key, { nested }).defaultTags).toEqual(expected);
  });

  test('Google calls them labels', () => {
    const google = { name: 'google', expressions: { default_labels: constant({ team: 'a' }) } };
    const parts = {
      type: 'google_storage_bucket',
      provider: 'registry.terraform.io/hashicorp/google',
    };
    expect(bucket({ google }, 'google', { parts }).defaultTags).toEqual({
      tags: { team: 'a' },
      unknown: [],
    });
  });
});

describe('scope', () => {
  const aws = (
    expressions: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> => ({ aws: { ...AWS, expressions } });

  test.each<[string, Readonly<Record<string, unknown>>, unknown, unknown, unknown]>([
    ['the provider', aws({ region: constant('eu-west-1') }), {}, {}, { region: 'eu-west-1' }],
    [
      'a variable that holds a region',
      aws({ region: refers('var.region') }),
      {},
      { region: { value: 'us-east-1' } },
      { region: 'us-east-1' },
    ],
    [
      'a variable that is only a part of one',
      aws({ region: refers('var.area') }),
      {},
      { area: { value: 'us-east' } },
      {},
    ],
    [
      'two variables leave a choice',
      aws({ region: refers('var.a', 'var.b') }),
      {},
      { a: { value: 'us-east-1' }, b: { value: 'eu-west-1' } },
      {},
    ],
    [
      'the resource before the provider',
      aws({ region: constant('eu-west-1') }),
      { region: 'eu-north-1' },
      {},
      { region: 'eu-north-1' },
    ],
    [
      'its zone',
      aws({ region: constant('eu-west-1') }),
      { availability_zone: 'us-west-2-lax-1a' },
      {},
      { region: 'us-west-2' },
    ],
    [
      'its ARN',
      {},
      { arn: 'arn:aws:sqs:us-east-1:123456789012:q' },
      {},
      { region: 'us-east-1', account: '123456789012' },
    ],
    [
      'an ARN without region and account',
      aws({ region: constant('eu-west-1') }),
      { arn: 'arn:aws:s3:::b' },
      {},
      { region: 'eu-west-1' },
    ],
    [
      'the only account that is allowed',
      aws({ allowed_account_ids: constant(['123456789012']) }),
      {},
      {},
      { account: '123456789012' },
    ],
    ['one of two accounts', aws({ allowed_account_ids: constant(['1', '2']) }), {}, {}, {}],
    [
      'the role that is assumed',
      aws({ assume_role: [{ role_arn: constant('arn:aws:iam::123456789012:role/deploy') }] }),
      {},
      {},
      { account: '123456789012' },
    ],
  ])('AWS: %s', (_, configs, after, variables, expected) => {
    expect(bucket(configs, 'aws', { parts: { after }, variables }).scope).toEqual(expected);
  });

  test.each<[string, string, unknown, unknown]>([
    [
      'azurerm',
      'hashicorp/azurerm',
      {
        location: 'West Europe',
        resource_group_name: 'rg',
        id: '/subscriptions/s-1/resourceGroups/rg/x',
      },
      { subscription: 's-1', resourceGroup: 'rg', region: 'westeurope' },
    ],
    [
      'google',
      'hashicorp/google-beta',
      { project: 'p', zone: 'https://g/zones/europe-west1-b' },
      { project: 'p', region: 'europe-west1', zone: 'europe-west1-b' },
    ],
    ['google, by location', 'hashicorp/google', { location: 'EU' }, { region: 'eu' }],
    [
      'kubernetes',
      'hashicorp/kubernetes',
      { metadata: [{ namespace: 'shop' }] },
      { namespace: 'shop' },
    ],
    [
      'kubernetes manifest',
      'hashicorp/kubernetes',
      { manifest: { metadata: { namespace: 'shop' } } },
      { namespace: 'shop' },
    ],
    ['another provider', 'integrations/github', { region: 'eu-west-1' }, {}],
  ])('%s', (_, provider, after, expected) => {
    expect(bucket({}, 'x', { parts: { provider, after } }).scope).toEqual(expected);
  });

  test('the module instance is part of it', () => {
    expect(bucket({}, 'aws', { nested: true }).scope).toEqual({
      module: 'module.a["x.y"].module.b[0]',
    });
  });
});
