import { afterEach, expect } from 'vitest';

import { openAzureInventory } from '../../../../src/clouds/azure/inventory.ts';
import type { AzureInventory } from '../../../../src/clouds/azure/inventory.ts';
import type { FakeAzureEstate } from '../../../../src/clouds/fakes/azure/index.ts';
import type { LiveResource, Wanted } from '../../../../src/clouds/inventory.ts';
import { pagesOf } from '../../../contract/inventory.ts';
import { ESTATE, resource, SHOP, startWorld, subscription } from './world.ts';
import type { World } from './world.ts';

export const EVERYTHING: Wanted = { kind: () => true };
export const VAULTS = 'microsoft.keyvault/vaults';
export const { signal } = new AbortController();

const open: World[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ fake }) => fake.close()));
});

/** A world and an inventory of it; ended after the test. */
export async function world(
  options: Parameters<typeof startWorld>[0] = {},
  attemptMs?: number,
): Promise<World & { readonly inventory: AzureInventory }> {
  const started = await startWorld(options);
  open.push(started);
  const instead = attemptMs === undefined ? {} : { attemptMs };
  const { settings, outside } = started;
  return { ...started, inventory: await openAzureInventory(settings, outside, instead) };
}

export async function all(
  inventory: AzureInventory,
  wanted: Wanted = EVERYTHING,
): Promise<LiveResource[]> {
  const found: LiveResource[] = [];
  for (const partition of (await inventory.plan(wanted, signal)).partitions)
    for (const page of await pagesOf(inventory, partition)) found.push(...page.resources);
  return found;
}

/** The one resource of a type. */
export async function only(type: string, estate = ESTATE): Promise<LiveResource> {
  const { inventory } = await world({ estate });
  const { resources } = await inventory.read(partOf(type), undefined, signal);
  expect(resources).toHaveLength(1);
  return resources[0]!;
}

export function partOf(type: string) {
  return { key: `${SHOP}/${type}`, scope: { subscription: SHOP }, type };
}

export function vaults(count: number): FakeAzureEstate {
  const made = Array.from({ length: count }, (_, index) =>
    resource('Microsoft.KeyVault/vaults', `vault-${String(index).padStart(5, '0')}`),
  );
  return { ...ESTATE, subscriptions: [subscription(SHOP, made)] };
}
