import { OAuth2Client, PassThroughClient } from 'google-auth-library';
import type { AuthClient } from 'google-auth-library';

import { startFakeGoogle } from '../../../../src/clouds/fakes/google/index.ts';
import type {
  FakeGoogle,
  FakeGoogleOptions,
  GoogleAsset,
  GoogleEstate,
} from '../../../../src/clouds/fakes/google/index.ts';
import type { GoogleInner } from '../../../../src/clouds/google/inner.ts';
import { openGoogleInventory } from '../../../../src/clouds/google/inventory.ts';
import { googleSettings } from '../../../../src/clouds/google/schema.ts';
import type { GoogleSettings } from '../../../../src/clouds/google/schema.ts';
import { openGoogleTagger } from '../../../../src/clouds/google/tagger.ts';
import type { Inventory, LiveResource, Page } from '../../../../src/clouds/inventory.ts';
import type { Tagger, TagTarget } from '../../../../src/clouds/tagger.ts';
import { fakeOutside } from '../outside.ts';
import type { FakeOutside } from '../outside.ts';

export const TOKEN = 'ya29.a-token-that-nobody-may-see';

export const BUCKET: GoogleAsset = {
  name: '//storage.googleapis.com/shop-media',
  assetType: 'storage.googleapis.com/Bucket',
  project: 'shop',
  location: 'eu',
  data: {
    id: 'shop-media',
    timeCreated: '2026-03-01T10:00:00.000Z',
    labels: { team: 'media' },
  },
};

export const INSTANCE: GoogleAsset = {
  name: '//compute.googleapis.com/projects/shop/zones/europe-west1-b/instances/web',
  assetType: 'compute.googleapis.com/Instance',
  project: 'shop',
  location: 'europe-west1-b',
  createTime: '2026-02-01T00:00:00Z',
  data: {
    name: 'web',
    creationTimestamp: '2026-01-31T16:00:00.000-08:00',
    labels: { owner: 'shop', env: 'prod' },
    tags: { items: ['http-server'] },
  },
};

export const TOPIC: GoogleAsset = {
  name: '//pubsub.googleapis.com/projects/shop/topics/orders',
  assetType: 'pubsub.googleapis.com/Topic',
  project: 'shop',
  location: 'global',
  data: { name: 'projects/shop/topics/orders', labels: { team: 'orders' } },
};

/** Nothing marks it: the case that a sweep is there for. */
export const BARE_DISK: GoogleAsset = {
  name: '//compute.googleapis.com/projects/lab/zones/us-central1-a/disks/scratch',
  assetType: 'compute.googleapis.com/Disk',
  project: 'lab',
  location: 'us-central1-a',
  data: { name: 'scratch', sizeGb: '500' },
};

export const PROJECTS: GoogleEstate['projects'] = [
  { id: 'shop', number: '1001', folder: '20' },
  { id: 'lab', number: '1002' },
];

export const ESTATE: GoogleEstate = {
  organization: '1',
  projects: PROJECTS,
  assets: [BUCKET, INSTANCE, TOPIC, BARE_DISK],
};

/** As many like it as are needed to fill pages. */
export function manyDisks(count: number): readonly GoogleAsset[] {
  return Array.from({ length: count }, (_, index) => ({
    ...BARE_DISK,
    name: `${BARE_DISK.name}-${String(index).padStart(5, '0')}`,
  }));
}

export function settingsFor(url: string, more: Partial<GoogleSettings> = {}): GoogleSettings {
  return googleSettings.parse({
    type: 'google',
    name: 'cloud',
    scopes: ['organizations/1'],
    endpoint: url,
    ...more,
  });
}

export function bearer(token = TOKEN): AuthClient {
  const client = new OAuth2Client();
  client.setCredentials({ access_token: token, expiry_date: Date.now() + 3_600_000 });
  return client;
}

export interface World {
  readonly fake: FakeGoogle;
  readonly outside: FakeOutside;
  readonly inventory: Inventory;
  readonly tagger: Tagger;
  readonly close: () => Promise<void>;
}

/** An estate behind a fake, and the adapter in front of it, with the real clients of Google and a clock that costs no time. */
export async function openWorld({
  estate = ESTATE,
  settings,
  auth = new PassThroughClient(),
  attemptMs = 10_000,
  ...options
}: Partial<FakeGoogleOptions> &
  GoogleInner & { readonly settings?: Partial<GoogleSettings> } = {}): Promise<World> {
  const outside = fakeOutside();
  const fake = await startFakeGoogle({ estate, clock: outside.clock, ...options });
  const configured = settingsFor(fake.url, settings);
  const inner = { auth, attemptMs };
  const inventory = await openGoogleInventory(configured, outside, inner);
  const tagger = await openGoogleTagger(configured, outside, inner);
  return {
    fake,
    outside,
    inventory,
    tagger,
    close: async () => {
      await inventory.close();
      await tagger.close();
      await fake.close();
    },
  };
}

export const NO_END = new AbortController().signal;
export const EVERYTHING = { kind: () => true };

/** Every page of everything that is planned. */
export async function sweep(
  inventory: Inventory,
): Promise<{ readonly resources: readonly LiveResource[]; readonly pages: readonly Page[] }> {
  const { partitions } = await inventory.plan(EVERYTHING, NO_END);
  const pages: Page[] = [];
  for (const partition of partitions) {
    let cursor: string | undefined;
    do {
      const page = await inventory.read(partition, cursor, NO_END);
      pages.push(page);
      cursor = page.next;
    } while (cursor !== undefined);
  }
  return { pages, resources: pages.flatMap(({ resources }) => resources) };
}

export function targetOf({ name, assetType, project }: GoogleAsset): TagTarget {
  return { address: name, type: assetType, scope: { project } };
}
