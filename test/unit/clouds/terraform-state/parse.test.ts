import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { toResources } from '../../../../src/catalogue/resolve.ts';
import { CloudError } from '../../../../src/clouds/errors.ts';
import { parseState } from '../../../../src/clouds/terraform-state/parse.ts';
import type { RawResource } from '../../../../src/sources/source.ts';
import { readSample, SAMPLES } from '../../../samples.ts';
import { AWS, bucket, state } from './states.ts';

const LIMITS = { bytes: 1_000_000, yamlBytes: 0, depth: 64, members: 100_000 };

const parse = (text: string | Uint8Array): RawResource[] =>
  parseState(typeof text === 'string' ? Buffer.from(text) : text, 'prod.tfstate', LIMITS);

function refusalOf(text: string): CloudError {
  try {
    parse(text);
  } catch (thrown) {
    if (thrown instanceof CloudError) return thrown;
    throw thrown;
  }
  throw new Error('the state was read');
}

describe('a raw state', () => {
  it('gives what is managed, by the address that Terraform prints', () => {
    const instances = [{ attributes: {} }];
    const resources = parse(
      state(
        { type: 'aws_vpc', name: 'main', instances },
        {
          type: 'aws_vpc',
          name: 'many',
          instances: [
            { index_key: 0, attributes: {} },
            { index_key: 1, attributes: {} },
          ],
        },
        { type: 'aws_vpc', name: 'keyed', instances: [{ index_key: 'a"b ${x}', attributes: {} }] },
        { module: 'module.net["eu.1"]', type: 'aws_vpc', instances },
        {
          type: 'aws_vpc',
          name: 'left',
          instances: [{ attributes: {} }, { deposed: '1a2b', attributes: {} }],
        },
        { mode: 'data', type: 'aws_ami', name: 'linux', instances },
      ),
    );
    expect(resources.map(({ address }) => address)).toEqual([
      'prod.tfstate#aws_vpc.main',
      'prod.tfstate#aws_vpc.many[0]',
      'prod.tfstate#aws_vpc.many[1]',
      'prod.tfstate#aws_vpc.keyed["a\\"b $${x}"]',
      'prod.tfstate#module.net["eu.1"].aws_vpc.this',
      'prod.tfstate#aws_vpc.left',
      'prod.tfstate#aws_vpc.left (deposed 1a2b)',
    ]);
    expect(new Set(resources.map(({ action }) => action))).toEqual(new Set(['present']));
  });

  it.each([
    [AWS, 'aws_vpc', 'aws'],
    ['provider["registry.opentofu.org/hashicorp/google-beta"].west', 'google_x', 'gcp'],
    ['module.a.provider["registry.terraform.io/hashicorp/azurerm"]', 'azurerm_x', 'azure'],
    ['provider.aws.west', 'aws_vpc', 'aws'],
    ['module.provider.provider.azurerm', 'azurerm_x', 'azure'],
    ['', 'kubernetes_pod', 'kubernetes'],
  ])('reads the provider of %s', (provider, type, expected) => {
    const [resource] = parse(state({ type, provider, instances: [{ attributes: {} }] }));
    expect(resource?.provider).toBe(expected);
  });

  it('places a resource as a plan would', () => {
    const attributes = { arn: 'arn:aws:rds:eu-west-1:123456789012:db:orders' };
    const [resource] = parse(
      state({ module: 'module.db', type: 'aws_db_instance', instances: [{ attributes }] }),
    );
    expect(resource?.scope).toEqual({
      account: '123456789012',
      region: 'eu-west-1',
      module: 'module.db',
      state: 'prod.tfstate',
    });
  });

  it('is judged like a plan: companions in the state count', () => {
    const [judged] = toResources(
      parse(
        state(bucket('logs', { owner: 'ana' }), {
          type: 'aws_s3_bucket_public_access_block',
          instances: [
            {
              attributes: {
                bucket: 'logs',
                block_public_acls: true,
                block_public_policy: true,
                ignore_public_acls: true,
                restrict_public_buckets: true,
              },
            },
          ],
        }),
      ),
    );
    expect(judged).toMatchObject({
      kind: 'aws.s3.bucket',
      tags: { owner: 'ana' },
      facts: { public: false },
      unknown: [],
    });
  });

  it('marks what the state marks, and what is a secret by its name', () => {
    const [resource] = parse(
      state({
        type: 'aws_db_instance',
        instances: [
          {
            attributes: { password: 'p4ss', users: [{ token: 't0k' }], extra: { a: 1 }, note: 'n' },
            sensitive_attributes: [
              [{ type: 'get_attr', value: 'note' }],
              [
                { type: 'get_attr', value: 'users' },
                { type: 'index', value: { value: 0, type: 'number' } },
              ],
              // An element of a set is named by its value: all of the set is sensitive then.
              [
                { type: 'get_attr', value: 'extra' },
                { type: 'index', value: { value: { a: 1 }, type: 'object' } },
              ],
            ],
          },
        ],
      }),
    );
    expect(resource?.sensitive).toEqual([
      'note',
      'users[0]',
      'extra',
      'password',
      'users[0].token',
    ]);
  });

  it.each([
    ['random_password', { result: 'x' }, ['result']],
    ['aws_ssm_parameter', { value: 'x', name: 'n' }, ['value']],
    ['kubernetes_secret_v1', { data: { a: 'x' } }, ['data']],
    [
      'azurerm_storage_account',
      { primary_connection_string: 'x', primary_access_key: 'x' },
      ['primary_connection_string', 'primary_access_key'],
    ],
  ])('knows the secrets of %s although nothing marks them', (type, attributes, expected) => {
    expect(parse(state({ type, instances: [{ attributes }] }))[0]?.sensitive).toEqual(expected);
  });

  it('does not take attributes of an older form for none', () => {
    const [judged] = toResources(
      parse(
        state({
          type: 'aws_vpc',
          instances: [{ attributes_flat: { 'tags.%': '1', id: 'vpc-1' } }],
        }),
      ),
    );
    expect(judged?.unknown).toContain('tags');
  });

  it('leaves outputs and what providers keep for themselves where they are', () => {
    const text = JSON.stringify(parse(state(bucket('logs', {}))));
    expect(text).not.toContain('output-secret');
    expect(text).not.toContain('provider-secret');
  });
});

