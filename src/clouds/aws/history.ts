import { GetResourceConfigHistoryCommand } from '@aws-sdk/client-config-service';

import { CloudError } from '../errors.ts';
import type { AwsCalls, Where } from './calls.ts';
import { resourceType } from './configurations.ts';

/** A resource, as AWS Config names it. */
export interface Recorded {
  readonly type: string;
  readonly resourceId: string;
}

/**
 * When AWS Config took a resource down for the first time: no earlier than its creation, and often much later. The history
 * is no part of the aggregator: each account is asked itself. Undefined for what it does not know.
 *
 * @throws CloudError
 */
export async function firstSeen(
  calls: AwsCalls,
  where: Where,
  { type, resourceId }: Recorded,
  signal: AbortSignal,
): Promise<Date | undefined> {
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
    return configurationItems[0]?.configurationItemCaptureTime;
  } catch (thrown) {
    if (thrown instanceof CloudError && thrown.code === 'CLOUD_MISSING') return undefined;
    throw thrown;
  }
}
