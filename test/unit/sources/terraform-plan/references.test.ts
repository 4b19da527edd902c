import { describe, expect, test } from 'vitest';

import type { Reference } from '../../../../src/sources/source.ts';
import { block, change, normalise, plan, refers } from './plans.ts';
import type { ChangeParts } from './plans.ts';

/** What the attribute `bucket` of each companion refers to, by the companion's address. */
function links(
  changes: readonly ChangeParts[],
  root: Readonly<Record<string, unknown>>,
): Record<string, Pick<Reference, 'targets' | 'exact'> | undefined> {
  const { resources } = normalise(
    plan(changes.map(change), { configuration: { root_module: root } }),
  );
  const companions = resources.filter(({ type }) => type === ENCRYPTION);
  return Object.fromEntries(
    companions.map(({ address, references }) => {
      const link = references.find(({ attribute }) => attribute === 'bucket');
      return [address, link && { targets: link.targets, exact: link.exact }];
    }),
  );
}

const ENCRYPTION = 'aws_s3_bucket_server_side_encryption_configuration';
const encryption = (parts: ChangeParts = {}): ChangeParts => ({
  type: ENCRYPTION,
  unknown: { bucket: true },
  ...parts,
});
const code = (bucket: unknown, rest: Readonly<Record<string, unknown>> = {}): unknown =>
  block(ENCRYPTION, 'b', { bucket }, rest);
const exactly = (...targets: string[]): unknown => ({ targets, exact: true });
const perhaps = (...targets: string[]): unknown => ({ targets, exact: false });

