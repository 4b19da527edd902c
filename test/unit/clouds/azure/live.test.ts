import { describe, expect, it } from 'vitest';

import { only, partOf, signal, world } from './opened.ts';
import { ESTATE, NETWORK, resource, SHOP, subscription } from './world.ts';

describe('a resource of Azure', () => {
  it('is told with its address, place, parents and time of creation', async () => {
    expect(await only('microsoft.storage/storageaccounts')).toMatchObject({
      resource: {
        address: `/subscriptions/${SHOP}/resourcegroups/shop/providers/microsoft.storage/storageaccounts/shopfiles`,
        provider: 'azure',
        dialect: 'azure-resource',
        scope: { subscription: SHOP, resourceGroup: 'shop', region: 'westeurope' },
        attributes: {
          name: 'shopfiles',
          kind: 'StorageV2',
          sku: { name: 'Standard_LRS' },
          properties: { supportsHttpsTrafficOnly: true },
        },
      },
      createdAt: '2026-03-01T10:00:00.123Z',
      parents: [`/subscriptions/${SHOP}/resourcegroups/shop`, `/subscriptions/${SHOP}`],
    });
  });

  it('stands in the resource that it is a part of, and in regions as Azure names them', async () => {
    const database = resource('Microsoft.Sql/servers', 'main/databases/orders', {
      type: 'Microsoft.Sql/servers/databases',
      location: 'North Europe',
    });
    const estate = { ...ESTATE, subscriptions: [subscription(SHOP, [database])] };
    const { parents, resource: told } = await only('microsoft.sql/servers/databases', estate);
    expect(told.scope['region']).toBe('northeurope');
    expect(parents?.[0]).toBe(
      `/subscriptions/${SHOP}/resourcegroups/shop/providers/microsoft.sql/servers/main`,
    );
  });

  it.each([
    {
      type: 'Microsoft.Compute/virtualMachineScaleSets',
      managed: { tool: 'azure-managed', name: '/subscriptions/x/cluster' },
      why: 'a cluster keeps its nodes as it wants them',
    },
    {
      type: 'Microsoft.Compute/disks',
      managed: undefined,
      why: 'a disk is merely attached to its machine',
    },
  ])('of $type: $why', async ({ type, managed }) => {
    const one = resource(type, 'thing', { managedBy: '/subscriptions/x/cluster' });
    const estate = { ...ESTATE, subscriptions: [subscription(SHOP, [one])] };
    expect((await only(type.toLowerCase(), estate)).managedBy).toEqual(managed);
  });

  it('names who made it where its provider says so', async () => {
    const one = resource('Microsoft.App/jobs', 'nightly', {
      properties: {
        systemData: { createdBy: 'kim@example.com', createdAt: '2026-01-02T03:04:05Z' },
      },
    });
    const estate = { ...ESTATE, subscriptions: [subscription(SHOP, [one])] };
    expect(await only('microsoft.app/jobs', estate)).toMatchObject({
      createdBy: { name: 'kim@example.com' },
      createdAt: '2026-01-02T03:04:05.000Z',
    });
  });

  it('has no tags only where Resource Graph says so', async () => {
    const { inventory } = await world({
      faults: [{ on: 'graph', skip: 1, harm: { kind: 'no-tags' } }],
    });
    const part = partOf('microsoft.network/virtualnetworks');
    const tags = async () =>
      (await inventory.read(part, undefined, signal)).resources[0]?.resource.tags;
    expect(NETWORK.tags).toBeUndefined();
    expect(await tags()).toEqual({ state: 'known', values: {} });
    expect(await tags()).toMatchObject({ state: 'unknown' });
  });
});
