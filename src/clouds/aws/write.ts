import {
  TagResourcesCommand,
  UntagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { FailureInfo } from '@aws-sdk/client-resource-groups-tagging-api';

import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import type { CloudErrorCode } from '../errors.ts';
import type { Batch } from './batches.ts';
import type { AwsCalls, Where } from './calls.ts';
import { meaningOfCode, reasonOf, retryAfterOf } from './classify.ts';
import { tagsNow } from './tagreads.ts';

/** What became of one resource. `uncertain`: nobody knows whether it was written. */
export type Outcome =
  | { readonly outcome: 'done' }
  | {
      readonly outcome: 'failed' | 'uncertain';
      readonly code: CloudErrorCode;
      readonly reason: string;
      readonly message: string;
    };

/** One call of the Tagging API. */
type Write =
  | { readonly does: 'set'; readonly tags: Readonly<Record<string, string>> }
  | { readonly does: 'remove'; readonly keys: readonly string[] };

interface Writing {
  readonly calls: AwsCalls;
  readonly outside: CloudOutside;
  readonly where: Where;
  readonly write: Write;
  readonly signal: AbortSignal;
}

const DONE: Outcome = { outcome: 'done' };
/** Tries of what is known not to have happened. */
const TRIES = 3;
const FIRST_PAUSE_MS = 500;

/** A batch: sets first, so that a value is never gone before its successor stands there. By ARN. */
export async function writeBatch(
  calls: AwsCalls,
  outside: CloudOutside,
  batch: Batch,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Outcome>> {
  const { account, region, set, remove, members } = batch;
  const writing = { calls, outside, where: { account, region }, signal };
  const outcomes = new Map<string, Outcome>(members.map(({ arn }) => [arn, DONE]));
  if (Object.keys(set).length > 0)
    for (const [arn, outcome] of await writeAll({ ...writing, write: { does: 'set', tags: set } }, [
      ...outcomes.keys(),
    ]))
      outcomes.set(arn, outcome);
  const rest = [...outcomes].filter(([, { outcome }]) => outcome === 'done').map(([arn]) => arn);
  if (remove.length === 0 || rest.length === 0) return outcomes;
  const removed = await writeAll({ ...writing, write: { does: 'remove', keys: remove } }, rest);
  for (const [arn, outcome] of removed)
    outcomes.set(arn, Object.keys(set).length === 0 ? outcome : halfDone(outcome));
  return outcomes;
}

/** Something was written: that is not nothing, whatever became of the rest. */
function halfDone(outcome: Outcome): Outcome {
  return outcome.outcome === 'done'
    ? outcome
    : {
        ...outcome,
        outcome: 'uncertain',
        message: `tags were set, and others that should go were not removed: ${outcome.message}`,
      };
}

/** The same write for all of them, each with its own outcome. */
async function writeAll(
  writing: Writing,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Outcome>> {
  const sent = { yet: false };
  try {
    return await judged(writing, arns, await send(writing, arns, sent));
  } catch (thrown) {
    if (!(thrown instanceof CloudError)) throw thrown;
    const blames = thrown.code === 'CLOUD_INVALID' || thrown.code === 'CLOUD_MISSING';
    if (blames && arns.length > 1) return await bisected(writing, arns);
    const outcome = outcomeOf(thrown, sent.yet);
    return new Map(arns.map((arn) => [arn, outcome]));
  }
}

/**
 * One ARN can refuse a whole call, and the answer does not say which. Whether the others were written is not proven either,
 * so they are read before halves are tried.
 */
async function bisected(
  writing: Writing,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Outcome>> {
  const written = await alreadyWritten(writing, arns);
  const outcomes = new Map<string, Outcome>([...written].map((arn) => [arn, DONE]));
  const left = arns.filter((arn) => !written.has(arn));
  const half = Math.ceil(left.length / 2);
  for (const part of [left.slice(0, half), left.slice(half)])
    if (part.length > 0)
      for (const [arn, outcome] of await writeAll(writing, part)) outcomes.set(arn, outcome);
  return outcomes;
}

async function alreadyWritten(
  { calls, where, write, signal }: Writing,
  arns: readonly string[],
): Promise<ReadonlySet<string>> {
  try {
    const now = await tagsNow(calls, where, arns, signal);
    return new Set(
      [...now]
        .filter(([, tags]) =>
          write.does === 'set'
            ? Object.entries(write.tags).every(([key, value]) => tags[key] === value)
            : write.keys.every((key) => !Object.hasOwn(tags, key)),
        )
        .map(([arn]) => arn),
    );
  } catch (thrown) {
    // Writing the same tags twice is the same as once.
    if (thrown instanceof CloudError) return new Set();
    throw thrown;
  }
}

type Failures = Readonly<Record<string, FailureInfo>>;

/** Sends a write; what was throttled was not done, and is sent again. @throws CloudError */
async function send(
  writing: Writing,
  arns: readonly string[],
  sent: { yet: boolean },
): Promise<Failures> {
  for (let tried = 1; ; tried += 1)
    try {
      return await sendOnce(writing, arns, sent);
    } catch (thrown) {
      const throttled = thrown instanceof CloudError && thrown.code === 'CLOUD_THROTTLED';
      if (!throttled || tried >= TRIES) throw thrown;
      await pause(writing, tried, retryAfterOf(thrown));
    }
}

async function sendOnce(
  { calls, where, write, signal }: Writing,
  arns: readonly string[],
  sent: { yet: boolean },
): Promise<Failures> {
  const options = { signal, again: false };
  const ResourceARNList = [...arns];
  const { FailedResourcesMap = {} } =
    write.does === 'set'
      ? await calls.call(
          'tagging',
          'TagResources',
          where,
          async (client, sending) => {
            sent.yet = true;
            const command = new TagResourcesCommand({ ResourceARNList, Tags: { ...write.tags } });
            return refuseAllThrottled(await client.send(command, sending), arns);
          },
          options,
        )
      : await calls.call(
          'tagging',
          'UntagResources',
          where,
          async (client, sending) => {
            sent.yet = true;
            const command = new UntagResourcesCommand({
              ResourceARNList,
              TagKeys: [...write.keys],
            });
            return refuseAllThrottled(await client.send(command, sending), arns);
          },
          options,
        );
  return FailedResourcesMap;
}

/** HTTP 200 that did nothing: the caller must hear of the throttling, because it is what slows the calls down. */
function refuseAllThrottled<
  T extends { FailedResourcesMap?: Record<string, FailureInfo> | undefined },
>(answer: T, arns: readonly string[]): T {
  const failed = answer.FailedResourcesMap ?? {};
  const all = arns.every((arn) => failed[arn] !== undefined && isThrottled(failed[arn]));
  if (!all) return answer;
  const [first] = arns;
  throw new CloudError(
    'CLOUD_THROTTLED',
    `the service of the resource is asked too often: ${first === undefined ? '' : (failed[first]?.ErrorMessage ?? '')}`,
    { cause: { name: first === undefined ? '' : failed[first]?.ErrorCode } },
  );
}

/** Partial failure is HTTP 200 with a map; what was throttled is tried again, each alone. */
async function judged(
  writing: Writing,
  arns: readonly string[],
  failures: Failures,
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const arn of arns) {
    const failure = failures[arn];
    if (failure === undefined) outcomes.set(arn, DONE);
    else if (!isThrottled(failure) || arns.length === 1) outcomes.set(arn, failed(failure));
    else for (const [one, outcome] of await writeAlone(writing, arn)) outcomes.set(one, outcome);
  }
  return outcomes;
}

async function writeAlone(writing: Writing, arn: string): Promise<ReadonlyMap<string, Outcome>> {
  try {
    await pause(writing, 1);
  } catch (thrown) {
    if (!(thrown instanceof CloudError)) throw thrown;
    return new Map([[arn, outcomeOf(thrown, false)]]);
  }
  return await writeAll(writing, [arn]);
}

function isThrottled({ ErrorCode, StatusCode }: FailureInfo): boolean {
  return meaningOfCode(ErrorCode, StatusCode) === 'CLOUD_THROTTLED';
}

function failed({ ErrorCode, ErrorMessage, StatusCode }: FailureInfo): Outcome {
  const reason = ErrorCode ?? 'Unknown';
  const code = meaningOfCode(ErrorCode, StatusCode);
  return {
    // The service did not answer, or its type is not supported: the first may have happened.
    outcome: code === 'CLOUD_UNAVAILABLE' ? 'uncertain' : 'failed',
    code,
    reason,
    message: ErrorMessage ?? 'the service gave no reason',
  };
}

function outcomeOf(error: CloudError, sent: boolean): Outcome {
  return {
    outcome: sent && MAYBE.has(error.code) ? 'uncertain' : 'failed',
    code: error.code,
    reason: reasonOf(error),
    message: error.message,
  };
}

/** After these nobody knows whether the request was carried out; every other refusal says that it was not. */
const MAYBE: ReadonlySet<CloudErrorCode> = new Set([
  'CLOUD_UNAVAILABLE',
  'CLOUD_PROTOCOL',
  'CLOUD_STOPPED',
]);

async function pause({ outside, signal }: Writing, tried: number, asked?: number): Promise<void> {
  const backoff = FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + outside.random() / 2);
  try {
    await outside.sleep(Math.ceil(asked ?? backoff), signal);
  } catch (cause) {
    throw new CloudError('CLOUD_STOPPED', 'the repair was given up', { cause });
  }
}