describe('in one module', () => {
  test('a block names another', () => {
    const root = { resources: [block('aws_s3_bucket', 'b'), code(refers('aws_s3_bucket.b.id'))] };
    expect(links([{}, encryption()], root)).toEqual({
      [`${ENCRYPTION}.b`]: exactly('aws_s3_bucket.b'),
    });
  });

  test('a fixed key picks its instance, dots and quotes in it or not', () => {
    const key = 'a.b "c"';
    const root = {
      resources: [
        block('aws_s3_bucket', 'b'),
        code(refers(`aws_s3_bucket.b[${JSON.stringify(key)}].id`)),
      ],
    };
    const buckets = [{ index: key }, { index: 'other' }];
    expect(links([...buckets, encryption()], root)).toEqual({
      [`${ENCRYPTION}.b`]: exactly(`aws_s3_bucket.b[${JSON.stringify(key)}]`),
    });
  });

  test.each([
    ['count.index', 0, 1],
    ['each.key', 'x', 'y'],
    ['each.value', 'x', 'y'],
  ])('%s pairs instances of equal key', (own, first, second) => {
    const root = { resources: [block('aws_s3_bucket', 'b'), code(refers('aws_s3_bucket.b', own))] };
    const changes = [first, second].flatMap((index) => [{ index }, encryption({ index })]);
    const key = JSON.stringify;
    expect(links(changes, root)).toEqual({
      [`${ENCRYPTION}.b[${key(first)}]`]: exactly(`aws_s3_bucket.b[${key(first)}]`),
      [`${ENCRYPTION}.b[${key(second)}]`]: exactly(`aws_s3_bucket.b[${key(second)}]`),
    });
  });

  test('for_each over another block makes each.value the instance of equal key', () => {
    const root = {
      resources: [
        block('aws_s3_bucket', 'b'),
        code(refers('each.value.id'), { for_each_expression: refers('aws_s3_bucket.b') }),
      ],
    };
    const changes = ['x', 'y'].flatMap((index) => [{ index }, encryption({ index })]);
    expect(links(changes, root)).toEqual({
      [`${ENCRYPTION}.b["x"]`]: exactly('aws_s3_bucket.b["x"]'),
      [`${ENCRYPTION}.b["y"]`]: exactly('aws_s3_bucket.b["y"]'),
    });
  });

  test('a part of each.value may hold any key, so it may be any instance', () => {
    const root = {
      resources: [block('aws_s3_bucket', 'b'), code(refers('aws_s3_bucket.b', 'each.value.of'))],
    };
    expect(links([{ index: 'x' }, { index: 'y' }, encryption({ index: 'x' })], root)).toEqual({
      [`${ENCRYPTION}.b["x"]`]: perhaps('aws_s3_bucket.b["x"]', 'aws_s3_bucket.b["y"]'),
    });
  });

  test('one of two: either is possible', () => {
    const root = {
      resources: [
        block('aws_s3_bucket', 'a'),
        block('aws_s3_bucket', 'b'),
        code(refers('var.first', 'aws_s3_bucket.a.id', 'aws_s3_bucket.b.id')),
      ],
    };
    expect(links([{ name: 'a' }, { name: 'b' }, encryption()], root)).toEqual({
      [`${ENCRYPTION}.b`]: perhaps('aws_s3_bucket.a', 'aws_s3_bucket.b'),
    });
  });

  test('a list with as many elements as there are candidates names all of them', () => {
    const root = { resources: [block('aws_s3_bucket', 'b'), code(refers('aws_s3_bucket.b'))] };
    const all = encryption({ after: { bucket: [null, null] }, unknown: { bucket: [true, true] } });
    expect(links([{ index: 0 }, { index: 1 }, all], root)).toEqual({
      [`${ENCRYPTION}.b`]: exactly('aws_s3_bucket.b[0]', 'aws_s3_bucket.b[1]'),
    });
  });

  test('a condition on what the plan does not show leaves one candidate for a value to come', () => {
    const root = {
      resources: [block('aws_s3_bucket', 'b'), code(refers('local.make', 'aws_s3_bucket.b.id'))],
    };
    expect(links([{}, encryption()], root)).toEqual({
      [`${ENCRYPTION}.b`]: exactly('aws_s3_bucket.b'),
    });
    const known = encryption({ after: { bucket: 'other' }, unknown: {} });
    expect(links([{}, known], root)).toEqual({ [`${ENCRYPTION}.b`]: perhaps('aws_s3_bucket.b') });
  });

  test('a local value alone may name anything', () => {
    const root = { resources: [code(refers('local.bucket'))] };
    expect(links([{}, encryption()], root)).toEqual({ [`${ENCRYPTION}.b`]: perhaps() });
  });

  test('what is not in the plan is named by nobody here; what goes away is no target', () => {
    const root = { resources: [block('aws_s3_bucket', 'b'), code(refers('aws_s3_bucket.b.id'))] };
    expect(links([encryption()], root)).toEqual({ [`${ENCRYPTION}.b`]: exactly() });
    const gone = { actions: ['delete'], before: {}, after: null };
    const deposed = { ...gone, extra: { deposed: 'ab' } };
    expect(
      links([{ index: 0 }, { index: 1, ...gone }, { index: 0, ...deposed }, encryption()], root),
    ).toEqual({
      [`${ENCRYPTION}.b`]: exactly('aws_s3_bucket.b[0]'),
    });
  });

  test('a constant refers to nothing', () => {
    const root = { resources: [code({ constant_value: 'x' })] };
    expect(links([{}, encryption()], root)).toEqual({ [`${ENCRYPTION}.b`]: undefined });
  });

  test('references deep inside a block count for its attribute', () => {
    const nested = [{ apply: [{ key: refers('aws_kms_key.k.arn') }] }];
    const { resources } = normalise(
      plan([change({ type: 'aws_kms_key', name: 'k' }), change(encryption())], {
        configuration: {
          root_module: {
            resources: [block('aws_kms_key', 'k'), block(ENCRYPTION, 'b', { rule: nested })],
          },
        },
      }),
    );
    expect(resources[1]?.references).toEqual([
      { attribute: 'rule', targets: ['aws_kms_key.k'], exact: true },
    ]);
    expect(resources[1]?.written).toEqual(['rule[0].apply[0].key']);
  });
});

