import { describe, expect, it } from 'vitest';

import { pagesOf } from '../../../contract/inventory.ts';
import { all, EVERYTHING, partOf, signal, VAULTS, vaults, world } from './opened.ts';
import { SHOP } from './world.ts';

describe('reading a part', () => {
  it('follows the pages and says beforehand how many there will be', async () => {
    const { inventory } = await world({ estate: vaults(2500) });
    const { partitions } = await inventory.plan(EVERYTHING, signal);
    const part = partitions.find(({ type }) => type === VAULTS);
    expect(part).toMatchObject({ scope: { subscription: SHOP }, expected: 2500 });
    const pages = await pagesOf(inventory, part!);
    expect(pages.map(({ resources }) => resources.length)).toEqual([1000, 1000, 500]);
    expect(pages.flatMap(({ gaps }) => gaps ?? [])).toEqual([]);
  });

  it.each([
    { harm: { kind: 'truncated' as const }, says: /cut its answer after 2 rows/ },
    { harm: { kind: 'lost' as const, rows: 1 }, says: /counts 3 rows and gave 1/ },
    { harm: { kind: 'limit-hit' as const }, says: /more subscriptions/ },
  ])('is incomplete when rows are $harm.kind', async ({ harm, says }) => {
    const { inventory } = await world({
      estate: vaults(3),
      faults: [{ on: 'graph', harm }],
    });
    const { gaps } = await inventory.read(partOf(VAULTS), undefined, signal);
    expect(gaps).toMatchObject([
      {
        scope: { subscription: SHOP },
        type: VAULTS,
        code: 'CLOUD_PROTOCOL',
        message: expect.stringMatching(says) as string,
      },
    ]);
  });

  it('stops when a token leads back, after one page too many at most', async () => {
    const { inventory, fake } = await world({
      estate: vaults(3),
      faults: [{ on: 'graph', harm: { kind: 'repeat-token' } }],
    });
    await expect(pagesOf(inventory, partOf(VAULTS))).rejects.toMatchObject({
      code: 'CLOUD_PROTOCOL',
    });
    expect(fake.calls).toHaveLength(2);
  });

  it('refuses a cursor that is none of its own', async () => {
    const { inventory } = await world();
    await expect(inventory.read(partOf(VAULTS), 'bm9uZQ', signal)).rejects.toMatchObject({
      code: 'CLOUD_INVALID',
    });
  });

  it('keeps to regions, and reads resource groups wherever they are', async () => {
    const { inventory } = await world({ settings: { regions: ['westeurope', 'uksouth'] } });
    const found = await all(inventory, { ...EVERYTHING, regions: ['westeurope'] });
    const types = found.map(({ resource: { type } }) => type).sort();
    expect(types).toEqual([
      'microsoft.keyvault/vaults',
      'microsoft.resources/subscriptions',
      'microsoft.resources/subscriptions/resourcegroups',
      'microsoft.storage/storageaccounts',
    ]);
  });

  it('reads no resources where settings and sweep have no region in common', async () => {
    const { inventory } = await world({ settings: { regions: ['uksouth'] } });
    const { partitions } = await inventory.plan({ ...EVERYTHING, regions: ['westus'] }, signal);
    expect(partitions.map(({ type }) => type)).toEqual([
      'microsoft.resources/subscriptions, microsoft.resources/subscriptions/resourcegroups',
    ]);
  });

  it('lets no name of a type out of its quotes', async () => {
    const { inventory } = await world();
    const sly = partOf("x' | project id | where name =~ 'y");
    expect(await inventory.read(sly, undefined, signal)).toEqual({ resources: [] });
  });
});
