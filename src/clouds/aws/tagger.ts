import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import type { TagChange, TagResult, Tagger } from '../tagger.ts';
import { atMost } from './atmost.ts';
import { batchesOf, placeOf } from './batches.ts';
import type { Batch } from './batches.ts';
import { createAwsCalls } from './calls.ts';
import type { AwsCalls } from './calls.ts';
import { AWS_LIMITS, refusedChange } from './limits.ts';
import { readTargets } from './reading.ts';
import type { AwsSettings } from './schema.ts';
import { writeBatch } from './write.ts';

/** Reads and writes tags through the Resource Groups Tagging API; identities are read through IAM. */
export function openAwsTagger(settings: AwsSettings, outside: CloudOutside): Tagger {
  const calls = createAwsCalls(settings, outside);
  return {
    name: settings.name,
    adapter: 'aws',
    limits: AWS_LIMITS,
    read: async (targets, signal) => {
      if (signal.aborted) throw stopped(signal);
      return await readTargets(calls, settings, targets, signal);
    },
    write: async (changes, signal) => await writeChanges(calls, outside, changes, signal),
    close: () => {
      calls.close();
      return Promise.resolve();
    },
  };
}

/** Accounts and regions side by side; what belongs to one of them in its order. */
const PLACES_AT_ONCE = 4;

async function writeChanges(
  calls: AwsCalls,
  outside: CloudOutside,
  changes: readonly TagChange[],
  signal: AbortSignal,
): Promise<TagResult[]> {
  const results = changes.map(refusal);
  const batches = batchesOf(
    changes.map((change, index) => (results[index] === undefined ? change : undefined)),
  );
  await atMost(PLACES_AT_ONCE, byPlace(batches), async (ofPlace) => {
    for (const batch of ofPlace) {
      const outcomes = await writeBatch(calls, outside, batch, signal);
      for (const { index, arn } of batch.members) {
        const target = changes[index]?.target;
        const outcome = outcomes.get(arn);
        if (target !== undefined && outcome !== undefined) results[index] = { target, ...outcome };
      }
    }
  });
  return changes.map(({ target }, index) => results[index] ?? lost(target));
}

/** The change's result, where it is not even tried. */
function refusal(change: TagChange): TagResult | undefined {
  const { target } = change;
  const message =
    refusedChange(change) ??
    (placeOf(change) === undefined
      ? `neither its ARN nor its inventory says in which account and region ${target.address} is`
      : undefined);
  return message === undefined
    ? undefined
    : { target, outcome: 'failed', code: 'CLOUD_INVALID', reason: 'NotWritable', message };
}

function byPlace(batches: readonly Batch[]): readonly Batch[][] {
  const places = new Map<string, Batch[]>();
  for (const batch of batches) {
    const key = `${batch.account} ${batch.region}`;
    places.set(key, [...(places.get(key) ?? []), batch]);
  }
  return [...places.values()];
}

/** Every change stands in a batch or was refused; were one in neither, nobody could say that nothing was written. */
function lost(target: TagChange['target']): TagResult {
  return {
    target,
    outcome: 'uncertain',
    code: 'CLOUD_PROTOCOL',
    reason: 'NoResult',
    message: 'what became of this change is not known',
  };
}

function stopped(signal: AbortSignal): CloudError {
  return new CloudError('CLOUD_STOPPED', 'the repair was given up', { cause: signal.reason });
}
