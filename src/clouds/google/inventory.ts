import type { CloudOutside } from '../adapter.ts';
import { createCaller } from '../calls/caller.ts';
import type { Rate } from '../calls/bucket.ts';
import type { Inventory } from '../inventory.ts';
import { createAssets } from './assets.ts';
import { connect } from './connection.ts';
import { classify } from './faults.ts';
import type { GoogleInner } from './inner.ts';
import { planInventory } from './plan.ts';
import { readPage } from './read.ts';
import type { GoogleSettings } from './schema.ts';
import { trailOfTokens } from './tokens.ts';

/**
 * Quota of Cloud Asset Inventory for each project that asks: 400 searches and 100 lists in a minute, of which a burst takes
 * its part.
 */
const SEARCH: Rate = { perSecond: 380 / 60, burst: 20 };
const LIST: Rate = { perSecond: 90 / 60, burst: 10 };

/** Everything below the scopes, through Cloud Asset Inventory. */
export function openGoogleInventory(
  settings: GoogleSettings,
  outside: CloudOutside,
  { auth, attemptMs }: GoogleInner = {},
): Promise<Inventory> {
  const caller = createCaller({
    outside,
    classify,
    ...(attemptMs === undefined ? {} : { attemptMs }),
    rate: (service) =>
      service === 'cloudasset.list'
        ? (settings.rate?.list ?? LIST)
        : (settings.rate?.search ?? SEARCH),
  });
  const assets = createAssets(settings, connect(settings, outside, auth), caller);
  const trail = trailOfTokens();
  return Promise.resolve({
    name: settings.name,
    adapter: 'google',
    plan: (wanted, signal) => planInventory(assets, settings, wanted, signal),
    read: (partition, cursor, signal) => readPage(assets, trail, partition, cursor, signal),
    close: () => assets.close(),
  });
}
