import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AWS_KINDS } from '../../../../../src/catalogue/aws/index.ts';
import { AWS_RESTATEMENTS } from '../../../../../src/catalogue/live/aws/index.ts';
import { restatedType } from '../../../../../src/catalogue/live/registry.ts';
import { findShape } from '../../../../../src/catalogue/registry.ts';
import { toResources } from '../../../../../src/catalogue/resolve.ts';
import type { RawResource } from '../../../../../src/sources/source.ts';
import { found } from './item.ts';

/** Parts of other things, told inside them, or nothing that an inventory lists. */
const NEVER_LISTED = [
  'aws.ebs.snapshot_copy',
  'aws.ec2.network_acl_rule',
  'aws.iam.access_key',
  'aws.iam.inline_policy',
  'aws.iam.login_profile',
  'aws.iam.policy_attachment',
  'aws.lambda.function_url',
  'aws.lambda.permission',
  'aws.s3.object',
];

/** True of every resource of some kind, whatever its item says. */
const ALWAYS_TRUE = [
  'encrypted_at_rest',
  'multi_zone',
  'public',
  'public_ip',
  'stateful',
  'taggable',
];

describe('the types of AWS that are told in the words of Terraform', () => {
  it('are told as types that the catalogue knows', () => {
    const unknown = AWS_RESTATEMENTS.filter(
      (one) => findShape('terraform', restatedType(one, {})) === undefined,
    );
    expect(unknown.map(({ type }) => type)).toEqual([]);
  });

  it('stand there once each', () => {
    const types = AWS_RESTATEMENTS.map(({ type }) => type.toLowerCase());
    expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
  });

  it('cover every kind of AWS but for what no inventory lists', () => {
    const told = new Set(AWS_RESTATEMENTS.map(({ type }) => found(type).kind));
    // By engine and type: their items are those of RDS.
    for (const engine of ['docdb', 'neptune'])
      for (const type of ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'])
        told.add(found(type, { engine }).kind);
    told.add(found('AWS::RDS::DBInstance', { dBClusterIdentifier: 'c' }).kind);
    told.add(found('AWS::KMS::Key', { origin: 'EXTERNAL' }).kind);
    const missing = AWS_KINDS.map(({ kind }) => kind).filter((kind) => !told.has(kind));
    expect(missing.sort()).toEqual(NEVER_LISTED);
  });

  it.each(AWS_RESTATEMENTS)('$type: an item without a configuration tells nothing', ({ type }) => {
    for (const configuration of [undefined, {}]) {
      const { facts } = found(type, configuration);
      const claimed = Object.entries(facts).filter(
        ([name, value]) => value !== true || !ALWAYS_TRUE.includes(name),
      );
      expect(claimed).toEqual([]);
    }
  });
});

describe('whatever an item holds', () => {
  it.each(AWS_RESTATEMENTS)('$type is read without a throw', (restatement) => {
    fc.assert(
      fc.property(fc.infiniteStream(anyValue), (stream) => {
        expect(() => toResources([item(restatement.type, mimic(stream))])).not.toThrow();
      }),
      { numRuns: 30 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (configuration, supplementaryConfiguration) => {
        const attributes = { configuration, supplementaryConfiguration };
        expect(() => toResources([item(restatement.type, attributes)])).not.toThrow();
      }),
      { numRuns: 15 },
    );
  });
});

/** What stands at a name: an object or a list of the same sort, or something plain. */
const anyValue = fc.oneof(
  { weight: 5, arbitrary: fc.constant('an object' as const) },
  { weight: 2, arbitrary: fc.constant('a list' as const) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      null,
      true,
      false,
      0,
      -1,
      '',
      '*',
      'Enabled',
      '{"Statement":[{}]}',
      '%',
    ),
  },
);

/** An object that has every name anybody asks for, so that every path of a restatement leads somewhere. */
function mimic(stream: fc.Stream<unknown>): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  const valueOf = (name: string): unknown => {
    if (!Object.hasOwn(members, name)) members[name] = grown(stream);
    return members[name];
  };
  return new Proxy(members, {
    get: (_, name) => (typeof name === 'symbol' ? undefined : valueOf(name)),
    getOwnPropertyDescriptor: (_, name) =>
      typeof name === 'symbol'
        ? undefined
        : { value: valueOf(name), enumerable: true, configurable: true, writable: true },
  });
}

function grown(stream: fc.Stream<unknown>): unknown {
  const value = stream.next().value as unknown;
  if (value === 'an object') return mimic(stream);
  return value === 'a list' ? [mimic(stream), mimic(stream), 'text', null] : value;
}

function item(type: string, attributes: Record<string, unknown>): RawResource {
  return {
    address: 'arn',
    type,
    provider: 'aws',
    dialect: 'aws-config',
    action: 'present',
    scope: {},
    attributes,
    unknown: [],
    sensitive: [],
    references: [],
    tags: { state: 'unknown', reason: 'the reading failed' },
  };
}