describe('what terraform show -json prints of a state', () => {
  it('gives the resources of every module with their marks', () => {
    const shown = {
      format_version: '1.0',
      values: {
        outputs: { p: { value: 'output-secret', sensitive: true } },
        root_module: {
          resources: [
            {
              address: 'aws_db_instance.db',
              mode: 'managed',
              type: 'aws_db_instance',
              provider_name: 'registry.terraform.io/hashicorp/aws',
              values: { id: 'db', options: { login: 'ana' } },
              sensitive_values: { options: true },
            },
            { address: 'data.aws_ami.x', mode: 'data', type: 'aws_ami', values: {} },
          ],
          child_modules: [
            {
              address: 'module.a[0]',
              child_modules: [
                {
                  address: 'module.a[0].module.b',
                  resources: [
                    { address: 'module.a[0].module.b.aws_vpc.v', mode: 'managed', type: 'aws_vpc' },
                  ],
                },
              ],
            },
          ],
        },
      },
    };
    expect(parse(JSON.stringify(shown))).toMatchObject([
      { address: 'prod.tfstate#aws_db_instance.db', sensitive: ['options'], provider: 'aws' },
      {
        address: 'prod.tfstate#module.a[0].module.b.aws_vpc.v',
        scope: { module: 'module.a[0].module.b' },
        unknown: [''],
      },
    ]);
  });

  it('may be of nothing', () => {
    expect(parse('{"format_version":"1.0"}')).toEqual([]);
    expect(parse(state())).toEqual([]);
  });
});

describe('what cannot be read as a state', () => {
  it.each([
    ['{"version":3,"modules":[]}', 'CLOUD_SETTINGS', /version 3; an apply with Terraform 0\.12/],
    ['{"version":5}', 'CLOUD_SETTINGS', /version 5, which is newer/],
    ['{"format_version":"2.0"}', 'CLOUD_SETTINGS', /0\.x and 1\.x/],
    [
      '{"serial":1,"lineage":"x","meta":{},"encrypted_data":"aGk=","encryption_version":"v0"}',
      'CLOUD_SETTINGS',
      /encrypted by OpenTofu/,
    ],
    [
      '{"format_version":"1.2","planned_values":{},"resource_changes":[]}',
      'CLOUD_SETTINGS',
      /is a plan/,
    ],
    ['{"hello":"world"}', 'CLOUD_SETTINGS', /this is no state/],
    ['[]', 'CLOUD_PROTOCOL', /no JSON object/],
    ['', 'CLOUD_PROTOCOL', /empty/],
    ['{"version":4,"resources":[', 'CLOUD_PROTOCOL', /ends in the middle/],
    [
      '{"version":4,"resources":[{"mode":"managed"}]}',
      'CLOUD_PROTOCOL',
      /shape of a state at resources\[0\]/,
    ],
  ])('is refused: %s', (text, code, words) => {
    const refusal = refusalOf(text);
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(words);
    expect(refusal.message).toContain('prod.tfstate');
  });

  it('is a state that lists a resource twice', () => {
    expect(refusalOf(state(bucket('a', {}), bucket('a', {}))).message).toMatch(
      /lists aws_s3_bucket\.a twice/,
    );
  });

  it('never quotes what the state holds', () => {
    const whole = state(bucket('logs', { key: 'tag-secret' }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length - 1 }), (length) => {
        const { code, message } = refusalOf(whole.slice(0, length));
        expect(code).toMatch(/CLOUD_(PROTOCOL|SETTINGS)/);
        expect(message).not.toMatch(/secret/);
      }),
    );
  });
});

describe.skipIf(SAMPLES === undefined)('states in use', () => {
  it.each([
    [
      'driftctl__aws_lb_listener.terraform.tfstate',
      { aws_lb: 1, aws_subnet: 1, azurerm_resource_group: 0 },
    ],
    ['driftctl__aws_s3_full.terraform.tfstate', { aws_s3_bucket: 3 }],
    ['driftctl__aws_vpc_security_group_rule.terraform.tfstate', { aws_security_group_rule: 11 }],
    ['own__show.json', { aws_db_instance: 1, aws_s3_bucket: 3 }],
  ])('%s is read whole', (file, expected) => {
    const resources = parse(readSample(`terraform-state/${file}`));
    for (const [type, count] of Object.entries(expected))
      expect(
        resources.filter((one) => one.type === type && !one.address.includes('module.')),
      ).toHaveLength(count);
    expect(toResources(resources).filter(({ unknown }) => unknown.includes('tags'))).toEqual([]);
  });

  it('hold passwords that are marked', () => {
    const [db] = parse(readSample('terraform-state/own__show.json'));
    expect(db?.sensitive).toContain('password');
    expect(db?.scope).toMatchObject({ account: '123456789012', region: 'eu-west-1' });
  });
});
