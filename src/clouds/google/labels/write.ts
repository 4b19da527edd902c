import type { CloudOutside } from '../../adapter.ts';
import type { CallSite, Caller } from '../../calls/caller.ts';
import { CloudError } from '../../errors.ts';
import type { TagChange, TagResult } from '../../tagger.ts';
import type { Connection } from '../connection.ts';
import { BrokenAnswer, RefusedAnswer } from '../faults.ts';
import { GOOGLE_LABELS } from '../label-rules.ts';
import { reach, readLabels } from './access.ts';
import type { CurrentLabels, Reached } from './access.ts';
import { operationState } from './operations.ts';
import type { OperationState } from './operations.ts';
import type { LabelService } from './service.ts';

export interface Door {
  readonly caller: Caller;
  readonly connection: Connection;
  readonly outside: CloudOutside;
}

/** Pauses before a write that was throttled is sent again. */
const THROTTLED_MS = [1000, 2000];
/** How long an operation may take before its outcome is left open, and how often it is asked about. */
const OPERATION_MS = 90_000;
const POLL_MS = { first: 500, longest: 8000 };

/** One change: reads the labels as they are, puts the change on them, writes the whole set under the version that was read. */
export async function writeLabels(
  door: Door,
  change: TagChange,
  signal: AbortSignal,
): Promise<TagResult> {
  const { target } = change;
  const reached = reach(target);
  if (reached === undefined)
    return failed(change, 'CLOUD_INVALID', 'NOT_WRITABLE', notWritable(target.type));
  const refused = refusal(change);
  if (refused !== undefined) return failed(change, 'CLOUD_INVALID', 'LABEL_RULES', refused);
  try {
    const current = await readLabels(door, reached, signal);
    if (change.version !== undefined && change.version !== current.version)
      return conflict(change, 'VERSION', 'its labels changed since they were read');
    return await apply(door, reached, change, current, signal);
  } catch (thrown) {
    return notBegun(change, thrown);
  }
}

function notWritable(type: string): string {
  return `labels of ${type} cannot be written: Portcullis does not know how its service keeps them`;
}

function refusal({ set }: TagChange): string | undefined {
  return Object.entries(set)
    .map(([key, value]) => {
      const why = GOOGLE_LABELS.refuses(key, value);
      return why === undefined ? undefined : `label ${JSON.stringify(key)}: ${why}`;
    })
    .find((why) => why !== undefined);
}

async function apply(
  door: Door,
  reached: Reached,
  change: TagChange,
  { values, native }: CurrentLabels,
  signal: AbortSignal,
): Promise<TagResult> {
  const removed = change.remove.filter(
    (key) => Object.hasOwn(values, key) && !Object.hasOwn(change.set, key),
  );
  const all = { ...withoutKeys(values, removed), ...change.set };
  if (removed.length === 0 && isWithin(change.set, values)) return done(change);
  if (Object.keys(all).length > GOOGLE_LABELS.tags)
    return failed(
      change,
      'CLOUD_INVALID',
      'TOO_MANY_LABELS',
      `it would have more than ${GOOGLE_LABELS.tags} labels`,
    );
  const { service, path } = reached;
  const request = service.update(path, { all, removed, version: native });
  const answer = await sendPatiently(door, reached, request, change, signal);
  return 'outcome' in answer ? answer : await through(door, reached, change, answer.body, signal);
}

function withoutKeys(
  values: Readonly<Record<string, string>>,
  keys: readonly string[],
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));
}

function isWithin(
  some: Readonly<Record<string, string>>,
  all: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(some).every(([key, value]) => all[key] === value);
}

type Sent = TagResult | { readonly body: unknown };

/** What was throttled was not done, and may be sent again; how long it waits, the caller's slower rate says as well. */
async function sendPatiently(
  door: Door,
  reached: Reached,
  request: ReturnType<LabelService['update']>,
  change: TagChange,
  signal: AbortSignal,
): Promise<Sent> {
  let sent = await sendOnce(door, reached, request, change, signal);
  for (const pause of THROTTLED_MS) {
    if (!('outcome' in sent) || sent.outcome === 'done' || sent.code !== 'CLOUD_THROTTLED') break;
    try {
      await door.outside.sleep(pause, signal);
    } catch {
      break;
    }
    sent = await sendOnce(door, reached, request, change, signal);
  }
  return sent;
}

/** A write is sent once: when nobody knows whether it arrived, the caller reads again instead. */
async function sendOnce(
  { caller, connection }: Door,
  { service, project }: Reached,
  request: ReturnType<LabelService['update']>,
  change: TagChange,
  signal: AbortSignal,
): Promise<Sent> {
  // Where the call waits for its turn nothing is sent yet; and what came back tells more than the caller's words for it.
  const seen: { sent: boolean; thrown: unknown } = { sent: false, thrown: undefined };
  try {
    const body = await caller.call(
      siteOf(service, project, service.permissions.write),
      async (attempt) => {
        seen.sent = true;
        try {
          return await connection.send({ ...request, host: service.host }, attempt);
        } catch (thrown) {
          seen.thrown = thrown;
          throw thrown;
        }
      },
      { signal, again: false },
    );
    return { body };
  } catch (thrown) {
    return seen.sent ? sentInVain(change, thrown, seen.thrown) : notBegun(change, thrown);
  }
}

