import { describe, expect, test } from 'vitest';

import { SourceError } from '../../../../src/sources/errors.ts';
import { normalise, change, plan, refers, block, resourceOf } from './plans.ts';

describe('actions', () => {
  test.each([
    [['no-op'], 'none'],
    [['create'], 'create'],
    [['read'], 'read'],
    [['update'], 'update'],
    [['delete'], 'delete'],
    [['forget'], 'forget'],
    [['delete', 'create'], 'replace'],
    [['create', 'delete'], 'replace'],
    [['create', 'forget'], 'replace'],
    [['delete', 'update'], 'replace'],
  ])('%j is %s', (actions, expected) => {
    expect(resourceOf({ actions, before: {} }).action).toBe(expected);
  });

  test.each([[['explode']], [['create', 'explode']], [[]]])(
    '%j is not understood, so the plan is refused: an action that is ignored passes',
    (actions) => {
      const error = refusal(plan([change({ actions })]));
      expect(error.code).toBe('SOURCE_UNSUPPORTED');
      expect(error.message).toContain('aws_s3_bucket.b');
      if (actions.includes('explode')) expect(error.message).toContain('"explode"');
    },
  );
});

describe('addresses', () => {
  test('are taken as they are, dots, quotes and brackets included', () => {
    const address = 'module.svc["say \\"hi\\""].aws_s3_bucket.b["c/d[0].e"]';
    expect(resourceOf({ address }).address).toBe(address);
  });

  test('a deposed object stands beside its successor', () => {
    const { resources } = normalise(
      plan([
        change({}),
        change({ actions: ['delete'], before: {}, extra: { deposed: 'ab12cd34' } }),
      ]),
    );
    expect(resources.map(({ address, action }) => [address, action])).toEqual([
      ['aws_s3_bucket.b', 'create'],
      ['aws_s3_bucket.b (deposed ab12cd34)', 'delete'],
    ]);
  });

  test('one that is listed twice is refused', () => {
    const error = refusal(plan([change({}), change({ after: { other: true } })]));
    expect([error.code, error.message]).toEqual([
      'SOURCE_MALFORMED',
      'the plan lists aws_s3_bucket.b twice',
    ]);
  });

  test('a move keeps the old one', () => {
    const moved = resourceOf({
      actions: ['no-op'],
      extra: { previous_address: 'aws_s3_bucket.old' },
    });
    expect(moved).toMatchObject({ action: 'none', previousAddress: 'aws_s3_bucket.old' });
  });
});

describe('what is judged of a change', () => {
  test('a creation: as planned, nothing before', () => {
    const resource = resourceOf({ after: { bucket: 'x', tags: null } });
    expect(resource).toMatchObject({
      attributes: { bucket: 'x', tags: null },
      unknown: [],
      sensitive: [],
    });
    expect(resource).not.toHaveProperty('before');
  });

  test('an update: as planned, and as it was', () => {
    const resource = resourceOf({ actions: ['update'], before: { size: 1 }, after: { size: 2 } });
    expect(resource).toMatchObject({ attributes: { size: 2 }, before: { size: 1 } });
  });

  test.each([[['delete']], [['forget']]])('%j: as it was, and nothing is unknown', (actions) => {
    const resource = resourceOf({
      actions,
      before: { name: 'x', secret: 's' },
      after: null,
      change: { before_sensitive: { secret: true }, after_sensitive: false },
    });
    expect(resource).toMatchObject({
      attributes: { name: 'x' },
      unknown: [],
      sensitive: ['secret'],
    });
    expect(resource).not.toHaveProperty('before');
  });

  test('something will exist, and the plan says nothing of it: all of it is unknown', () => {
    expect(resourceOf({ after: null })).toMatchObject({ attributes: {}, unknown: [''] });
  });

  test('an import is marked, also when its id is still to come', () => {
    const imported = (importing: unknown): boolean | undefined =>
      resourceOf({ actions: ['no-op'], change: { importing } }).imported;
    expect([{ id: 'x' }, { identity: {} }, { unknown: true }].map(imported)).toEqual([
      true,
      true,
      true,
    ]);
    expect(resourceOf({})).not.toHaveProperty('imported');
  });

  test('a data source that is read later', () => {
    const resource = resourceOf({ mode: 'data', type: 'aws_vpc', actions: ['read'] });
    expect(resource).toMatchObject({ address: 'data.aws_vpc.b', type: 'aws_vpc', action: 'read' });
  });

  test('a plan made by hand may leave mode, provider and marks out', () => {
    const { resources } = normalise({
      format_version: '0.1',
      resource_changes: [
        {
          address: 'aws_s3_bucket.b',
          type: 'aws_s3_bucket',
          name: 'b',
          change: { actions: ['create'], after: {} },
        },
      ],
    });
    expect(resources).toMatchObject([
      { provider: 'aws', action: 'create', unknown: [], references: [] },
    ]);
  });
});

