import { describe, expect, it } from 'vitest';

import { UNKNOWN } from '../../../src/catalogue/facts.ts';
import { indexDocument } from '../../../src/catalogue/document.ts';
import { findShape, KINDS, typeKey } from '../../../src/catalogue/registry.ts';
import { toResources } from '../../../src/catalogue/resolve.ts';
import { FACTS } from '../../../src/catalogue/facts.ts';
import type { View } from '../../../src/catalogue/view.ts';
import { Resource } from '../../../src/model/resource.ts';
import type { RawResource } from '../../../src/sources/source.ts';
import { raw, resolved } from '../../builders.ts';

function view(
  attributes: Record<string, unknown>,
  details: Parameters<typeof raw>[2] = {},
  ...others: RawResource[]
): View {
  const subject = raw('aws_thing', attributes, details);
  return bound(indexDocument([subject, ...others]).view(subject));
}

/** For tests that name what they read with and not what they read of. */
function bound(seen: View): View {
  return {
    resource: seen.resource,
    read: (path) => seen.read(path),
    boolean: (path) => seen.boolean(path),
    string: (path) => seen.string(path),
    number: (path) => seen.number(path),
    list: (path) => seen.list(path),
    get written() {
      return bound(seen.written);
    },
    get authored() {
      return bound(seen.authored);
    },
    companions: (...asked) => seen.companions(...asked),
    targets: (...asked) => seen.targets(...asked),
    ofType: (types) => seen.ofType(types),
  };
}

