import { isRestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';

import type { CallSite } from '../calls/caller.ts';
import { CloudError } from '../errors.ts';
import type { TagTarget } from '../tagger.ts';
import type { AzureConnection } from './connection.ts';
import { retryAfterMs } from './faults.ts';
import { TagMap } from './schema.ts';
import type { Tags } from './tag-plan.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 1000;
/** Between two looks at an operation that goes on, where Azure does not say. */
const POLL_MS = 500;

const TagsAnswer = z.object({ properties: z.object({ tags: TagMap }) });

/** @throws CloudError; CLOUD_PROTOCOL where the answer has no tags in it, which is not the same as having none. */
export async function readTagsAt(
  { caller, arm }: AzureConnection,
  target: TagTarget,
  signal: AbortSignal,
): Promise<Tags> {
  return await caller.call(
    siteOf(target, 'arm-read', 'tags'),
    async (abortSignal) => {
      const answer = await arm.tagsOperations.getAtScope(scopeOf(target), { abortSignal });
      const tags = TagsAnswer.safeParse(answer);
      if (tags.success) return tags.data.properties.tags;
      throw new CloudError('CLOUD_PROTOCOL', 'Azure did not tell the tags', { cause: tags.error });
    },
    { signal },
  );
}

interface Update {
  readonly operation: 'Merge' | 'Delete';
  readonly tags: Tags;
}

/**
 * Writes, and waits for an operation that goes on after the first answer. Only what Azure refused to begin is tried again.
 *
 * @throws CloudError; CLOUD_UNAVAILABLE where it was accepted and nobody knows how it ended.
 */
export async function updateTagsAt(
  connection: AzureConnection,
  target: TagTarget,
  update: Update,
  signal: AbortSignal,
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await updateOnce(connection, target, update, signal);
      return;
    } catch (thrown) {
      if (!isThrottled(thrown) || tried >= ATTEMPTS) throw thrown;
      const { outside } = connection;
      await outside.sleep(pauseOf(thrown, tried, outside.clock()), signal);
    }
  }
}

async function updateOnce(
  { writer, arm }: AzureConnection,
  target: TagTarget,
  { operation, tags }: Update,
  signal: AbortSignal,
): Promise<void> {
  let accepted = false;
  await writer.call(
    siteOf(target, 'arm-write', `tags (${operation})`),
    async (abortSignal) => {
      try {
        const poller = await arm.tagsOperations.beginUpdateAtScope(
          scopeOf(target),
          { operation, properties: { tags } },
          {
            abortSignal,
            updateIntervalInMs: POLL_MS,
            onResponse: ({ status }) => {
              accepted ||= status === 202;
            },
          },
        );
        // Its shorter form, `…AndWait`, does not listen to the signal: it would ask on for ever.
        await poller.pollUntilDone({ abortSignal });
      } catch (cause) {
        if (!accepted) throw cause;
        throw new CloudError(
          'CLOUD_UNAVAILABLE',
          'Azure began the write; how it ended is not known',
          {
            cause,
          },
        );
      }
    },
    { signal, again: false },
  );
}

/** Without the leading slash: the SDK writes one of its own, and Azure refuses two. */
function scopeOf({ address }: TagTarget): string {
  return address.replace(/^\/+/, '');
}

function siteOf({ scope, address }: TagTarget, service: string, what: string): CallSite {
  return {
    account: scope['subscription'] ?? '',
    region: '',
    service,
    action: `${what} of ${address}`,
  };
}

function isThrottled(thrown: unknown): thrown is CloudError {
  return thrown instanceof CloudError && thrown.code === 'CLOUD_THROTTLED';
}

function pauseOf({ cause }: CloudError, tried: number, now: Date): number {
  return (isRestError(cause) ? retryAfterMs(cause, now) : undefined) ?? PAUSE_MS * tried;
}