function siteOf({ host }: LabelService, project: string, action: string): CallSite {
  return { account: project, region: 'global', service: host, action };
}

/** @param thrown as the caller put it. @param cause what the service itself did. */
function sentInVain(change: TagChange, thrown: unknown, cause: unknown): TagResult {
  const error = cloudError(thrown);
  if (cause instanceof RefusedAnswer && cause.status < 500) {
    if (cause.status === 409 || cause.status === 412)
      return conflict(change, cause.reason, error.message);
    // Aborted: a fingerprint that does not fit is a 400 of some services.
    if (STALE.has(cause.reason)) return conflict(change, cause.reason, error.message);
    return failed(change, error.code, cause.reason, error.message);
  }
  // Credentials are looked for before anything is sent.
  if (cause instanceof CloudError && cause.code === 'CLOUD_CREDENTIALS')
    return failed(change, cause.code, cause.code, cause.message);
  const reason =
    cause instanceof RefusedAnswer
      ? cause.reason
      : cause instanceof BrokenAnswer
        ? 'NO_ANSWER'
        : error.code;
  return {
    target: change.target,
    outcome: 'uncertain',
    code: error.code,
    reason,
    message: error.message,
  };
}

const STALE = new Set(['conditionNotMet', 'ABORTED', 'FAILED_PRECONDITION', 'staleData']);

/** Waits until the service has done what it was told, where it does so in its own time. */
async function through(
  door: Door,
  reached: Reached,
  change: TagChange,
  answer: unknown,
  signal: AbortSignal,
): Promise<TagResult> {
  const { operation } = reached.service;
  if (operation === undefined) return done(change);
  const pollPath = operation.pollPath(answer, reached.path);
  let state = operationState(answer);
  if (state === undefined || pollPath === undefined)
    return open(change, 'CLOUD_PROTOCOL', 'the service did not name the operation that it began');
  const until = door.outside.clock().getTime() + OPERATION_MS;
  try {
    for (
      let pause = POLL_MS.first;
      state.state === 'running';
      pause = Math.min(pause * 2, POLL_MS.longest)
    ) {
      if (door.outside.clock().getTime() + pause > until)
        return open(
          change,
          'CLOUD_UNAVAILABLE',
          `the operation was not through after ${OPERATION_MS} ms`,
        );
      await door.outside.sleep(pause, signal);
      state = await poll(door, reached, pollPath, signal);
    }
  } catch (thrown) {
    const { code, message } = cloudError(thrown);
    return open(change, code, `the operation began, and could not be followed: ${message}`);
  }
  return state.state === 'failed' ? operationFailed(change, state) : done(change);
}

async function poll(
  { caller, connection }: Door,
  { service, project }: Reached,
  path: string,
  signal: AbortSignal,
): Promise<OperationState> {
  const answer = await caller.call(
    siteOf(service, project, service.operation?.permission?.action ?? 'operations.get'),
    (attempt) => connection.send({ method: 'GET', host: service.host, path }, attempt),
    { signal },
  );
  return operationState(answer) ?? { state: 'running' };
}

function operationFailed(
  change: TagChange,
  { reason, message }: Extract<OperationState, { state: 'failed' }>,
): TagResult {
  return STALE.has(reason)
    ? conflict(change, reason, message)
    : failed(change, 'CLOUD_INVALID', reason, message);
}

function notBegun(change: TagChange, thrown: unknown): TagResult {
  const { code, message, cause } = cloudError(thrown);
  return failed(change, code, cause instanceof RefusedAnswer ? cause.reason : code, message);
}

function cloudError(thrown: unknown): CloudError {
  if (thrown instanceof CloudError) return thrown;
  return new CloudError('CLOUD_STOPPED', 'the wait for the service was given up', {
    cause: thrown,
  });
}

function done({ target }: TagChange): TagResult {
  return { target, outcome: 'done' };
}

function failed(
  { target }: TagChange,
  code: CloudError['code'],
  reason: string,
  message: string,
): TagResult {
  return { target, outcome: 'failed', code, reason, message };
}

function conflict({ target }: TagChange, reason: string, message: string): TagResult {
  return { target, outcome: 'conflict', code: 'CLOUD_INVALID', reason, message };
}

/** Nobody knows whether it was written. */
function open({ target }: TagChange, code: CloudError['code'], message: string): TagResult {
  return { target, outcome: 'uncertain', code, reason: 'OPERATION_OPEN', message };
}
