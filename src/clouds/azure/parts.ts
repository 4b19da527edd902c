import { sha256 } from '../../kit/digest.ts';
import type { Partition } from '../inventory.ts';

/** What resources stand in, and itself has tags; it is in a table of its own. */
export const CONTAINERS = [
  'microsoft.resources/subscriptions',
  'microsoft.resources/subscriptions/resourcegroups',
] as const;

/**
 * In how many parts the types of a subscription are read. Each costs a query at least, of which three a second are allowed:
 * one for each type would take hours for some hundred subscriptions. Fewer would make longer queries, and one that fails
 * would hide more.
 */
const SHARES = 4;

/** A type that a subscription has some of. */
export interface Counted {
  readonly subscription: string;
  /** Where regions are asked for one by one. */
  readonly region?: string;
  /** In small letters. */
  readonly type: string;
  /** How many; absent where they were not counted. */
  readonly expected?: number;
}

type Members = [Counted, ...Counted[]];

/**
 * Puts types together to parts. To which part a type belongs depends on nothing but its name: were they counted off, a type
 * that is new today would move others from part to part, and what was deleted would not be missed where it was.
 */
export function partsOf(counted: readonly Counted[]): Partition[] {
  const shares = new Map<string, Members>();
  for (const one of counted) {
    const key = keyOf(one);
    const share = shares.get(key);
    if (share === undefined) shares.set(key, [one]);
    else share.push(one);
  }
  return [...shares].map(([key, members]) => partOf(key, members));
}

/** The native types of a part. */
export function typesOf({ type }: Partition): readonly string[] {
  return type === undefined ? [] : type.split(SEPARATOR);
}

/** No name of a type has it. */
const SEPARATOR = ', ';

export function isContainer(type: string): boolean {
  return CONTAINERS.some((one) => one === type);
}

function keyOf({ subscription, region, type }: Counted): string {
  return [subscription, region, shareOf(type)].filter((word) => word !== undefined).join('/');
}

function shareOf(type: string): string {
  if (isContainer(type)) return 'containers';
  const share = Number.parseInt(sha256(type).slice(-8), 16) % SHARES;
  return `resources-${share + 1}-of-${SHARES}`;
}

function partOf(key: string, members: Members): Partition {
  const [{ subscription, region }] = members;
  const counts = members.flatMap(({ expected }) => (expected === undefined ? [] : [expected]));
  return {
    key,
    scope: { subscription, ...(region === undefined ? {} : { region }) },
    type: [...new Set(members.map(({ type }) => type))].sort().join(SEPARATOR),
    ...(counts.length === 0 ? {} : { expected: counts.reduce((sum, count) => sum + count, 0) }),
  };
}
