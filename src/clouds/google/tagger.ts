import type { CloudOutside } from '../adapter.ts';
import type { Rate } from '../calls/bucket.ts';
import { createCaller } from '../calls/caller.ts';
import { CloudError } from '../errors.ts';
import type { TagReading, TagTarget, Tagger } from '../tagger.ts';
import { connect } from './connection.ts';
import { classify } from './faults.ts';
import type { GoogleInner } from './inner.ts';
import { GOOGLE_LABELS } from './label-rules.ts';
import { reach, readLabels } from './labels/access.ts';
import { writeLabels } from './labels/write.ts';
import type { Door } from './labels/write.ts';
import type { GoogleSettings } from './schema.ts';

/** Of one service in one project; the lowest quotas for changes are a few hundred a minute. */
const RATE: Rate = { perSecond: 5, burst: 10 };
/** Resources that are worked on side by side: each takes a read, a write and a wait. */
const AT_ONCE = 8;

/** Labels, by the services that keep them: src/clouds/google/labels/registry.ts. */
export function openGoogleTagger(
  settings: GoogleSettings,
  outside: CloudOutside,
  { auth, attemptMs }: GoogleInner = {},
): Promise<Tagger> {
  const door: Door = {
    outside,
    connection: connect(settings, outside, auth),
    caller: createCaller({
      outside,
      classify,
      rate: () => RATE,
      ...(attemptMs === undefined ? {} : { attemptMs }),
    }),
  };
  return Promise.resolve({
    name: settings.name,
    adapter: 'google',
    limits: GOOGLE_LABELS,
    read: (targets, signal) => inOrder(targets, (target) => readTarget(door, target, signal)),
    write: (changes, signal) => inOrder(changes, (change) => writeLabels(door, change, signal)),
    close: () => Promise.resolve(),
  });
}

async function readTarget(door: Door, target: TagTarget, signal: AbortSignal): Promise<TagReading> {
  const reached = reach(target);
  if (reached === undefined)
    return unknown(target, `Portcullis does not know how ${target.type} keeps its labels`);
  try {
    const { values, version } = await readLabels(door, reached, signal);
    return { target, tags: { state: 'known', values }, version };
  } catch (thrown) {
    if (!(thrown instanceof CloudError) || isForAll(thrown)) throw thrown;
    if (thrown.code === 'CLOUD_MISSING') return { target, tags: { state: 'missing' } };
    return unknown(target, thrown.message);
  }
}

function isForAll({ code }: CloudError): boolean {
  return code === 'CLOUD_CREDENTIALS' || code === 'CLOUD_STOPPED';
}

function unknown(target: TagTarget, reason: string): TagReading {
  return { target, tags: { state: 'unknown', reason } };
}

/** A few at a time; results stand in the order of what they are about. */
async function inOrder<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
