import { openGoogleInventory } from '../../src/clouds/google/inventory.ts';
import { startFakeGoogle } from '../../src/clouds/fakes/google/index.ts';
import { fakeOutside } from '../unit/clouds/outside.ts';
import {
  bearer,
  BUCKET,
  ESTATE,
  INSTANCE,
  manyDisks,
  settingsFor,
  TOKEN,
  TOPIC,
} from '../unit/clouds/google/world.ts';
import { inventoryContract } from './inventory.ts';

const DISKS = manyDisks(5);

inventoryContract('Google Cloud', async () => {
  const outside = fakeOutside();
  const fake = await startFakeGoogle({
    estate: { ...ESTATE, assets: [BUCKET, INSTANCE, TOPIC, ...DISKS] },
    faults: [{ kind: 'denied', project: 'vault' }, { kind: 'short-pages' }],
    clock: outside.clock,
    accepts: (token) => token === TOKEN,
  });
  const settings = settingsFor(fake.url, {
    scopes: ['projects/shop', 'projects/lab', 'projects/vault'],
  });
  return {
    open: () => openGoogleInventory(settings, outside, { auth: bearer() }),
    dispose: () => fake.close(),
    accounts: ['shop', 'lab', 'vault'],
    unreadable: ['vault'],
    resources: {
      [BUCKET.name]: { team: 'media' },
      [INSTANCE.name]: { owner: 'shop', env: 'prod' },
      [TOPIC.name]: { team: 'orders' },
      ...Object.fromEntries(DISKS.map(({ name }) => [name, {}])),
    },
    secrets: [TOKEN],
  };
});
