import { compact } from '../kit/compact.ts';
import { messageOf } from '../kit/errors.ts';
import { slots } from '../kit/slots.ts';
import { inventoryOf, leaseScope } from './active-run.ts';
import { CANCELLED, drive } from './drive.ts';
import type { Underway } from './drive.ts';
import { SweepError } from './errors.ts';
import type { Held, Lease } from './lease.ts';
import { SWEEP_LIMITS } from './parts.ts';
import type { SweepLimits, SweepParts } from './parts.ts';
import { recordEnd } from './record-run.ts';
import type { RunRequest, RunStatus } from './run.ts';
import { statusOf } from './status.ts';
import type { RunEnd, RunFilter, RunHead } from './store.ts';

/** Runs, for whoever starts and follows them: the scheduler, the command line, the API. */
export interface Sweeps {
  /**
   * Begins a run and goes on with it in the background.
   *
   * @returns its id.
   * @throws SweepError SWEEP_BUSY when one of its inventories is being swept, SWEEP_UNKNOWN for a name that is not configured.
   */
  readonly start: (request: RunRequest) => Promise<string>;
  /**
   * Goes on with a run that was interrupted, from where it stands.
   *
   * @throws SweepError SWEEP_BUSY, SWEEP_STATE when it has come to its end, SWEEP_UNKNOWN.
   */
  readonly resume: (id: string, actor: string) => Promise<void>;
  /** Goes on with all runs whose process is not there any more. At the start, and now and then. @returns their ids. */
  readonly recover: () => Promise<readonly string[]>;
  /** @returns false when it is not under way. */
  readonly cancel: (id: string, actor: string) => Promise<boolean>;
  readonly status: (id: string) => Promise<RunStatus | undefined>;
  readonly list: (filter: RunFilter, limit: number, before?: number) => Promise<readonly RunHead[]>;
  /** The status again and again, whichever process has the run, until it is at its end or nobody goes on with it. */
  readonly watch: (
    id: string,
    everyMs: number,
    signal: AbortSignal,
  ) => AsyncGenerator<RunStatus, void>;
  /** Waits for a run of this process. */
  readonly finished: (id: string) => Promise<RunStatus | undefined>;
  /** Interrupts the runs of this process, so that they can be resumed. */
  readonly close: () => Promise<void>;
}

export function createSweeps(parts: SweepParts): Sweeps {
  const { store, inventories, record, outside } = parts;
  const runs = createRuns(parts);
  return {
    start: async (request) => {
      requireKnown(request, inventories.names);
      const id = parts.newId(outside.clock());
      await runs.take(id, request, async (lease) => {
        await store.sweeps.begin({ id, request, notes: [] }, lease);
        try {
          const { actor } = request.trigger;
          const body = { ...request };
          await record({ type: 'sweep.started', subject: id, ...compact({ actor }), body });
        } catch (error) {
          await store.sweeps.interrupt(id, `It could not be recorded: ${messageOf(error)}`, lease);
          throw error;
        }
      });
      return id;
    },
    resume: async (id, actor) => {
      const run = await store.sweeps.run(id);
      if (run === undefined)
        throw new SweepError('SWEEP_UNKNOWN', `There is no sweep ${id}.`, {
          help: 'Those that there are: `portcullis sweep list`, or GET /v1/sweeps.',
        });
      await runs.resume(run, actor);
    },
    recover: () => recover(parts, runs),
    cancel: async (id, actor) => {
      if (!(await store.sweeps.askToCancel(id))) return false;
      const body = { by: parts.instance };
      await record({ type: 'sweep.cancelling', subject: id, actor, body });
      if (!runs.stop(id)) await endIfNobodys(parts, runs, id);
      return true;
    },
    status: (id) => status(parts, id),
    list: (filter, limit, before) => store.sweeps.runs(filter, limit, before),
    watch: (id, everyMs, signal) => watch(parts, id, everyMs, signal),
    finished: async (id) => {
      await runs.done(id);
      return await status(parts, id);
    },
    close: runs.close,
  };
}