describe('reading through a view', () => {
  it('keeps absent, null and unknown apart from values', () => {
    const { read } = view({ a: 1, n: null, o: { x: 'y' } }, { unknown: ['u', 'o.z'] });
    expect([
      read('a'),
      read('n'),
      read('missing'),
      read('u'),
      read('u.below'),
      read('o.x'),
      read('o.z'),
    ]).toEqual([1, undefined, undefined, UNKNOWN, UNKNOWN, 'y', UNKNOWN]);
  });

  it('knows nothing of a resource that is unknown as a whole', () => {
    const { read, list } = view({}, { unknown: [''] });
    expect([read('a'), read(''), list('a')]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
    const bucket = resolved(raw('aws_s3_bucket', {}, { unknown: [''] }));
    expect(bucket.facts).not.toHaveProperty('public');
    expect(bucket.unknown).toEqual(expect.arrayContaining(['config', 'tags', 'facts.public']));
  });

  it('understands what old Terraform wrote as text', () => {
    const { boolean, number, string } = view({
      t: 'true',
      one: '1',
      f: 'false',
      zero: '0',
      n: '30',
      s: 7,
      odd: 'maybe',
      list: [1],
    });
    expect([boolean('t'), boolean('one'), boolean('f'), boolean('zero'), boolean('odd')]).toEqual([
      true,
      true,
      false,
      false,
      undefined,
    ]);
    expect([number('n'), number('odd'), string('s'), string('list')]).toEqual([
      30,
      undefined,
      '7',
      undefined,
    ]);
  });

  it('reads a nested block whether it stands in a list or alone', () => {
    expect(view({ versioning: [{ enabled: true }] }).boolean('versioning[0].enabled')).toBe(true);
    expect(view({ versioning: { enabled: true } }).boolean('versioning[0].enabled')).toBe(true);
    expect(view({ versioning: [] }).boolean('versioning[0].enabled')).toBe(undefined);
  });

  it('lists blocks, and says which elements are not known', () => {
    const { list } = view(
      { rule: [{ port: 1 }, null], one: { port: 2 }, none: null },
      { unknown: ['rule[1]', 'later'] },
    );
    const rules = list('rule');
    if (rules === UNKNOWN || rules === undefined) throw new Error('the list is known');
    expect(rules.map((rule) => rule.number('port'))).toEqual([1, UNKNOWN]);
    expect(list('later')).toBe(UNKNOWN);
    expect(list('none')).toEqual([]);
    expect(list('missing')).toBe(undefined);
    expect(view({ one: { port: 2 } }).list('one')).toHaveLength(1);
  });

  it('tells what the author wrote from what the provider computes', () => {
    const { read, written } = view(
      { disk: [{ size: 20 }] },
      { unknown: ['key'], computed: ['arn', 'disk[0].encrypted'] },
    );
    expect([read('key'), read('arn'), read('disk[0].encrypted')]).toEqual([
      UNKNOWN,
      UNKNOWN,
      UNKNOWN,
    ]);
    expect([written.read('key'), written.read('arn'), written.read('disk[0].encrypted')]).toEqual([
      UNKNOWN,
      undefined,
      undefined,
    ]);
  });

  it('does not guess what was written where the document does not tell', () => {
    const untold = raw('aws_thing', {}, { unknown: ['arn'], code: false });
    expect(indexDocument([untold]).view(untold).written.read('arn')).toBe(UNKNOWN);
  });

  it('leaves a block unknown that a dynamic block may have made, since the code of a plan does not show those', () => {
    const generated = raw(
      'aws_thing',
      { disk: [{ size: 20 }] },
      { unknown: ['disk[0].encrypted'], written: ['name'] },
    );
    expect(indexDocument([generated]).view(generated).written.read('disk[0].encrypted')).toBe(
      UNKNOWN,
    );
  });
});

describe('the normal form', () => {
  it('keeps the native type as kind where the catalogue has none, and infers that it can be tagged', () => {
    const resource = resolved(raw('acme_widget', { tags: { owner: 'a' } }));
    expect(resource).toMatchObject({
      kind: 'acme_widget',
      tags: { owner: 'a' },
      facts: { taggable: true },
    });
    expect(resolved(raw('acme_widget', { tags: null })).facts).toHaveProperty('taggable', true);
    expect(resolved(raw('acme_widget', {}, { unknown: ['tags'] })).facts).toHaveProperty(
      'taggable',
      true,
    );
    expect(resolved(raw('random_string', { length: 8 })).facts).not.toHaveProperty('taggable');
    expect(
      resolved(raw('google_thing', { tags: ['web'] }, { provider: 'gcp' })).facts,
    ).not.toHaveProperty('taggable');
  });

  it('prefixes what is unknown and sensitive', () => {
    const resource = resolved(
      raw(
        'acme_widget',
        { name: 'secret-name', tags: { owner: 'x', api: 'y' }, list: [1] },
        {
          unknown: ['tags.team', 'list[0]'],
          sensitive: ['name', 'tags.api'],
          before: { name: 'old' },
        },
      ),
    );
    expect(resource.unknown).toEqual(['tags.team', 'config.tags.team', 'config.list[0]']);
    expect(resource.sensitive).toEqual([
      'config.name',
      'config.tags.api',
      'before.name',
      'before.tags.api',
      'tags.api',
      'facts.name',
    ]);
  });

  it('takes the region from the scope', () => {
    expect(resolved(raw('acme_widget', {}, { scope: { region: 'eu-west-1' } })).facts).toEqual({
      region: 'eu-west-1',
    });
  });

  it('fits its schema', () => {
    const resource = resolved(
      raw(
        'aws_s3_bucket',
        { bucket: 'b' },
        { location: { file: 'a.tf', line: 1 }, previousAddress: 'x', imported: true, before: {} },
      ),
    );
    expect(Resource.parse(resource)).toEqual(resource);
  });

  it('stays linear when thousands of resources name each other', () => {
    const many = Array.from({ length: 4_000 }, (_, index) => [
      raw('aws_s3_bucket', { bucket: `b-${index}` }, { address: `aws_s3_bucket.b["${index}"]` }),
      raw(
        'aws_s3_bucket_versioning',
        { versioning_configuration: [{ status: 'Enabled' }] },
        {
          address: `aws_s3_bucket_versioning.b["${index}"]`,
          unknown: ['bucket'],
          refers: { bucket: `aws_s3_bucket.b["${index}"]` },
        },
      ),
    ]).flat();
    const versioned = toResources(many).filter((resource) => resource.facts['versioned'] === true);
    expect(versioned).toHaveLength(4_000);
  });
});

describe('the registry', () => {
  it('knows each native type of a dialect once, and each kind once', () => {
    const types = KINDS.flatMap(({ shapes }) =>
      Object.entries(shapes).flatMap(([dialect, { types: names }]) =>
        names.map((name) => `${dialect} ${typeKey(name)}`),
      ),
    );
    expect(types.filter((type, index) => types.indexOf(type) !== index)).toEqual([]);
    const kinds = KINDS.map(({ kind }) => kind);
    expect(kinds.filter((kind, index) => kinds.indexOf(kind) !== index)).toEqual([]);
    expect(
      kinds.filter((kind) => !/^(aws|azure|gcp|kubernetes|istio|argo)(\.[a-z0-9_-]+)+$/.test(kind)),
    ).toEqual([]);
  });

  it('finds a Kubernetes kind whatever the version of its group', () => {
    expect(
      ['apps/v1/Deployment', 'apps/Deployment', 'v1/Pod', 'Pod', 'batch/v1beta1/CronJob'].map(
        typeKey,
      ),
    ).toEqual(['apps/Deployment', 'apps/Deployment', 'Pod', 'Pod', 'batch/CronJob']);
    expect(findShape('terraform', 'no_such_type')).toBe(undefined);
  });

  it('names each fact and says what it means', () => {
    for (const { says } of Object.values(FACTS)) expect(says).toMatch(/\.$/);
  });
});
