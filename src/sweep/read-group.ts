import { CloudError } from '../clouds/errors.ts';
import type { Gap, Inventory, LiveResource, Page, Partition } from '../clouds/inventory.ts';
import { messageOf } from '../kit/errors.ts';

/** Pages of one part that are judged and written together. */
export interface ReadGroup {
  readonly resources: readonly LiveResource[];
  readonly gaps: readonly Gap[];
  /** The cursor of the next group; undefined at the end of the part. */
  readonly next: string | undefined;
  readonly pages: number;
  /** These are all the resources of the part. */
  readonly whole: boolean;
}

export interface GroupLimits {
  readonly group: number;
  readonly whole: number;
}

/** Pages of a part that nobody needs to see the end of: more means that the inventory never ends. */
const MOST_PAGES = 100_000;

/**
 * Reads pages from a cursor on until there are enough resources. A part whose resources are compared is read whole, if it is
 * not too large: beyond that, rules that compare them are blind, and all others go on. What is told in the words of Terraform is read whole: there
 * a bucket's encryption is a resource of its own, and one without the other would make false facts.
 *
 * @param seen cursors of this part that were given before; a paging that loops is noticed by the first one that returns.
 * @throws CloudError when nothing of the group could be read, or when the cloud asks to come back later.
 */
export async function readGroup(
  inventory: Inventory,
  partition: Partition,
  from: string | undefined,
  seen: Set<string>,
  limits: GroupLimits,
  signal: AbortSignal,
): Promise<ReadGroup> {
  const resources: LiveResource[] = [];
  const gaps: Gap[] = [];
  let cursor = from;
  let pages = 0;
  const enough = isReadWhole(partition, from, limits) ? limits.whole : limits.group;
  for (;;) {
    let page: Page;
    try {
      page = await inventory.read(partition, cursor, signal);
      requireProgress(page.next, seen, partition);
    } catch (thrown) {
      const error = toCloudError(thrown, signal);
      if (resources.length === 0 || error.code === 'CLOUD_PARKED' || resources.some(isLinked))
        throw error;
      gaps.push(gapOf(error, partition));
      return { resources, gaps, next: undefined, pages, whole: false };
    }
    pages++;
    resources.push(...page.resources);
    gaps.push(...(page.gaps ?? []));
    cursor = page.next;
    if (cursor === undefined || isEnough(resources, enough, limits.whole, partition)) break;
  }
  const whole = from === undefined && cursor === undefined && gaps.length === 0;
  return { resources, gaps, next: cursor, pages, whole };
}

/** @throws CloudError when what can only be understood together is too much. */
function isEnough(
  resources: readonly LiveResource[],
  enough: number,
  most: number,
  partition: Partition,
): boolean {
  if (!resources.some(isLinked)) return resources.length >= enough;
  requireBounded(resources.length, most, partition);
  return false;
}

/** From its middle on, a part cannot be seen whole any more. */
function isReadWhole(
  { together, expected }: Partition,
  from: string | undefined,
  { whole }: GroupLimits,
): boolean {
  return together !== undefined && from === undefined && (expected ?? 0) <= whole;
}

function isLinked({ resource }: LiveResource): boolean {
  return resource.dialect === 'terraform';
}

function requireProgress(next: string | undefined, seen: Set<string>, { key }: Partition): void {
  if (next === undefined) return;
  if (seen.has(next) || seen.size >= MOST_PAGES) {
    throw new CloudError(
      'CLOUD_PROTOCOL',
      `The pages of ${key} do not come to an end: a cursor came back a second time.`,
    );
  }
  seen.add(next);
}

function requireBounded(count: number, most: number, { key }: Partition): void {
  if (count <= most) return;
  throw new CloudError(
    'CLOUD_SETTINGS',
    `${key} has more than ${most} resources, which can only be understood together.`,
    { help: 'Split it: a state this large is slow for everybody.' },
  );
}

/** An adapter that breaks is a gap of its part, and no end of the run. */
function toCloudError(thrown: unknown, signal: AbortSignal): CloudError {
  signal.throwIfAborted();
  if (thrown instanceof CloudError) return thrown;
  return new CloudError('CLOUD_PROTOCOL', `The inventory broke: ${messageOf(thrown)}`, {
    cause: thrown,
  });
}

export function gapOf(error: CloudError, partition: Partition): Gap {
  const { scope, type } = partition;
  const { code, message } = error;
  return { scope, ...(type === undefined ? {} : { type }), code, message };
}
