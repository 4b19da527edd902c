import type { ExemptionsNow } from '../decide/bear.ts';
import { messageOf } from '../kit/errors.ts';
import type { Leases } from '../sweep/lease.ts';
import { IN_STORE } from './bind.ts';
import { recordMoves } from './record.ts';
import type { Recorder } from './record.ts';
import type { ExemptionStore } from './store.ts';

export interface KeeperParts {
  readonly store: ExemptionStore;
  readonly leases: Leases;
  readonly current: () => Promise<ExemptionsNow>;
  readonly record: Recorder;
  /** Names this process among those that share the store. */
  readonly owner: string;
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}

const SCOPE = 'exemptions';
const LEASE_MS = 60_000;

/**
 * One look: records what a process that died left unrecorded, and notes each end and each new exemption of a file once,
 * whatever number of replicas look. It never rejects.
 */
export async function keepExemptions(parts: KeeperParts): Promise<void> {
  try {
    const lease = await parts.leases.acquire([SCOPE], parts.owner, LEASE_MS);
    if ('heldBy' in lease) return;
    try {
      await recordMoves(parts);
      await noteFiles(parts);
      await noteEnds(parts);
    } finally {
      await parts.leases.release(lease);
    }
  } catch (error) {
    parts.warn('exemptions could not be looked after', { error: messageOf(error) });
  }
}

/** One that is in a file says nowhere since when: it counts as known from the first look at it. */
async function noteFiles({ store, current }: KeeperParts): Promise<void> {
  const { set } = await current();
  const ids = set.exemptions.filter(({ where }) => where !== IN_STORE).map(({ id }) => id);
  const known = await store.seen(ids);
  const fresh = ids.filter((id) => !known.has(id));
  if (fresh.length > 0) await store.setSeen(fresh);
}

async function noteEnds({ store, current, record }: KeeperParts): Promise<void> {
  const { set, at } = await current();
  const ofFiles = set.exemptions
    .filter(({ where, until }) => where !== IN_STORE && until <= at)
    .map(({ id, until }) => ({ id, until: until.toISOString() }));
  for (const end of await store.unnoted(ofFiles)) {
    await record({ type: 'exemption.expired', subject: end.id, body: { until: end.until } });
    await store.setNoted(end);
  }
}
