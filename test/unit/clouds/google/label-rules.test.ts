import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { GOOGLE_LABELS } from '../../../../src/clouds/google/label-rules.ts';

const { refuses, spell } = GOOGLE_LABELS;
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9 _-]{0,70}$/),
);

describe('tags as labels of Google', () => {
  it.each([
    ['Owner', 'Team A', 'owner', 'team-a'],
    [' Owner ', '  Team\tA  ', 'owner', 'team-a'],
    ['COST-CENTER', '4711', 'cost-center', '4711'],
    ['besitzer', 'Käthe Müller', 'besitzer', 'käthe-müller'],
    ['所有者', '人事', '所有者', '人事'],
    ['owner', '', 'owner', ''],
  ])('spells %j=%j as %j=%j', (key, value, spelledKey, spelledValue) => {
    const spelled = spell(key, value);
    expect(spelled).toEqual({ key: spelledKey, value: spelledValue });
    expect(refuses(spelled.key, spelled.value)).toBeUndefined();
  });

  it.each([
    ['owner', 'someone@example.com', /holds lower-case/],
    ['owner', 'Release 1.5', /holds lower-case/],
    ['window', '10:30', /holds lower-case/],
    ['app.kubernetes.io/name', 'x', /starts with/],
    ['1st', 'x', /starts with/],
    ['-owner', 'x', /starts with/],
    ['', 'x', /needs a key/],
    ['goog-managed-by', 'x', /belong to Google/],
    ['k'.repeat(64), 'x', /63 characters/],
    ['owner', 'v'.repeat(64), /63 characters/],
    // 43 characters of three bytes each are more than 128 bytes.
    ['owner', '所'.repeat(43), /128 bytes/],
    ['owner', '😀', /holds lower-case/],
  ])('refuses %j=%j in words, and does not bend it', (key, value, words) => {
    const spelled = spell(key, value);
    expect(refuses(spelled.key, spelled.value)).toMatch(words);
    expect(spelled).toEqual({ key, value });
  });

  it.each([
    ['k'.repeat(63), 'v'.repeat(63)],
    ['owner', '所'.repeat(42)],
    ['a', '-_-'],
  ])('takes %j=%j at the limit', (key, value) => {
    expect(refuses(key, value)).toBeUndefined();
  });

  it('spells what it has spelt as it stands; the outcome is accepted, or is what was given', () => {
    fc.assert(
      fc.property(text, text, (key, value) => {
        const spelled = spell(key, value);
        expect(spell(spelled.key, spelled.value)).toEqual(spelled);
        const keyGood = refuses(spelled.key, '') === undefined;
        const valueGood = refuses('owner', spelled.value) === undefined;
        expect(keyGood || spelled.key === key).toBe(true);
        expect(valueGood || spelled.value === value).toBe(true);
      }),
    );
  });

  it('never leaves out a character but white space: two tags that differ in more stay two', () => {
    const letters = (value: string): string => value.toLowerCase().replaceAll(/[\s-]/g, '');
    fc.assert(
      fc.property(text, (value) => {
        expect(letters(spell('owner', value).value)).toBe(letters(value));
      }),
    );
  });
});
