import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { indexDocument } from '../../../src/catalogue/document.ts';
import { effectiveTags, sensitiveTags } from '../../../src/catalogue/tags.ts';
import type { EffectiveTags } from '../../../src/catalogue/tags.ts';
import type { TagPlace } from '../../../src/catalogue/kind.ts';
import { raw } from '../../builders.ts';
import type { Details } from '../../builders.ts';

const AWS: TagPlace = { shape: 'map', path: 'tags', all: 'tags_all' };
const GROUP: TagPlace = {
  shape: 'key-value',
  path: 'tag',
  also: 'tags',
  key: 'key',
  value: 'value',
};

function tagsOf(
  place: TagPlace,
  attributes: Record<string, unknown>,
  details: Details = {},
): EffectiveTags {
  const subject = raw('some_thing', attributes, details);
  return effectiveTags(indexDocument([subject]).view(subject), place);
}

const defaults = (tags: Record<string, string>, unknown: string[] = []): Details => ({
  defaultTags: { tags, unknown },
});

describe('effective tags of AWS', () => {
  it.each<[string, Record<string, unknown>, Details, EffectiveTags]>([
    [
      'tags_all when it is known',
      { tags: { a: '1' }, tags_all: { a: '1', b: '2' } },
      {},
      { tags: { a: '1', b: '2' }, unknown: [] },
    ],
    [
      'defaults alone, by tags_all',
      { tags: null, tags_all: { b: '2' } },
      {},
      { tags: { b: '2' }, unknown: [] },
    ],
    [
      'none for certain, although tags_all is unknown',
      { tags: null },
      { computed: ['tags_all'] },
      { tags: {}, unknown: [] },
    ],
    [
      'the provider’s defaults while tags_all is unknown',
      { tags: null },
      { computed: ['tags_all'], ...defaults({ b: '2' }) },
      { tags: { b: '2' }, unknown: [] },
    ],
    [
      'the resource’s own over the defaults',
      { tags: { b: 'own' } },
      { computed: ['tags_all'], ...defaults({ b: '2', c: '3' }) },
      { tags: { c: '3', b: 'own' }, unknown: [] },
    ],
    [
      'nothing known when the whole map is still to come',
      {},
      { unknown: ['tags', 'tags_all'], ...defaults({ b: '2' }) },
      { tags: {}, unknown: ['tags'] },
    ],
    [
      'one key still to come',
      { tags: { a: '1' } },
      { unknown: ['tags.owner'] },
      { tags: { a: '1' }, unknown: ['tags.owner'] },
    ],
    [
      'one key of tags_all still to come',
      { tags_all: { a: '1' } },
      { unknown: ['tags_all.owner'] },
      { tags: { a: '1' }, unknown: ['tags.owner'] },
    ],
    [
      'a key with dots still to come',
      { tags: {} },
      { unknown: ['tags["cost.center"]'] },
      { tags: {}, unknown: ['tags["cost.center"]'] },
    ],
    [
      'a default still to come',
      { tags: { a: '1' } },
      defaults({}, ['owner']),
      { tags: { a: '1' }, unknown: ['tags.owner'] },
    ],
    [
      'no doubt where the resource sets what is unknown by default',
      { tags: { owner: 'me' } },
      defaults({}, ['owner']),
      { tags: { owner: 'me' }, unknown: [] },
    ],
    [
      'own value still to come over a known default',
      { tags: {} },
      { unknown: ['tags.owner'], ...defaults({ owner: 'all' }) },
      { tags: {}, unknown: ['tags.owner'] },
    ],
    [
      'any key possible when not even the defaults’ keys are known',
      { tags: { a: '1' } },
      defaults({ b: '2' }, ['']),
      { tags: { b: '2', a: '1' }, unknown: ['tags'] },
    ],
    [
      'text made of numbers, booleans and null',
      { tags: { n: 7, b: true, z: null } },
      {},
      { tags: { n: '7', b: 'true', z: '' }, unknown: [] },
    ],
  ])('are %s', (_, attributes, details, expected) => {
    expect(tagsOf(AWS, attributes, details)).toEqual(expected);
  });
});

