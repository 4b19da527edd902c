import { AzureSettings } from '../../../../src/clouds/azure/schema.ts';
import { startFakeAzure } from '../../../../src/clouds/fakes/azure/index.ts';
import type {
  FakeArmResource,
  FakeAzure,
  FakeAzureEstate,
  FakeFault,
  FakeSubscription,
} from '../../../../src/clouds/fakes/azure/index.ts';
import { fakeOutside } from '../outside.ts';
import type { FakeOutside } from '../outside.ts';

export const SHOP = '11111111-1111-4111-8111-111111111111';
export const DATA = '22222222-2222-4222-8222-222222222222';
export const SECRET = '33333333-3333-4333-8333-333333333333';
export const TOKEN = 'eyJ-a-token-of-the-test';

/** A resource of Azure in the group `shop`, unless its id is given whole. */
export function resource(
  type: string,
  name: string,
  more: Partial<FakeArmResource> = {},
  subscription = SHOP,
): FakeArmResource {
  const id = `/subscriptions/${subscription}/resourceGroups/Shop/providers/${type}/${name}`;
  return { id, name, type, location: 'westeurope', ...more };
}

export function group(name: string, subscription = SHOP, tags = {}): FakeArmResource {
  return {
    id: `/subscriptions/${subscription}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/subscriptions/resourceGroups',
    location: 'westeurope',
    tags,
  };
}

export function subscription(
  id: string,
  resources: readonly FakeArmResource[],
  more: Partial<FakeSubscription> = {},
): FakeSubscription {
  return { id, name: `name of ${id.slice(0, 4)}`, resources, ...more };
}

export const ACCOUNT = resource('Microsoft.Storage/storageAccounts', 'shopfiles', {
  sku: { name: 'Standard_LRS' },
  kind: 'StorageV2',
  properties: { creationTime: '2026-03-01T10:00:00.1234567Z', supportsHttpsTrafficOnly: true },
  tags: { Owner: 'team-shop', env: 'prod' },
});
export const VAULT = resource('Microsoft.KeyVault/vaults', 'shopkeys', { tags: { owner: 'ops' } });
export const NETWORK = resource('Microsoft.Network/virtualNetworks', 'shopnet', {
  location: 'North Europe',
});

export const ESTATE: FakeAzureEstate = {
  tenant: '99999999-9999-4999-8999-999999999999',
  subscriptions: [
    subscription(SHOP, [group('Shop', SHOP, { costCenter: '4711' }), ACCOUNT, VAULT, NETWORK], {
      tags: { unit: 'retail' },
    }),
    subscription(DATA, [
      group('Shop', DATA),
      resource('Microsoft.Sql/servers/databases', 'main/orders', {}, DATA),
    ]),
    subscription(SECRET, [resource('Microsoft.KeyVault/vaults', 'unseen', {}, SECRET)], {
      denied: true,
    }),
  ],
  managementGroups: [
    { id: 'retail', subscriptions: [SHOP, DATA] },
    { id: 'board', subscriptions: [SECRET], denied: true },
  ],
};

export interface World {
  readonly fake: FakeAzure;
  readonly outside: FakeOutside;
  readonly settings: AzureSettings;
}

/** A fake Azure, and settings that lead to it with a token from the environment. */
export async function startWorld(
  options: {
    readonly estate?: FakeAzureEstate;
    readonly faults?: readonly FakeFault[];
    readonly settings?: Partial<AzureSettings>;
    readonly pageSize?: number;
    readonly accepts?: (token: string) => boolean;
  } = {},
): Promise<World> {
  const outside = { ...fakeOutside(), env: { AZURE_TEST_TOKEN: TOKEN } };
  const { estate = ESTATE, faults = [], settings, ...more } = options;
  const fake = await startFakeAzure({ estate, faults, clock: outside.clock, ...more });
  return {
    fake,
    outside,
    settings: AzureSettings.parse({
      type: 'azure',
      name: 'azure-main',
      subscriptions: [SHOP],
      endpoint: fake.url,
      ca: fake.ca,
      tokenVariable: 'AZURE_TEST_TOKEN',
      ...settings,
    }),
  };
}
