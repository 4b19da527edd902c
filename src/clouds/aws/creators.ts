import { CloudError } from '../errors.ts';
import type { CreatorReading, CreatorUnknown, Inventory, LiveResource } from '../inventory.ts';
import type { AwsCalls, Where } from './calls.ts';
import { firstSeen } from './history.ts';
import { creatorIn } from './identity.ts';
import { arnParts, trailRegion } from './regions.ts';
import type { AwsSettings } from './schema.ts';
import { findCreation } from './trail.ts';
import type { Sought, TrailRecord } from './trail.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** As long as CloudTrail answers without a trail of one's own; an hour less, for clocks that differ. */
const REMEMBERED = 90 * DAY - 60 * MINUTE;
/** Some services take a thing for made when it is ready, long after it was asked for. */
const BEFORE = 120 * MINUTE;
const AFTER = 15 * MINUTE;
/** So long after the fact nothing that is missing will come any more: events take some minutes. */
const DELIVERED = 30 * MINUTE;

/**
 * Looks up in CloudTrail who made a resource. What CloudTrail refused once in an account and region is not asked again
 * there, and no more is asked than the configuration allows: a sweep must not hang on it.
 */
export function creatorsOf(
  calls: AwsCalls,
  settings: AwsSettings,
  clock: () => Date,
): NonNullable<Inventory['whoMade']> {
  const refused = new Map<string, string>();
  let left = settings.creatorLookups;
  const spend = (): boolean => left-- > 0;
  return async (made, signal) => {
    const where = placeOf(made);
    if (where === undefined) return unknown('no-record', 'nobody knows where it was made');
    const now = clock();
    if (made.createdAt !== undefined && Date.parse(made.createdAt) < oldest(now))
      return forgotten(now);
    const key = `${where.account} ${where.region}`;
    const before = refused.get(key);
    if (before !== undefined) return unknown('unread', before);
    try {
      const sought = await soughtOf(calls, made, now, spend, signal);
      if (sought === 'limit') return unknown('limit', limitText(settings));
      if (sought === 'forgotten') return forgotten(now);
      const found = await findCreation(calls, where, sought, spend, signal);
      return found === 'limit'
        ? unknown('limit', limitText(settings))
        : readingOf(found, sought, now);
    } catch (thrown) {
      if (!(thrown instanceof CloudError) || thrown.code === 'CLOUD_STOPPED') throw thrown;
      // One question may be wrong by itself; everything else will be the same for the next.
      if (thrown.code !== 'CLOUD_INVALID') refused.set(key, thrown.message);
      return unknown('unread', thrown.message);
    }
  };
}

function readingOf(found: TrailRecord | 'none', { to }: Sought, now: Date): CreatorReading {
  if (found === 'none')
    return now.getTime() - to.getTime() < DELIVERED
      ? unknown('pending', 'CloudTrail does not tell of it yet')
      : unknown('no-record', 'CloudTrail tells of no event by which it was made');
  const creator = creatorIn(found);
  return creator === undefined
    ? unknown('no-record', `${found.eventName} (${found.eventID}) names nobody`)
    : { state: 'known', creator };
}

function forgotten(now: Date): CreatorReading {
  const day = new Date(oldest(now)).toISOString().slice(0, 10);
  return unknown(
    'no-record',
    `it was made before ${day}, and CloudTrail tells of the last 90 days alone`,
  );
}

function oldest(now: Date): number {
  return now.getTime() - REMEMBERED;
}

function limitText({ creatorLookups }: AwsSettings): string {
  return `AWS was asked ${creatorLookups} times, and creatorLookups allows no more in one sweep`;
}

function unknown(why: CreatorUnknown['why'], reason: string): CreatorReading {
  return { state: 'unknown', why, reason };
}

function placeOf({ resource }: LiveResource): Where | undefined {
  const { account, region } = resource.scope;
  if (account === undefined || region === undefined) return undefined;
  return { account, region: trailRegion(arnParts(resource.address), region) };
}

/** CloudTrail has a machine by its id, a bucket by its name, and some things by their ARN. */
function namesOf({ resource: { address, attributes } }: LiveResource): readonly string[] {
  const names = [attributes['resourceId'], attributes['resourceName'], address];
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

/** With the time in which it can have been made; `forgotten` where that is longer ago than CloudTrail remembers. */
async function soughtOf(
  calls: AwsCalls,
  made: LiveResource,
  now: Date,
  spend: () => boolean,
  signal: AbortSignal,
): Promise<Sought | 'forgotten' | 'limit'> {
  const { type } = made.resource;
  const first = new Date(oldest(now));
  if (made.createdAt !== undefined) {
    const at = Math.min(now.getTime(), Date.parse(made.createdAt));
    const from = new Date(Math.max(first.getTime(), at - BEFORE));
    return { type, names: namesOf(made), from, to: earlier(now, at + AFTER) };
  }
  // The history is another call, and an estate may have thousands of things without a time.
  if (!spend()) return 'limit';
  const seen = (await firstSeenAt(calls, made, signal)) ?? now;
  const to = earlier(now, seen.getTime() + AFTER);
  return to > first ? { type, names: namesOf(made), from: first, to } : 'forgotten';
}

function earlier(now: Date, time: number): Date {
  return new Date(Math.min(now.getTime(), time));
}

/** The latest time at which it can have been made. Identities are recorded in a region that the item does not tell. */
async function firstSeenAt(
  calls: AwsCalls,
  { resource: { scope, type, attributes }, capturedAt }: LiveResource,
  signal: AbortSignal,
): Promise<Date | undefined> {
  const { account, region } = scope;
  const { resourceId } = attributes;
  const last = capturedAt === undefined ? undefined : new Date(capturedAt);
  if (account === undefined || region === undefined || region === 'global') return last;
  if (typeof resourceId !== 'string') return last;
  try {
    return (await firstSeen(calls, { account, region }, { type, resourceId }, signal)) ?? last;
  } catch (thrown) {
    if (!(thrown instanceof CloudError) || thrown.code === 'CLOUD_STOPPED') throw thrown;
    // It would only have saved CloudTrail some looking.
    return last;
  }
}
