import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import type { Inventory } from '../inventory.ts';
import { createAwsCalls } from './calls.ts';
import { creatorsOf } from './creators.ts';
import { planAws } from './plan.ts';
import { readAws } from './read.ts';
import type { AwsSettings } from './schema.ts';

/** What exists in AWS accounts, as AWS Config tells it. Nothing is asked before the first plan. */
export function openAwsInventory(settings: AwsSettings, outside: CloudOutside): Inventory {
  const calls = createAwsCalls(settings, outside);
  return {
    name: settings.name,
    adapter: 'aws',
    plan: async (wanted, signal) => {
      refuseStopped(signal);
      return await planAws(calls, settings, wanted, signal);
    },
    read: async (partition, cursor, signal) => {
      refuseStopped(signal);
      return await readAws(calls, settings, partition, cursor, signal);
    },
    ...(settings.creators === undefined
      ? {}
      : { whoMade: creatorsOf(calls, settings, outside.clock) }),
    close: () => {
      calls.close();
      return Promise.resolve();
    },
  };
}

function refuseStopped(signal: AbortSignal): void {
  if (signal.aborted)
    throw new CloudError('CLOUD_STOPPED', 'the sweep was given up', { cause: signal.reason });
}
