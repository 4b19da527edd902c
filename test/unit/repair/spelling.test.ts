import { describe, expect, it } from 'vitest';

import { CLOUD, planOf, requiring, spelling, subject } from './estate.ts';

const SPELLING = { values: [{ spelling: true }, { ask: 'the lead' }] };
const OWNER = requiring('tagging.owner', ['owner'], SPELLING);
const refusalOf = (...[subjects, rules, given]: Parameters<typeof planOf>) =>
  planOf(subjects, rules, given).refusals.map(({ code, message }) => ({ code, message }));

describe('a misspelt key', () => {
  const agreed = (given = {}) => spelling('tagging.spelling', ['owner'], { ...SPELLING, ...given });

  it('stays beside the right one', () => {
    const [change] = planOf([subject('a', { Owner: 'ada' })], [OWNER]).changes;
    expect(change?.remove).toEqual({});
    expect(change?.snapshot).toEqual({ Owner: 'ada' });
  });

  it('goes where the rule says replace, its value remembered', () => {
    const [change] = planOf(
      [subject('a', { Owner: 'ada' })],
      [OWNER, agreed({ replace: true })],
    ).changes;
    expect(change?.remove).toEqual({ Owner: { before: 'ada' } });
    expect(change?.rules).toEqual(['tagging.owner', 'tagging.spelling']);
  });

  it('goes alone where the right one is there already', () => {
    const [change] = planOf(
      [subject('a', { owner: 'ada', Owner: 'ada' })],
      [agreed({ replace: true })],
    ).changes;
    expect(change).toMatchObject({ set: {}, remove: { Owner: { before: 'ada' } } });
  });

  it('does not take the alias of another rule with it', () => {
    const aliased = requiring('tagging.owner', ['owner'], {
      values: [{ spelling: { aliases: { owner: ['team'] } } }],
    });
    const one = subject('a', { Owner: 'ada', team: 'ada' });
    expect(planOf([one], [aliased, agreed({ replace: true })]).changes[0]?.remove).toEqual({
      Owner: { before: 'ada' },
    });
  });

  it('is told where it stays', () => {
    expect(refusalOf([subject('a', { owner: 'ada', Owner: 'ada' })], [agreed()])).toEqual([
      { code: 'kept-by-rule', message: 'Owner stays beside owner: the rule does not say replace' },
    ]);
  });

  it('is one tag with the right one on Azure, where taking ours back would take theirs', () => {
    const taggers = { estate: { ...CLOUD, adapter: 'azure' } };
    expect(refusalOf([subject('a', { Owner: 'ada' })], [OWNER], { taggers })).toMatchObject([
      { code: 'same-tag' },
    ]);
  });

  it('is written as the cloud stores it', () => {
    const google = {
      adapter: 'google',
      limits: {
        ...CLOUD.limits,
        spell: (key: string, value: string) => ({
          key: key.toLowerCase(),
          value: value.toLowerCase().replaceAll(' ', '-'),
        }),
      },
    };
    const rule = requiring('r', ['owner'], { values: [{ constant: 'Team A' }] });
    expect(
      planOf([subject('a', {})], [rule], { taggers: { estate: google } }).changes[0]?.set,
    ).toMatchObject({
      owner: { after: 'team-a' },
    });
  });
});
