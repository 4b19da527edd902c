import { describe, expect, it } from 'vitest';

import type { RepairSubject } from '../../../src/repair/plan/input.ts';
import { planOf, requiring, subject } from './estate.ts';

const SPELLING = { values: [{ spelling: true }, { ask: 'the lead' }] };
const OWNER = requiring('tagging.owner', ['owner'], SPELLING);
const setOf = (one: RepairSubject, rules = [OWNER]) => {
  const plan = planOf([one], rules);
  return { ...plan.changes[0]?.set };
};
const refusalOf = (...[subjects, rules, given]: Parameters<typeof planOf>) =>
  planOf(subjects, rules, given).refusals.map(({ code, message }) => ({ code, message }));

describe('where a value comes from', () => {
  const rg = {
    role: 'resource-group',
    address: '/subscriptions/s/resourcegroups/shop',
    tags: { state: 'known', values: { owner: 'team-shop' } },
  } as const;
  const account = {
    role: 'project',
    address: '//cloudresourcemanager.googleapis.com/projects/p',
    tags: { state: 'known', values: { Owner: 'platform' } },
  } as const;

  it.each([
    ['a constant', { constant: 'platform' }, {}, { kind: 'constant', from: 'owner' }, 'platform'],
    [
      'another spelling of the key',
      { spelling: true },
      { resource: { tags: { OWNER: ' ada ' } } },
      { kind: 'spelling', from: 'OWNER' },
      'ada',
    ],
    [
      'an alias of the key',
      { spelling: { aliases: { owner: ['team'] } } },
      { resource: { tags: { Team: 'ada' } } },
      { kind: 'spelling', from: 'Team' },
      'ada',
    ],
    [
      'the resource group',
      { parent: ['resource-group', 'account'] },
      { parents: [account, rg] },
      { kind: 'parent', from: rg.address },
      'team-shop',
    ],
    [
      'a project where the account is named, whatever its spelling',
      { parent: ['account'] },
      { parents: [account] },
      { kind: 'parent', from: account.address },
      'platform',
    ],
    [
      'the creator',
      { creator: 'name' },
      { createdBy: { name: 'ada@example.com', event: 'ev-1' } },
      { kind: 'creator', from: 'ada@example.com (ev-1)' },
      'ada@example.com',
    ],
    [
      'the domain of the creator',
      { creator: 'email-domain' },
      { createdBy: { name: 'ada@Example.com' } },
      { kind: 'creator', from: 'ada@Example.com' },
      'example.com',
    ],
    [
      'a table by account',
      { map: { by: 'account', table: { '111122223333': 'shop' } } },
      {},
      { kind: 'map', from: 'account 111122223333' },
      'shop',
    ],
    [
      'a table by another tag, whatever its case',
      { map: { by: 'tag:app', table: { shop: 'team-shop' } } },
      { resource: { tags: { app: 'SHOP' } } },
      { kind: 'map', from: 'tag:app SHOP' },
      'team-shop',
    ],
  ] as const)('%s', (_, source, given, origin, after) => {
    const rule = requiring('r', ['owner'], { values: [source] });
    expect(setOf(subject('a', {}, given), [rule])).toEqual({
      owner: { before: null, after, source: origin },
    });
  });

  it('is the first that has one', () => {
    const rule = requiring('r', ['owner'], {
      values: [{ parent: ['vpc'] }, { creator: 'name' }, { constant: 'platform' }],
    });
    expect(setOf(subject('a', {}, { createdBy: { name: 'i-0123456789abcdef0' } }), [rule])).toEqual(
      { owner: { before: null, after: 'platform', source: { kind: 'constant', from: 'owner' } } },
    );
  });

  it('counts a blank value as missing, and remembers it', () => {
    expect(setOf(subject('a', { owner: ' ', Owner: 'ada' }))['owner']).toMatchObject({
      before: ' ',
      after: 'ada',
    });
  });

  it('is nobody where all are asked in vain, and then says whom to ask', () => {
    expect(refusalOf([subject('a', {})], [OWNER])).toEqual([
      { code: 'no-value', message: 'nobody knows a value for owner: ask the lead' },
    ]);
  });

  it('is not the next source when a parent could not be read', () => {
    const rule = requiring('r', ['owner'], {
      values: [{ parent: ['vpc'] }, { constant: 'platform' }],
    });
    const vpc = {
      role: 'vpc',
      address: 'arn:vpc',
      tags: { state: 'unknown', reason: 'AccessDenied' },
    } as const;
    expect(refusalOf([subject('a', {}, { parents: [vpc] })], [rule])).toEqual([
      { code: 'parent-unknown', message: 'the tags of arn:vpc could not be read: AccessDenied' },
    ]);
  });
});
