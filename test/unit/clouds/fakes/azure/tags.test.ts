import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { ACCOUNT, DATA, ESTATE, resource, SHOP, subscription, VAULT } from '../../azure/world.ts';
import { codeOf, start } from './client.ts';
import type { Answer } from './client.ts';

describe('the tags of the fake Azure', () => {
  const tagsOf = ({ body }: Answer) =>
    z.object({ properties: z.object({ tags: z.unknown() }) }).parse(body).properties.tags;

  it('merges without regard to case, and keeps the name that was first', async () => {
    const { patch } = await start();
    expect(tagsOf(await patch('Merge', { OWNER: 'x', env: 'dev' }))).toEqual({
      owner: 'x',
      env: 'dev',
    });
  });

  it('deletes by name, or by name and value', async () => {
    const { patch } = await start();
    const left = await patch('Delete', { ENV: 'prod', owner: 'not-this' }, ACCOUNT.id);
    expect(tagsOf(left)).toEqual({ Owner: 'team-shop' });
    expect(tagsOf(await patch('Delete', { owner: '' }, ACCOUNT.id))).toEqual({});
  });

  it('replaces everything by Replace and by PUT', async () => {
    const { patch, tags } = await start();
    expect(tagsOf(await patch('Replace', { a: '1' }, ACCOUNT.id))).toEqual({ a: '1' });
    const put = await tags('PUT', ACCOUNT.id, { properties: { tags: { b: '2' } } });
    expect(tagsOf(put)).toEqual({ b: '2' });
  });

  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x']));
  it.each([
    { type: 'Microsoft.KeyVault/vaults', good: many(50), bad: many(51) },
    { type: 'Microsoft.ApiManagement/service', good: many(15), bad: many(16) },
    {
      type: 'Microsoft.KeyVault/vaults',
      good: { ['k'.repeat(512)]: 'x' },
      bad: { ['k'.repeat(513)]: 'x' },
    },
    {
      type: 'Microsoft.Storage/storageAccounts',
      good: { ['k'.repeat(128)]: 'x' },
      bad: { ['k'.repeat(129)]: 'x' },
    },
    {
      type: 'Microsoft.KeyVault/vaults',
      good: { k: 'v'.repeat(256) },
      bad: { k: 'v'.repeat(257) },
    },
    { type: 'Microsoft.KeyVault/vaults', good: { 'a b:c#': 'x' }, bad: { 'a/b': 'x' } },
    { type: 'Microsoft.KeyVault/vaults', good: { 'my-azure': 'x' }, bad: { 'Azure-x': 'x' } },
  ])('keeps the limits of $type', async ({ type, good, bad }) => {
    const one = resource(type, 'one');
    const { patch, fake } = await start({
      estate: { ...ESTATE, subscriptions: [subscription(SHOP, [one])] },
    });
    expect((await patch('Merge', bad, one.id)).status).toBe(400);
    expect(fake.estate().subscriptions[0]?.resources[0]?.tags).toEqual({});
    expect((await patch('Merge', good, one.id)).status).toBe(200);
  });

  it('takes two hundred writes at once and ten a second after that, for each subscription', async () => {
    const { patch, outside } = await start();
    const statuses: number[] = [];
    for (let write = 0; write < 201; write++)
      statuses.push((await patch('Merge', { n: String(write) })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(200);
    expect(statuses[200]).toBe(429);
    const elsewhere = resource('Microsoft.Sql/servers/databases', 'main/orders', {}, DATA);
    expect((await patch('Merge', { n: '1' }, elsewhere.id)).status).toBe(200);
    outside.advance(1000);
    for (let write = 0; write < 11; write++)
      statuses[write] = (await patch('Merge', { m: String(write) })).status;
    expect(statuses.slice(0, 11)).toEqual([...Array<number>(10).fill(200), 429]);
  });

  it('plays an operation that goes on, and ends', async () => {
    const { patch, ask, fake } = await start({
      faults: [{ on: 'tags-write', harm: { kind: 'slow', polls: 1 } }],
    });
    const begun = await patch('Merge', { a: '1' });
    expect(begun.status).toBe(202);
    const path = String(begun.headers['location']).slice(fake.url.length);
    expect((await ask('GET', path)).status).toBe(202);
    expect(tagsOf(await ask('GET', path))).toEqual({ owner: 'ops', a: '1' });
  });

  it('changes nothing in a subscription that is disabled', async () => {
    const { patch } = await start({
      estate: { ...ESTATE, subscriptions: [subscription(SHOP, [VAULT], { state: 'Disabled' })] },
    });
    expect(codeOf(await patch('Merge', { a: '1' }))).toBe('ReadOnlyDisabledSubscription');
  });
});
