import { describe, expect, it } from 'vitest';

import { partsOf, typesOf } from '../../../../src/clouds/azure/parts.ts';
import { all, EVERYTHING, signal, VAULTS, world } from './opened.ts';
import { DATA, group, resource, SECRET, SHOP, subscription } from './world.ts';

const SUBSCRIPTIONS = [SHOP, DATA, SECRET];
/** Types that each subscription has one of. */
const TYPES = Array.from({ length: 40 }, (_, index) => `Microsoft.Made/things${index}`);
const estate = (types = TYPES) => ({
  subscriptions: SUBSCRIPTIONS.map((id) =>
    subscription(id, [
      group('Shop', id),
      ...types.map((type, index) => resource(type, `thing-${index}`, {}, id)),
    ]),
  ),
  tenant: '99999999-9999-4999-8999-999999999999',
});
const settings = { subscriptions: SUBSCRIPTIONS };
const things = (types: readonly string[]) =>
  types.map((type) => ({ subscription: SHOP, type: type.toLowerCase(), expected: 1 }));

describe('the parts of a subscription', () => {
  it('cost five queries, however many types it has', async () => {
    const { inventory, fake } = await world({ estate: estate(), settings });
    expect(await all(inventory)).toHaveLength(3 * (40 + 2));
    const plan = 2;
    expect(fake.calls).toHaveLength(plan + 3 * 5);
  });

  it('hold each type once', async () => {
    const { inventory } = await world({ estate: estate(), settings });
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const ofShop = partitions.filter(({ scope }) => scope['subscription'] === SHOP);
    expect(ofShop.flatMap(typesOf).sort()).toEqual(
      [
        ...TYPES.map((type) => type.toLowerCase()),
        'microsoft.resources/subscriptions',
        'microsoft.resources/subscriptions/resourcegroups',
      ].sort(),
    );
    expect(ofShop.reduce((sum, { expected = 0 }) => sum + expected, 0)).toBe(40);
  });

  it('are not of every type: rules that compare must not believe that they see all there is', async () => {
    const { inventory } = await world({ estate: estate(), settings });
    for (const { type, together } of (await inventory.plan(EVERYTHING, signal)).partitions) {
      expect(type).toBeTruthy();
      expect(together).toBeUndefined();
    }
  });

  it('keep a type where it was when others come and go', () => {
    const keyOf = (type: string, types: readonly string[]) =>
      partsOf(things(types)).find((part) => typesOf(part).includes(type.toLowerCase()))?.key;
    for (const [index, type] of TYPES.entries()) {
      const fewer = TYPES.slice(index);
      expect(keyOf(type, fewer)).toBeDefined();
      expect(keyOf(type, fewer)).toBe(keyOf(type, TYPES));
      expect(keyOf(type, [type])).toBe(keyOf(type, TYPES));
    }
  });

  it('hold only the types that are wanted, in the part in which they always are', async () => {
    const { inventory } = await world();
    const whole = (await inventory.plan(EVERYTHING, signal)).partitions;
    const isVaults = (kind: string) => kind === 'azure.keyvault.vault';
    const { partitions } = await inventory.plan({ kind: isVaults }, signal);
    const ofVaults = whole.find((part) => typesOf(part).includes(VAULTS));
    const vaults = partitions.find((part) => typesOf(part).includes(VAULTS));
    expect(vaults?.key).toBe(ofVaults?.key);
    const unwanted = ['microsoft.resources/subscriptions', 'microsoft.network/virtualnetworks'];
    expect(whole.flatMap(typesOf)).toEqual(expect.arrayContaining(unwanted));
    for (const type of unwanted) expect(partitions.flatMap(typesOf)).not.toContain(type);
  });

  it('are apart by region where regions are asked for', () => {
    const [type = ''] = TYPES;
    const parts = partsOf(
      ['westeurope', 'uksouth'].map((region) => ({ subscription: SHOP, region, type })),
    );
    expect(parts.map(({ scope }) => scope)).toEqual([
      { subscription: SHOP, region: 'westeurope' },
      { subscription: SHOP, region: 'uksouth' },
    ]);
    expect(new Set(parts.map(({ key }) => key)).size).toBe(2);
  });

  it('take two spellings of a type for one', () => {
    const twice = [...things([VAULTS]), ...things([VAULTS])];
    expect(partsOf(twice)).toMatchObject([{ type: VAULTS, expected: 2 }]);
  });
});