/** The runs of this process, each under its lease. */
interface Runs {
  /** Does something under the lease of a run, and goes on with the run when that worked. */
  readonly take: (
    id: string,
    request: RunRequest,
    first: (lease: Lease) => Promise<void>,
  ) => Promise<void>;
  /** Does something under the lease of a run that nobody has. */
  readonly once: (
    run: Pick<RunHead, 'id' | 'request'>,
    work: (lease: Lease) => Promise<void>,
  ) => Promise<void>;
  /** @param actor who asked for it; nobody did when a gate finds the run left behind. */
  readonly resume: (run: Pick<RunHead, 'id' | 'request'>, actor?: string) => Promise<void>;
  readonly has: (id: string) => boolean;
  /** @returns false when it is not here. */
  readonly stop: (id: string) => boolean;
  readonly done: (id: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

function createRuns(parts: SweepParts): Runs {
  const { store, record, instance } = parts;
  const limits: SweepLimits = { ...SWEEP_LIMITS, ...parts.limits };
  const judging = slots(limits.judging);
  const underway = new Map<string, Underway>();
  const taken = new Set<string>();

  const acquire = async (id: string, { inventories }: RunRequest): Promise<Lease> => {
    const scopes = inventories.map(leaseScope);
    const got = await store.leases.acquire(scopes, `${instance}#${id}`, limits.leaseMs);
    if ('fences' in got) return got;
    throw busy(got);
  };

  /** A run has one lease however often this process asks for it: that alone would not keep it from driving the run twice. */
  const requireFree = (id: string): void => {
    if (!taken.has(id)) return;
    throw new SweepError('SWEEP_BUSY', `The run ${id} is under way in this process.`);
  };

  const take: Runs['take'] = async (id, request, first) => {
    requireFree(id);
    taken.add(id);
    try {
      const lease = await acquire(id, request);
      await orRelease(parts, lease, () => first(lease));
      const running = drive({ id, request, lease, limits, judging }, parts);
      const done = running.done.finally(() => {
        underway.delete(id);
        taken.delete(id);
      });
      underway.set(id, { ...running, done });
    } catch (error) {
      taken.delete(id);
      throw error;
    }
  };

  return {
    take,
    once: async ({ id, request }, work) => {
      requireFree(id);
      const lease = await acquire(id, request);
      await orRelease(parts, lease, () => work(lease));
      await store.leases.release(lease);
    },
    resume: ({ id, request }, actor) =>
      take(id, request, async (lease) => {
        await store.sweeps.reopen(id, lease);
        const body = { by: instance };
        await record({ type: 'sweep.resumed', subject: id, ...compact({ actor }), body });
      }),
    has: (id) => taken.has(id),
    stop: (id) => {
      underway.get(id)?.stop('cancelled');
      return underway.has(id);
    },
    done: async (id) => await underway.get(id)?.done,
    close: async () => {
      for (const { stop } of underway.values()) stop('closing');
      await Promise.all([...underway.values()].map(({ done }) => done));
    },
  };
}

async function status({ store }: SweepParts, id: string): Promise<RunStatus | undefined> {
  const run = await store.sweeps.run(id);
  return run && statusOf(run);
}

async function* watch(
  parts: SweepParts,
  id: string,
  everyMs: number,
  signal: AbortSignal,
): AsyncGenerator<RunStatus, void> {
  for (;;) {
    const seen = await status(parts, id);
    if (seen === undefined) return;
    yield seen;
    if (seen.state !== 'running') return;
    await parts.outside.sleep(everyMs, signal);
  }
}

/** A run that no process has any more ends here and now; one that another process has ends there. */
async function endIfNobodys(parts: SweepParts, runs: Runs, id: string): Promise<void> {
  const run = await parts.store.sweeps.run(id);
  if (run === undefined) return;
  try {
    await runs.once(run, (lease) => recordEnd(id, CANCELLED, lease, parts));
  } catch (error) {
    if (!(error instanceof SweepError && error.code === 'SWEEP_BUSY')) throw error;
  }
}

function requireKnown({ inventories }: RunRequest, names: readonly string[]): void {
  const strange = inventories.find((name) => !names.includes(name));
  if (strange === undefined) return;
  throw new SweepError('SWEEP_UNKNOWN', `There is no inventory ${strange}.`, {
    help: names.length === 0 ? 'None is configured.' : `There are: ${names.join(', ')}.`,
  });
}

function busy({ heldBy, scope, until }: Held): SweepError {
  const [process = '', run = ''] = heldBy.split('#');
  return new SweepError(
    'SWEEP_BUSY',
    `${inventoryOf(scope)} is being swept already, by ${process}: sweep ${run}.`,
    {
      help: `Wait for its end, or end it: portcullis sweep cancel ${run}. If its process is gone, it can be taken over after ${until}.`,
    },
  );
}

async function orRelease(
  { store }: SweepParts,
  lease: Lease,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await store.leases.release(lease);
    throw error;
  }
}

/** A run that was interrupted this often will be again. */
const MOST_ATTEMPTS = 5;

async function recover(parts: SweepParts, runs: Runs): Promise<readonly string[]> {
  const { store, inventories, outside } = parts;
  const recovered: string[] = [];
  const alive = await store.sweeps.runs({ states: ['running', 'interrupted'] }, 100);
  for (const run of alive) {
    const { id, request, attempts } = run;
    if (runs.has(id)) continue;
    if (request.inventories.some((name) => !inventories.names.includes(name))) {
      outside.warn('a run cannot be resumed: an inventory of it is not configured', { run: id });
      continue;
    }
    try {
      if (attempts < MOST_ATTEMPTS) await runs.resume(run);
      else await runs.once(run, (lease) => recordEnd(id, exhausted(run), lease, parts));
      recovered.push(id);
    } catch (error) {
      // It is alive elsewhere, or came to its end in between.
      if (!(error instanceof SweepError)) throw error;
    }
  }
  return recovered;
}

function exhausted({ attempts, reason }: RunHead): RunEnd {
  const last = reason === '' ? 'its process ended without a word' : reason;
  return {
    state: 'failed',
    reason: `It was interrupted ${attempts} times; the last time: ${last}`,
  };
}
