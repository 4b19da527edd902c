import { messageOf } from '../kit/errors.ts';
import type { ActiveRun } from './active-run.ts';
import { SweepError } from './errors.ts';
import { execute } from './execute.ts';
import type { SweepParts } from './parts.ts';
import { recordChanges, recordEnd } from './record-run.ts';
import { statusOf } from './status.ts';

/** Why a run of this process ends before its time. */
type Stop = 'cancelled' | 'closing';

/** A run that goes on in the background. */
export interface Underway {
  readonly done: Promise<void>;
  readonly stop: (why: Stop) => void;
}

export const CANCELLED = {
  state: 'cancelled',
  reason: 'It was cancelled; what it found until then stands.',
} as const;

/** Runs to the end, however that comes; never rejects. */
export function drive(
  run: Pick<ActiveRun, 'id' | 'request' | 'lease' | 'limits' | 'judging'>,
  parts: SweepParts,
): Underway {
  const { store, outside } = parts;
  const stopping = new AbortController();
  let why: Stop | undefined;
  const stop = (reason: Stop): void => {
    why ??= reason;
    stopping.abort(new SweepError('SWEEP_STATE', `The run is ${reason}.`));
  };
  const spared = outside.sparing?.();
  const quiet = outside.every(run.limits.leaseMs / 3, () => {
    store.leases.renew(run.lease, run.limits.leaseMs).catch((error: unknown) => {
      outside.warn('the lease of a run could not be renewed', {
        run: run.id,
        error: messageOf(error),
      });
      if (error instanceof SweepError) stopping.abort(error);
    });
  });
  const active: ActiveRun = {
    ...run,
    signal: stopping.signal,
    cancel: () => stop('cancelled'),
    progressed: () => tellProgress(run.id, parts),
    told: { digests: undefined, notes: new Set() },
  };
  const done = toTheEnd(active, parts, () => why).finally(() => {
    quiet();
    spared?.();
  });
  return { done, stop };
}

async function toTheEnd(
  active: ActiveRun,
  parts: SweepParts,
  why: () => Stop | undefined,
): Promise<void> {
  const { id, lease } = active;
  try {
    const end = await execute(active, parts);
    await recordChanges(id, parts);
    await recordEnd(id, end, lease, parts);
  } catch (error) {
    await broken(active, parts, why(), error);
  } finally {
    await quietly(parts, 'a lease could not be released', () => parts.store.leases.release(lease));
  }
  await tellProgress(id, parts);
}

/** The run did not come to its end: it was told to stop, lost its lease, or something that it cannot do without is away. */
async function broken(
  { id, lease }: ActiveRun,
  parts: SweepParts,
  why: Stop | undefined,
  error: unknown,
): Promise<void> {
  if (why === 'cancelled') {
    await quietly(parts, 'a run could not be cancelled', async () => {
      await recordChanges(id, parts);
      await recordEnd(id, CANCELLED, lease, parts);
    });
    return;
  }
  const reason = why === 'closing' ? 'Its process was stopped.' : messageOf(error);
  if (why === undefined) parts.outside.warn('a run was interrupted', { run: id, error: reason });
  await quietly(parts, 'a run could not be marked as interrupted', async () => {
    await parts.store.sweeps.interrupt(id, reason, lease);
    await parts.record({ type: 'sweep.interrupted', subject: id, body: { reason } });
  });
}

/** At the end of its life a run has nobody to tell but the operator. */
async function quietly(
  { outside }: SweepParts,
  message: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    outside.warn(message, { error: messageOf(error) });
  }
}

async function tellProgress(id: string, parts: SweepParts): Promise<void> {
  if (parts.onProgress === undefined) return;
  const run = await parts.store.sweeps.run(id);
  if (run !== undefined) parts.onProgress(statusOf(run));
}
