import { CloudError } from '../clouds/errors.ts';
import type { CreatorReading, Inventory, LiveResource } from '../clouds/inventory.ts';
import { messageOf } from '../kit/errors.ts';
import type { FleetResource } from './fleet.ts';
import type { JudgedItem } from './store.ts';

type WhoMade = NonNullable<Inventory['whoMade']>;

export interface Named {
  readonly items: readonly JudgedItem[];
  /** Why creators stay unknown: one reason for each account, and one for a limit that was reached. */
  readonly notes: readonly CreatorNote[];
}

export interface CreatorNote {
  /** What is told once in a run. */
  readonly about: string;
  readonly note: string;
}

/**
 * Who made what breaks a rule: as an earlier sweep found out, otherwise looked up, because somebody has to answer for it. The
 * rest is left alone, for clouds let few of these questions be asked.
 *
 * @param known what is kept of these resources.
 * @throws the signal's reason alone: a creator who cannot be read is unknown, and the sweep goes on.
 */
export async function nameCreators(
  inventory: Pick<Inventory, 'name'> & { readonly whoMade: WhoMade },
  items: readonly JudgedItem[],
  read: readonly LiveResource[],
  known: readonly FleetResource[],
  signal: AbortSignal,
): Promise<Named> {
  const live = new Map(read.map((one) => [one.resource.address, one]));
  const before = new Map(known.map((one) => [one.address, one]));
  const notes: CreatorNote[] = [];
  const named: JudgedItem[] = [];
  for (const item of items) {
    const { address } = item.resource;
    const resource = remembered(item.resource, before.get(address));
    const made = live.get(address);
    if (made === undefined || !wantsCreator(item, resource)) {
      named.push({ ...item, resource });
      continue;
    }
    const reading = await ask(inventory.whoMade, made, signal);
    notes.push(...noteOf(reading, inventory.name, resource.account));
    named.push({ ...item, resource: withReading(resource, reading) });
  }
  return { items: named, notes };
}

/** What was found out of a thing holds for as long as it is the same thing; what could not be read is asked again. */
function remembered(resource: FleetResource, before: FleetResource | undefined): FleetResource {
  if (resource.createdBy !== undefined || before?.createdAt !== resource.createdAt) return resource;
  const { createdBy, creatorUnknown } = before ?? {};
  if (createdBy !== undefined) return { ...resource, createdBy };
  return creatorUnknown?.why === 'no-record' ? { ...resource, creatorUnknown } : resource;
}

function wantsCreator({ observation }: JudgedItem, resource: FleetResource): boolean {
  return (
    observation.sightings.length > 0 &&
    resource.createdBy === undefined &&
    resource.creatorUnknown === undefined
  );
}

async function ask(
  whoMade: WhoMade,
  made: LiveResource,
  signal: AbortSignal,
): Promise<CreatorReading> {
  try {
    return await whoMade(made, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    const { message } = thrown instanceof CloudError ? thrown : { message: messageOf(thrown) };
    return { state: 'unknown', why: 'unread', reason: message };
  }
}

function withReading(resource: FleetResource, reading: CreatorReading): FleetResource {
  if (reading.state === 'known') return { ...resource, createdBy: reading.creator };
  const { why, reason } = reading;
  return { ...resource, creatorUnknown: { why, reason } };
}

function noteOf(reading: CreatorReading, inventory: string, account: string): CreatorNote[] {
  if (reading.state === 'known') return [];
  const { why, reason } = reading;
  if (why === 'limit')
    return [
      {
        about: `creators ${inventory}`,
        note: `Who made what breaks a rule in ${inventory} is not known everywhere: ${reason}; the next sweep goes on.`,
      },
    ];
  if (why !== 'unread') return [];
  return [
    {
      about: `creators ${inventory} ${account}`,
      note: `Who made what breaks a rule in ${account} could not be read: ${reason}`,
    },
  ];
}