describe('effective tags elsewhere', () => {
  it('come from the key-value list of an autoscaling group, which no default reaches', () => {
    const attributes = {
      tag: [{ key: 'a', value: '1', propagate_at_launch: true }],
      tags: [{ key: 'b', value: '2' }],
    };
    expect(tagsOf(GROUP, attributes, defaults({ c: '3' }))).toEqual({
      tags: { a: '1', b: '2' },
      unknown: [],
    });
    expect(tagsOf(GROUP, { tag: [{ key: 'a' }] }, { unknown: ['tag[0].value'] })).toEqual({
      tags: {},
      unknown: ['tags.a'],
    });
    expect(tagsOf(GROUP, { tag: [{ value: 'x' }] }, { unknown: ['tag[0].key'] })).toEqual({
      tags: {},
      unknown: ['tags'],
    });
    expect(tagsOf(GROUP, {}, { unknown: ['tag'] })).toEqual({ tags: {}, unknown: ['tags'] });
    expect(tagsOf(GROUP, { tag: [null] }, { unknown: ['tag[0]'] })).toEqual({
      tags: {},
      unknown: ['tags'],
    });
  });

  it('come from strings of key:value, split at the first colon', () => {
    const place: TagPlace = { shape: 'colon', path: 'tags' };
    expect(tagsOf(place, { tags: ['env:prod', 'url:http://x', 'bare'] })).toEqual({
      tags: { env: 'prod', url: 'http://x', bare: '' },
      unknown: [],
    });
    expect(tagsOf(place, { tags: [null] }, { unknown: ['tags[0]'] })).toEqual({
      tags: {},
      unknown: ['tags'],
    });
  });

  it('come from Google’s effective labels first, then from those with the provider’s defaults', () => {
    const place: TagPlace = {
      shape: 'map',
      path: 'labels',
      all: ['effective_labels', 'terraform_labels'],
    };
    const managed = { 'goog-terraform-provisioned': 'true' };
    expect(tagsOf(place, { labels: null, effective_labels: managed }).tags).toEqual(managed);
    expect(
      tagsOf(
        place,
        { labels: null, terraform_labels: { a: '1' } },
        { computed: ['effective_labels'] },
      ).tags,
    ).toEqual({ a: '1' });
    expect(tagsOf(place, { labels: { a: '1' } }).tags).toEqual({ a: '1' });
  });

  it('come from a nested place', () => {
    const place: TagPlace = { shape: 'map', path: 'metadata[0].labels' };
    expect(tagsOf(place, { metadata: [{ labels: { app: 'web' } }] }).tags).toEqual({ app: 'web' });
    expect(tagsOf(place, { metadata: [{}] }, { unknown: ['metadata[0].labels'] }).unknown).toEqual([
      'tags',
    ]);
  });

  it('are none where a type has no place for them', () => {
    expect(tagsOf({ shape: 'none' }, { tags: { a: '1' } }, defaults({ b: '2' }))).toEqual({
      tags: {},
      unknown: [],
    });
  });

  it('keep any key as it is, even one that names the prototype', () => {
    const { tags } = tagsOf(AWS, { tags: JSON.parse('{"__proto__": "x", "a": "1"}') as object });
    expect(Object.keys(tags)).toEqual(['__proto__', 'a']);
  });

  it('never invent or lose a known key', () => {
    const map = fc.dictionary(fc.string(), fc.string());
    fc.assert(
      fc.property(map, map, (own, byDefault) => {
        const { tags, unknown } = tagsOf(
          AWS,
          { tags: own },
          { computed: ['tags_all'], ...defaults(byDefault) },
        );
        expect(unknown).toEqual([]);
        expect(new Map(Object.entries(tags))).toEqual(
          new Map([...Object.entries(byDefault), ...Object.entries(own)]),
        );
      }),
    );
  });
});

describe('sensitive tags', () => {
  it.each<[TagPlace, string[], string[]]>([
    [AWS, ['tags.owner'], ['tags.owner']],
    [AWS, ['tags_all.owner', 'tags.owner'], ['tags.owner']],
    [AWS, ['tags'], ['tags']],
    [AWS, ['tags["a.b"]'], ['tags["a.b"]']],
    [AWS, ['password'], []],
    [{ shape: 'map', path: 'metadata.labels' }, ['metadata'], ['tags']],
    [GROUP, ['tag[0].value'], ['tags']],
    [{ shape: 'none' }, ['tags'], []],
  ])('follow the marks of the place: %j %j', (place, marks, expected) => {
    expect(sensitiveTags(place, marks)).toEqual(expected);
  });
});
