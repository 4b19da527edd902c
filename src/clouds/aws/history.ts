import { GetResourceConfigHistoryCommand } from '@aws-sdk/client-config-service';
import { z } from 'zod';

import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import type { TagTarget } from '../tagger.ts';
import { createAwsCalls } from './calls.ts';
import type { AwsCalls, Where } from './calls.ts';
import { resourceType } from './configurations.ts';
import type { AwsSettings } from './schema.ts';
import { quoted, selectAll } from './select.ts';

/** What AWS Config remembers of a resource's beginning. */
export interface Beginning {
  /** As the service says it (RFC 3339). */
  readonly createdAt?: string;
  /** When AWS Config took it down for the first time: no earlier than its creation, and often much later. */
  readonly firstSeenAt?: string;
  /**
   * Events of CloudTrail that led to the oldest item. AWS Config names them no more since items of version 1.3: who made
   * something younger stands in CloudTrail alone.
   */
  readonly events: readonly string[];
}

/** Looks up when resources were made; one by one, on demand. */
export interface AwsHistory {
  /** Undefined for what AWS Config does not know. @throws CloudError */
  readonly beginningOf: (target: TagTarget, signal: AbortSignal) => Promise<Beginning | undefined>;
  readonly close: () => Promise<void>;
}

/** The history that AWS Config keeps. It is no part of the aggregator: each account is asked itself. */
export function openAwsHistory(settings: AwsSettings, outside: CloudOutside): AwsHistory {
  const calls = createAwsCalls(settings, outside);
  return {
    beginningOf: async (target, signal) => {
      const { account, region } = target.scope;
      if (account === undefined || region === undefined) return undefined;
      const where = { account, region };
      const id = await idOf(calls, settings, where, target, signal);
      return id === undefined ? undefined : await oldest(calls, where, target.type, id, signal);
    },
    close: () => {
      calls.close();
      return Promise.resolve();
    },
  };
}

/** The history goes by AWS Config's own id, which is not always in the ARN. */
async function idOf(
  calls: AwsCalls,
  { aggregator: _, ...settings }: AwsSettings,
  where: Where,
  { address }: TagTarget,
  signal: AbortSignal,
): Promise<string | undefined> {
  const query = {
    expression: `SELECT resourceId WHERE arn = ${quoted(address)}`,
    shape: z.object({ resourceId: z.string() }),
    what: `the id of ${address}`,
  };
  const [row] = await selectAll(calls, settings, where, query, signal);
  return row?.resourceId;
}

async function oldest(
  calls: AwsCalls,
  where: Where,
  type: string,
  resourceId: string,
  signal: AbortSignal,
): Promise<Beginning | undefined> {
  try {
    const { configurationItems = [] } = await calls.call(
      'config',
      'GetResourceConfigHistory',
      where,
      async (client, sending) =>
        await client.send(
          new GetResourceConfigHistoryCommand({
            resourceType: resourceType(type),
            resourceId,
            chronologicalOrder: 'Forward',
            limit: 1,
          }),
          sending,
        ),
      { signal },
    );
    const [item] = configurationItems;
    if (item === undefined) return undefined;
    return {
      ...timed('createdAt', item.resourceCreationTime),
      ...timed('firstSeenAt', item.configurationItemCaptureTime),
      events: item.relatedEvents ?? [],
    };
  } catch (thrown) {
    if (thrown instanceof CloudError && thrown.code === 'CLOUD_MISSING') return undefined;
    throw thrown;
  }
}

function timed(name: 'createdAt' | 'firstSeenAt', time: Date | undefined) {
  return time === undefined ? {} : { [name]: time.toISOString() };
}
