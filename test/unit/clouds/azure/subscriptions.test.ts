import { describe, expect, it } from 'vitest';

import { typesOf } from '../../../../src/clouds/azure/parts.ts';
import { all, EVERYTHING, signal, VAULTS, world } from './opened.ts';
import { DATA, ESTATE, SECRET, SHOP, subscription, TOKEN, VAULT } from './world.ts';

describe('which subscriptions an Azure inventory reads', () => {
  it('has a gap for each one that Resource Graph is silent about', async () => {
    const { inventory } = await world({ settings: { subscriptions: [SHOP, SECRET] } });
    const { accounts, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(accounts).toEqual([SHOP, SECRET]);
    expect(gaps).toMatchObject([{ scope: { subscription: SECRET }, code: 'CLOUD_DENIED' }]);
  });

  it('does not fail when all of them refuse', async () => {
    const { inventory } = await world({ settings: { subscriptions: [SECRET] } });
    expect(await inventory.plan(EVERYTHING, signal)).toMatchObject({
      partitions: [],
      accounts: [SECRET],
      gaps: [{ scope: { subscription: SECRET }, code: 'CLOUD_DENIED' }],
    });
  });

  it('expands management groups, each subscription once, and tells of a group that refuses', async () => {
    const { inventory } = await world({
      settings: { subscriptions: [SHOP], managementGroups: ['retail', 'board'] },
    });
    const { accounts, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(accounts).toEqual([SHOP, DATA, 'managementGroups/board']);
    expect(gaps).toMatchObject([
      { scope: { subscription: 'managementGroups/board' }, code: 'CLOUD_DENIED' },
    ]);
  });

  it('takes no group for whole that has more subscriptions than Azure looks at', async () => {
    const { inventory } = await world({
      settings: { subscriptions: [], managementGroups: ['retail'] },
      faults: [{ on: 'graph', times: 1, harm: { kind: 'limit-hit' } }],
    });
    const { accounts, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(accounts).toEqual([SHOP, DATA, 'managementGroups/retail']);
    expect(gaps).toMatchObject([{ code: 'CLOUD_PROTOCOL' }]);
  });

  it('finds the one among many that a query is refused for, and reads the others', async () => {
    const { inventory } = await world({
      settings: { subscriptions: [SHOP, DATA] },
      faults: [
        {
          on: 'graph',
          about: DATA,
          harm: { kind: 'refuse', status: 403, code: 'AuthorizationFailed' },
        },
      ],
    });
    const { accounts, gaps, partitions } = await inventory.plan(EVERYTHING, signal);
    expect(accounts).toEqual([SHOP, DATA]);
    expect(gaps).toMatchObject([{ scope: { subscription: DATA }, code: 'CLOUD_DENIED' }]);
    expect(partitions.flatMap(typesOf)).toContain(VAULTS);
  });

  it('tells of disabled ones, and reads them', async () => {
    const estate = {
      ...ESTATE,
      subscriptions: [subscription(SHOP, [VAULT], { state: 'Disabled' as const })],
    };
    const { inventory, outside } = await world({ estate });
    expect((await all(inventory)).length).toBe(2);
    expect(outside.warnings).toMatchObject([{ facts: { subscriptions: [SHOP] } }]);
  });

  it('counts again in smaller parts when a summary was cut', async () => {
    const { inventory } = await world({
      settings: { subscriptions: [SHOP, DATA] },
      faults: [{ on: 'graph', about: 'summarize', times: 1, harm: { kind: 'truncated' } }],
    });
    const { gaps, partitions } = await inventory.plan(EVERYTHING, signal);
    expect(gaps).toEqual([]);
    expect(partitions.flatMap(typesOf)).toHaveLength(8);
  });

  it('plans nothing, aloud, when nobody can be asked', async () => {
    const { inventory, fake } = await world({ accepts: () => false });
    const error = await inventory.plan(EVERYTHING, signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CLOUD_CREDENTIALS' });
    expect(String(error)).not.toContain(TOKEN);
    expect(fake.calls).toHaveLength(1);
  });

  it('is parked as a whole when Azure asks to come back in an hour', async () => {
    const { inventory, fake } = await world({
      settings: { subscriptions: [SHOP, DATA], managementGroups: ['retail'] },
      faults: [{ on: 'graph', harm: { kind: 'throttle', retryAfter: 3600 } }],
    });
    await expect(inventory.plan(EVERYTHING, signal)).rejects.toMatchObject({
      code: 'CLOUD_PARKED',
      retryAt: '2026-11-25T09:00:00.000Z',
    });
    expect(fake.calls).toHaveLength(1);
  });

  it('asks no more of an Azure that is down, and does not take it for an empty one', async () => {
    const named = Array.from(
      { length: 1000 },
      (_, index) => SHOP.slice(0, -4) + String(1000 + index),
    );
    const { inventory, fake } = await world({
      settings: { subscriptions: named },
      faults: [{ on: 'graph', harm: { kind: 'html', status: 503 } }],
    });
    await expect(inventory.plan(EVERYTHING, signal)).rejects.toMatchObject({
      code: 'CLOUD_UNAVAILABLE',
    });
    expect(fake.calls).toHaveLength(6);
  });

  it('has gaps for those that an outage came before', async () => {
    const { inventory } = await world({
      settings: { subscriptions: [SHOP], managementGroups: ['retail'] },
      faults: [{ on: 'graph', about: 'managementGroups', harm: { kind: 'html', status: 503 } }],
    });
    const { accounts, gaps } = await inventory.plan(EVERYTHING, signal);
    expect(accounts).toEqual([SHOP, 'managementGroups/retail']);
    expect(gaps).toMatchObject([{ code: 'CLOUD_UNAVAILABLE' }]);
  });
});
