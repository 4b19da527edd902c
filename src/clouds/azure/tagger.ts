import { canonicalJson } from '../../kit/canonical-json.ts';
import { sha256 } from '../../kit/digest.ts';
import type { CloudOutside } from '../adapter.ts';
import { CloudError } from '../errors.ts';
import type { TagChange, TagReading, TagResult, TagTarget, Tagger } from '../tagger.ts';
import { connect } from './connection.ts';
import type { AzureConnection, Instead } from './connection.ts';
import { armCode } from './faults.ts';
import type { AzureSettings } from './schema.ts';
import { AZURE_TAG_LIMITS } from './tag-limits.ts';
import { planTags } from './tag-plan.ts';
import type { Tags } from './tag-plan.ts';
import { readTagsAt, updateTagsAt } from './tag-calls.ts';

/** Calls at a time: a batch is written side by side, and one slow resource does not hold up the others. */
const AT_ONCE = 5;
/** Of these a 404 is about the resource; of others, about a type that has no tags. */
const GONE: ReadonlySet<string> = new Set([
  'ResourceNotFound',
  'ResourceGroupNotFound',
  'SubscriptionNotFound',
  'NotFound',
]);
/** Refusals that Azure tells as conflicts, although nobody else is at work. */
const LOCKED: ReadonlySet<string> = new Set(['ScopeLocked', 'ReadOnlyDisabledSubscription']);

/**
 * Writes tags by the tags operations of Azure Resource Manager: Merge and Delete, never Replace, and never the operation that
 * creates or updates, which replaces them all.
 *
 * @throws CloudError (CLOUD_SETTINGS, CLOUD_CREDENTIALS)
 */
export async function openAzureTagger(
  settings: AzureSettings,
  outside: CloudOutside,
  instead?: Instead,
): Promise<Tagger> {
  const connection = await connect(settings, outside, instead);
  return {
    name: settings.name,
    adapter: 'azure',
    limits: AZURE_TAG_LIMITS,
    read: async (targets, signal) =>
      await sideBySide(targets, async (target) => await read(connection, target, signal)),
    write: async (changes, signal) =>
      await sideBySide(changes, async (change) => await write(connection, change, signal)),
    close: () => Promise.resolve(),
  };
}

async function sideBySide<A, B>(
  all: readonly A[],
  work: (one: A) => Promise<B>,
): Promise<readonly B[]> {
  const results: B[] = [];
  const queue = all.map((one, index) => ({ one, index }));
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      results[next.index] = await work(next.one);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, all.length) }, worker));
  return results;
}

async function read(
  connection: AzureConnection,
  target: TagTarget,
  signal: AbortSignal,
): Promise<TagReading> {
  try {
    const values = await readTagsAt(connection, target, signal);
    return { target, tags: { state: 'known', values }, version: versionOf(values) };
  } catch (thrown) {
    if (!(thrown instanceof CloudError)) throw thrown;
    // Without credentials, or without anyone who wants to know, there is nothing to read at all.
    if (thrown.code === 'CLOUD_STOPPED' || thrown.code === 'CLOUD_CREDENTIALS') throw thrown;
    if (thrown.code === 'CLOUD_MISSING' && GONE.has(armCode(thrown.cause)))
      return { target, tags: { state: 'missing' } };
    return { target, tags: { state: 'unknown', reason: thrown.message } };
  }
}

/** Azure has no etag of tags: a digest of them stands for one, and is compared just before the write. */
function versionOf(tags: Tags): string {
  return sha256(canonicalJson(tags));
}

async function write(
  connection: AzureConnection,
  change: TagChange,
  signal: AbortSignal,
): Promise<TagResult> {
  const { target } = change;
  const refused = refusalOf(change);
  if (refused !== undefined)
    return failure(target, 'failed', new CloudError('CLOUD_INVALID', refused), 'TagRefused');
  try {
    signal.throwIfAborted();
    const current = await readTagsAt(connection, target, signal);
    if (change.version !== undefined && change.version !== versionOf(current))
      return changedSince(target);
    const plan = planTags(change, current);
    if ('refused' in plan)
      return failure(target, 'failed', new CloudError('CLOUD_INVALID', plan.refused), plan.reason);
    return await carryOut(connection, target, plan, signal);
  } catch (thrown) {
    return failure(target, 'failed', asCloudError(thrown, signal));
  }
}

function refusalOf({ set }: TagChange): string | undefined {
  for (const [key, value] of Object.entries(set)) {
    const refusal = AZURE_TAG_LIMITS.refuses(key, value);
    if (refusal !== undefined) return `${key}: ${refusal}`;
  }
  return undefined;
}

function changedSince(target: TagTarget): TagResult {
  return {
    target,
    outcome: 'conflict',
    code: 'CLOUD_INVALID',
    reason: 'TagsChanged',
    message: 'its tags have changed since they were read; nothing was written',
  };
}

/** First what is set, then what is removed: a crash in between leaves too many tags, and loses no value. */
async function carryOut(
  connection: AzureConnection,
  target: TagTarget,
  { set, remove }: { readonly set: Tags; readonly remove: Tags },
  signal: AbortSignal,
): Promise<TagResult> {
  let written = false;
  try {
    if (Object.keys(set).length > 0) {
      await updateTagsAt(connection, target, { operation: 'Merge', tags: set }, signal);
      written = true;
    }
    if (Object.keys(remove).length > 0)
      await updateTagsAt(connection, target, { operation: 'Delete', tags: remove }, signal);
    return { target, outcome: 'done' };
  } catch (thrown) {
    const error = asCloudError(thrown, signal);
    return failure(target, written ? 'uncertain' : outcomeOf(error), error);
  }
}

/** What a failed write means. Where Azure refused, nothing was written; where it did not answer, nobody knows. */
function outcomeOf(error: CloudError): 'failed' | 'uncertain' | 'conflict' {
  const { status, code } = { status: statusOf(error.cause), code: armCode(error.cause) };
  if (LOCKED.has(code)) return 'failed';
  if (status === 409 || status === 412) return 'conflict';
  switch (error.code) {
    case 'CLOUD_UNAVAILABLE':
    case 'CLOUD_PROTOCOL':
    case 'CLOUD_STOPPED':
      return 'uncertain';
    default:
      return 'failed';
  }
}

function statusOf(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('statusCode' in cause)) return undefined;
  return typeof cause.statusCode === 'number' ? cause.statusCode : undefined;
}

function asCloudError(thrown: unknown, signal: AbortSignal): CloudError {
  if (thrown instanceof CloudError) return thrown;
  if (signal.aborted) return new CloudError('CLOUD_STOPPED', 'the write was given up');
  throw thrown;
}

function failure(
  target: TagTarget,
  outcome: 'failed' | 'uncertain' | 'conflict',
  error: CloudError,
  reason = armCode(error.cause) || error.code,
): TagResult {
  return { target, outcome, code: error.code, reason, message: error.message };
}