describe('across modules', () => {
  const output = (name: string): unknown => ({
    [name]: { expression: refers('aws_s3_bucket.b.id') },
  });
  const store = (rest: Readonly<Record<string, unknown>> = {}): unknown => ({
    expressions: {},
    module: { resources: [block('aws_s3_bucket', 'b')], outputs: output('id') },
    ...rest,
  });

  test('an output leads to a block inside', () => {
    const root = { resources: [code(refers('module.store.id'))], module_calls: { store: store() } };
    expect(links([{ module: 'module.store' }, encryption()], root)).toEqual({
      [`${ENCRYPTION}.b`]: exactly('module.store.aws_s3_bucket.b'),
    });
  });

  test('a key of the module picks the instance', () => {
    const root = {
      resources: [code(refers('module.store["a.b"].id'))],
      module_calls: { store: store() },
    };
    const buckets = [{ module: 'module.store["a.b"]' }, { module: 'module.store["c"]' }];
    expect(links([...buckets, encryption()], root)).toEqual({
      [`${ENCRYPTION}.b`]: exactly('module.store["a.b"].aws_s3_bucket.b'),
    });
  });

  test('modules and resources with equal keys belong together', () => {
    const root = {
      resources: [code(refers('module.store', 'each.key'))],
      module_calls: { store: store() },
    };
    const changes = ['x', 'y'].flatMap((index) => [
      { module: `module.store["${index}"]` },
      encryption({ index }),
    ]);
    expect(links(changes, root)).toEqual({
      [`${ENCRYPTION}.b["x"]`]: exactly('module.store["x"].aws_s3_bucket.b'),
      [`${ENCRYPTION}.b["y"]`]: exactly('module.store["y"].aws_s3_bucket.b'),
    });
  });

  test('which output is meant cannot be told when the module is picked by an expression', () => {
    const resources = [block('aws_s3_bucket', 'a'), block('aws_s3_bucket', 'b')];
    const outputs = {
      ...(output('id') as object),
      other: { expression: refers('aws_s3_bucket.a.id') },
    };
    const root = {
      resources: [code(refers('module.store', 'each.key'))],
      module_calls: { store: { expressions: {}, module: { resources, outputs } } },
    };
    const module = 'module.store["x"]';
    expect(links([{ module, name: 'a' }, { module }, encryption({ index: 'x' })], root)).toEqual({
      [`${ENCRYPTION}.b["x"]`]: perhaps(`${module}.aws_s3_bucket.b`, `${module}.aws_s3_bucket.a`),
    });
  });

  test('a variable leads to what the caller gave, with the key of the call', () => {
    const guard = {
      expressions: { bucket: refers('aws_s3_bucket.b', 'each.key') },
      for_each_expression: refers('var.names'),
      module: { resources: [code(refers('var.bucket'))] },
    };
    const root = { resources: [block('aws_s3_bucket', 'b')], module_calls: { guard } };
    const changes = ['x', 'y.z'].flatMap((index) => [
      { index },
      encryption({ module: `module.guard["${index}"]` }),
    ]);
    expect(links(changes, root)).toEqual({
      [`module.guard["x"].${ENCRYPTION}.b`]: exactly('aws_s3_bucket.b["x"]'),
      [`module.guard["y.z"].${ENCRYPTION}.b`]: exactly('aws_s3_bucket.b["y.z"]'),
    });
  });

  test('from one module out and into another', () => {
    const guard = {
      expressions: { bucket: refers('module.store.id') },
      module: { resources: [code(refers('var.bucket'))] },
    };
    const root = { module_calls: { store: store(), guard } };
    expect(
      links([{ module: 'module.store' }, encryption({ module: 'module.guard' })], root),
    ).toEqual({
      [`module.guard.${ENCRYPTION}.b`]: exactly('module.store.aws_s3_bucket.b'),
    });
  });

  test('each instance of a module sees its own resources', () => {
    const both = {
      expressions: {},
      module: { resources: [block('aws_s3_bucket', 'b'), code(refers('aws_s3_bucket.b.id'))] },
    };
    const changes = [0, 1].flatMap((n) => [
      { module: `module.m[${n}]` },
      encryption({ module: `module.m[${n}]` }),
    ]);
    expect(links(changes, { module_calls: { m: both } })).toEqual({
      [`module.m[0].${ENCRYPTION}.b`]: exactly('module.m[0].aws_s3_bucket.b'),
      [`module.m[1].${ENCRYPTION}.b`]: exactly('module.m[1].aws_s3_bucket.b'),
    });
  });

  test('a circle that no real plan has comes to an end', () => {
    const circle = {
      expressions: { x: refers('module.circle.x') },
      module: { outputs: { x: { expression: refers('var.x', 'var.x.a') } } },
    };
    const root = { resources: [code(refers('module.circle.x'))], module_calls: { circle } };
    expect(links([{ module: 'module.circle' }, encryption()], root)).toEqual({
      [`${ENCRYPTION}.b`]: perhaps(),
    });
  });
});

test('a thousand possible targets are as good as any', () => {
  const root = { resources: [block('aws_s3_bucket', 'b'), code(refers('aws_s3_bucket.b'))] };
  const buckets = Array.from({ length: 1000 }, (_, index) => ({ index }));
  expect(links([...buckets, encryption()], root)).toEqual({ [`${ENCRYPTION}.b`]: perhaps() });
});
