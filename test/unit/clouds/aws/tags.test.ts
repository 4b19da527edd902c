import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normaliseTags } from '../../../../src/clouds/aws/tags.ts';

type Tags = Record<string, string>;

const list = (tags: Tags, key: string, value: string) =>
  Object.entries(tags).map(([name, text]) => ({ [key]: name, [value]: text }));

/** The five shapes, and the spellings that services have for them. */
const SHAPES: readonly [string, (tags: Tags) => Parameters<typeof normaliseTags>[0]][] = [
  ['a map, as the history has it', (tags) => ({ tags })],
  [
    'a list with key, value and tag, as queries have it',
    (tags) => ({
      tags: Object.entries(tags).map(([key, value]) => ({ key, value, tag: `${key}=${value}` })),
    }),
  ],
  [
    'a JSON text of {key, value} in the supplementary configuration',
    (tags) => ({
      tags: [],
      supplementaryConfiguration: { Tags: JSON.stringify(list(tags, 'key', 'value')) },
    }),
  ],
  [
    'a JSON text of {tagKey, tagValue}',
    (tags) => ({
      supplementaryConfiguration: { Tags: JSON.stringify(list(tags, 'tagKey', 'tagValue')) },
    }),
  ],
  [
    'a map in the supplementary configuration',
    (tags) => ({ supplementaryConfiguration: { Tags: tags } }),
  ],
  [
    'the supplementary configuration itself as a text',
    (tags) => ({ supplementaryConfiguration: JSON.stringify({ tags: JSON.stringify(tags) }) }),
  ],
  [
    'configuration.tags',
    (tags) => ({ tags: {}, configuration: { tags: list(tags, 'key', 'value') } }),
  ],
  ['configuration.Tags', (tags) => ({ configuration: { Tags: list(tags, 'Key', 'Value') } })],
  [
    'a configuration that is a text',
    (tags) => ({ configuration: JSON.stringify({ tagList: list(tags, 'TagKey', 'TagValue') }) }),
  ],
];

describe('tags of a configuration item', () => {
  it.each(SHAPES)('are the same in %s', (_, shape) => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (tags) => {
        expect(normaliseTags(shape(tags))).toEqual({ state: 'known', values: { ...tags } });
      }),
    );
  });

  it('keep a key that objects have of their own', () => {
    const tags = normaliseTags({ tags: [{ key: '__proto__', value: 'x' }] });
    expect(tags.state === 'known' && Object.entries(tags.values)).toEqual([['__proto__', 'x']]);
  });

  it('have an empty value where the service has none', () => {
    expect(normaliseTags({ tags: [{ key: 'owner', value: null }, { key: 'team' }] })).toEqual({
      state: 'known',
      values: { owner: '', team: '' },
    });
  });

  it.each<[string, Parameters<typeof normaliseTags>[0]]>([
    ['nothing tells of them', { configuration: { name: 'x' } }],
    ['every place is null', { tags: null, configuration: null }],
    ['the list is none', { tags: 'owner=shop' }],
    ['a tag has no key', { tags: [{ value: 'shop' }] }],
    ['a value is no text', { tags: { owner: 7 } }],
    [
      'a key has two values',
      {
        tags: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
    ],
    ['one place is empty and the next is nonsense', { tags: [], configuration: { tags: [1] } }],
  ])('are unknown, never empty, when %s', (_, item) => {
    expect(normaliseTags(item)).toMatchObject({ state: 'unknown' });
  });

  it('are known or unknown whatever an item holds, and never an error', () => {
    const anything = fc.anything();
    fc.assert(
      fc.property(
        fc.record(
          { tags: anything, supplementaryConfiguration: anything, configuration: anything },
          { requiredKeys: [] },
        ),
        (item) => {
          expect(['known', 'unknown']).toContain(normaliseTags(item).state);
        },
      ),
    );
  });
});
