import { openAwsInventory } from '../../../../src/clouds/aws/inventory.ts';
import type { AwsSettings } from '../../../../src/clouds/aws/schema.ts';
import type { AwsEstate, AwsFault } from '../../../../src/clouds/fakes/aws/index.ts';
import { CloudError } from '../../../../src/clouds/errors.ts';
import type { Inventory, LiveResource, Partition } from '../../../../src/clouds/inventory.ts';
import { HOME, instance, REGION, stage } from './estates.ts';
import type { Stage } from './estates.ts';

export const { signal } = new AbortController();
export const EVERYTHING = { kind: () => true };
export const ROLE = 'arn:aws:iam::{account}:role/reader';
export const opened: { close: () => Promise<void> }[] = [];

/** Ends what a test has opened; for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const one of opened.splice(0)) await one.close();
}

export interface Scene extends Stage {
  readonly inventory: Inventory;
}

export async function scene(
  estate: AwsEstate,
  settings: Partial<AwsSettings> = {},
  faults: readonly AwsFault[] = [],
): Promise<Scene> {
  const staged = await stage(estate, faults);
  const inventory = openAwsInventory(staged.settings(settings), staged.outside);
  opened.push(inventory, staged.fake);
  return { ...staged, inventory };
}

export function machines(count: number) {
  return Array.from({ length: count }, (_, number) => instance(number));
}

export const PART: Partition = {
  key: `${HOME}/${REGION}/AWS::EC2::Instance`,
  scope: { account: HOME, region: REGION },
  type: 'AWS::EC2::Instance',
};

export async function readPart(inventory: Inventory, partition = PART): Promise<LiveResource[]> {
  const resources: LiveResource[] = [];
  let cursor: string | undefined;
  do {
    const page = await inventory.read(partition, cursor, signal);
    resources.push(...page.resources);
    cursor = page.next;
  } while (cursor !== undefined);
  return resources;
}

export async function thrownBy(work: Promise<unknown>): Promise<CloudError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof CloudError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}