describe('unknown values', () => {
  test('are named by their paths: members, list elements, whole maps', () => {
    const resource = resourceOf({
      after: { tags: { team: 'a' }, rule: [{ x: 1 }, null], list: ['a', null] },
      unknown: {
        arn: true,
        tags: { owner: true, 'cost.center': true },
        tags_all: true,
        rule: [{}, true],
        list: [false, true],
      },
    });
    expect(resource.unknown).toEqual([
      'arn',
      'tags.owner',
      'tags["cost.center"]',
      'tags_all',
      'rule[1]',
      'list[1]',
    ]);
  });

  test('the two AWS buckets that must not be confused stay apart', () => {
    const untagged = resourceOf({ after: { tags: null }, unknown: { tags_all: true } });
    const tagged = resourceOf({ after: {}, unknown: { tags: true, tags_all: true } });
    expect([untagged.unknown, tagged.unknown]).toEqual([['tags_all'], ['tags', 'tags_all']]);
    expect([untagged.attributes, tagged.attributes]).toEqual([{ tags: null }, {}]);
  });

  test('what a platform masked is neither known nor shown', () => {
    const resource = resourceOf({
      after: {
        tags: { owner: '<sensitive>', team: 'a' },
        list: ['x', '(sensitive value)'],
        ok: 'sensitive',
      },
      change: { after_sensitive: {} },
    });
    expect(resource.attributes).toEqual({
      tags: { team: 'a' },
      list: ['x', null],
      ok: 'sensitive',
    });
    expect(resource.unknown).toEqual(['tags.owner', 'list[1]']);
    expect(resource.sensitive).toEqual(['tags.owner', 'list[1]']);
  });
});

describe('sensitive values', () => {
  test('before and after are marked alike', () => {
    const resource = resourceOf({
      actions: ['update'],
      before: { password: 'old', env: [{ v: 'x' }] },
      after: { password: 'new', env: [{ v: 'y' }] },
      change: {
        before_sensitive: { password: true },
        after_sensitive: { password: true, env: [{ v: true }] },
      },
    });
    expect(resource.sensitive).toEqual(['password', 'env[0].v']);
  });

  const code = {
    provider_config: {},
    root_module: {
      variables: { pw: { sensitive: true }, name: {} },
      resources: [
        block('aws_db_instance', 'db', {
          password: refers('var.pw'),
          identifier: refers('var.name'),
        }),
      ],
      module_calls: {
        m: {
          expressions: { secret: refers('var.pw'), plain: refers('var.name') },
          module: {
            variables: { secret: {}, plain: {} },
            resources: [
              block('aws_db_instance', 'db', {
                password: refers('var.secret'),
                identifier: refers('var.plain'),
              }),
            ],
          },
        },
      },
    },
  };
  const db = { type: 'aws_db_instance', name: 'db' };

  test('plans older than the marks are read by what the code says of its variables, through modules too', () => {
    const { resources } = normalise(
      plan([change(db), change({ ...db, module: 'module.m' })], { configuration: code }),
    );
    expect(resources.map(({ sensitive }) => sensitive)).toEqual([['password'], ['password']]);
  });

  test('the marks of newer plans stand alone: a value may have been declared nonsensitive', () => {
    expect(
      resourceOf({ ...db, change: { after_sensitive: {} } }, { configuration: code }).sensitive,
    ).toEqual([]);
  });
});

describe('providers', () => {
  test.each([
    ['aws', 'aws'],
    ['registry.terraform.io/hashicorp/aws', 'aws'],
    ['registry.opentofu.org/hashicorp/aws', 'aws'],
    ['mirror.corp.example/hashicorp/aws', 'aws'],
    ['registry.terraform.io/acme/aws', 'aws'],
    ['registry.terraform.io/hashicorp/google-beta', 'gcp'],
    ['registry.terraform.io/hashicorp/azuread', 'azure'],
    ['registry.terraform.io/Azure/azapi', 'azure'],
    ['registry.terraform.io/gavinbunney/kubectl', 'kubernetes'],
    ['registry.terraform.io/integrations/github', 'github'],
    ['terraform.io/builtin/terraform', 'terraform'],
    ['constructor', 'constructor'],
  ])('%s is %s', (provider, expected) => {
    expect(resourceOf({ provider }).provider).toBe(expected);
  });
});

function refusal(document: unknown): SourceError {
  try {
    normalise(document);
  } catch (error) {
    if (error instanceof SourceError) return error;
  }
  throw new Error('it was let in');
}
