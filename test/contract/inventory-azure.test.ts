import { openAzureInventory } from '../../src/clouds/azure/inventory.ts';
import {
  ACCOUNT,
  DATA,
  ESTATE,
  NETWORK,
  SECRET,
  SHOP,
  startWorld,
  TOKEN,
  VAULT,
} from '../unit/clouds/azure/world.ts';
import { inventoryContract } from './inventory.ts';

const RESOURCES = {
  [`/subscriptions/${SHOP}`]: { unit: 'retail' },
  [`/subscriptions/${SHOP}/resourcegroups/shop`]: { costCenter: '4711' },
  [ACCOUNT.id.toLowerCase()]: { Owner: 'team-shop', env: 'prod' },
  [VAULT.id.toLowerCase()]: { owner: 'ops' },
  [NETWORK.id.toLowerCase()]: {},
  [`/subscriptions/${DATA}`]: {},
  [`/subscriptions/${DATA}/resourcegroups/shop`]: {},
  [`/subscriptions/${DATA}/resourcegroups/shop/providers/microsoft.sql/servers/databases/main/orders`]:
    {},
};

inventoryContract('Azure by Resource Graph', async () => {
  const { fake, outside, settings } = await startWorld({
    estate: ESTATE,
    settings: { subscriptions: [SHOP, DATA, SECRET] },
    // Pages of two rows.
    faults: [{ on: 'graph', about: 'order by', harm: { kind: 'short', rows: 2 } }],
  });
  return {
    open: async () => await openAzureInventory(settings, outside),
    dispose: fake.close,
    accounts: [SHOP, DATA, SECRET],
    unreadable: [SECRET],
    resources: RESOURCES,
    secrets: [TOKEN],
  };
});
