import {
  BatchGetAggregateResourceConfigCommand,
  BatchGetResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import type { ResourceType } from '@aws-sdk/client-config-service';
import { z } from 'zod';

import { CloudError } from '../errors.ts';
import type { AwsCalls, Where } from './calls.ts';
import { ConfigRow } from './schema.ts';
import type { AwsSettings } from './schema.ts';

/** Configurations of a page of rows. */
export interface Configurations {
  /** By `resourceId`. A row that is neither here nor unprocessed is gone since it was listed. */
  readonly items: ReadonlyMap<string, ConfigRow>;
  readonly unprocessed: ReadonlySet<string>;
}

/** How often keys are passed back that were not processed; each time must bring something. */
const MOST_ROUNDS = 5;

/**
 * The whole configuration of rows of one type. Queries leave parts of it out (a bucket's policy), BatchGet leaves out tags:
 * only both together tell everything.
 *
 * @throws CloudError
 */
export async function configurationsOf(
  calls: AwsCalls,
  settings: AwsSettings,
  where: Where,
  rows: readonly ConfigRow[],
  signal: AbortSignal,
): Promise<Configurations> {
  const items = new Map<string, ConfigRow>();
  let left: readonly ConfigRow[] = rows;
  for (let round = 0; round < MOST_ROUNDS && left.length > 0; round += 1) {
    const answer = await ask(calls, settings, where, left, signal);
    for (const item of answer.items) items.set(item.resourceId, item);
    const again = left.filter(({ resourceId }) => answer.unprocessed.has(resourceId));
    if (again.length === left.length) break;
    left = again;
  }
  const unprocessed = left.filter(({ resourceId }) => !items.has(resourceId));
  return { items, unprocessed: new Set(unprocessed.map(({ resourceId }) => resourceId)) };
}

async function ask(
  calls: AwsCalls,
  settings: AwsSettings,
  where: Where,
  rows: readonly ConfigRow[],
  signal: AbortSignal,
): Promise<{ items: readonly ConfigRow[]; unprocessed: ReadonlySet<string> }> {
  return settings.aggregator === undefined
    ? await askConfig(calls, where, rows, signal)
    : await askAggregator(calls, settings.aggregator, where, rows, signal);
}

async function askConfig(
  calls: AwsCalls,
  where: Where,
  rows: readonly ConfigRow[],
  signal: AbortSignal,
) {
  const { baseConfigurationItems, unprocessedResourceKeys = [] } = await calls.call(
    'config',
    'BatchGetResourceConfig',
    where,
    async (client, sending) =>
      await client.send(
        new BatchGetResourceConfigCommand({ resourceKeys: rows.map(keyOf) }),
        sending,
      ),
    { signal },
  );
  return {
    items: itemsOf(baseConfigurationItems ?? []),
    unprocessed: new Set(unprocessedResourceKeys.flatMap(({ resourceId }) => resourceId ?? [])),
  };
}

async function askAggregator(
  calls: AwsCalls,
  aggregator: NonNullable<AwsSettings['aggregator']>,
  { account, region }: Where,
  rows: readonly ConfigRow[],
  signal: AbortSignal,
) {
  const { BaseConfigurationItems, UnprocessedResourceIdentifiers = [] } = await calls.call(
    'config',
    'BatchGetAggregateResourceConfig',
    { account: aggregator.account, region: aggregator.region },
    async (client, sending) =>
      await client.send(
        new BatchGetAggregateResourceConfigCommand({
          ConfigurationAggregatorName: aggregator.name,
          ResourceIdentifiers: rows.map((row) => ({
            SourceAccountId: row.accountId ?? account,
            SourceRegion: row.awsRegion ?? region,
            ResourceId: row.resourceId,
            ResourceType: keyOf(row).resourceType,
          })),
        }),
        sending,
      ),
    { signal },
  );
  return {
    items: itemsOf(BaseConfigurationItems ?? []),
    unprocessed: new Set(
      UnprocessedResourceIdentifiers.flatMap(({ ResourceId }) => ResourceId ?? []),
    ),
  };
}

function itemsOf(items: readonly unknown[]): readonly ConfigRow[] {
  const parsed = z.array(ConfigRow).safeParse(items);
  if (parsed.success) return parsed.data;
  throw new CloudError('CLOUD_PROTOCOL', 'AWS Config answered configurations in another shape');
}

function keyOf(row: ConfigRow): { resourceType: ResourceType; resourceId: string } {
  return { resourceType: resourceType(row.resourceType), resourceId: row.resourceId };
}

/** The SDK's list of types is older than AWS: what AWS Config has named itself is one. @throws CloudError */
export function resourceType(type: string): ResourceType {
  if (isResourceType(type)) return type;
  throw new CloudError('CLOUD_PROTOCOL', `AWS Config names a type that is none: ${type}`);
}

function isResourceType(type: string): type is ResourceType {
  return /^\w+::\w+::\w+$/.test(type);
}
