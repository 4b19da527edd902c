import { EngineError } from '../errors.ts';
import type { Outcome, PendingSetup, Task } from './messages.ts';
import { startWorker } from './worker-handle.ts';
import type { WorkerHandle } from './worker-handle.ts';

/** A task and those who wait for it. */
export interface Assignment {
  readonly task: Task;
  /** A worker has taken it. */
  readonly onStart: () => void;
  readonly onResult: (index: number, outcome: Outcome) => void;
  /** The worker is through with it, or was lost in the middle of it. Not called after `cancel`. */
  readonly onEnd: (loss: EngineError | undefined) => void;
}

/** Worker threads that all hold the same module. What waits here is unbounded: the engine bounds what it lets in. */
export interface Pool {
  readonly entrypoints: ReadonlySet<string>;
  /** Workers that are ready and have nothing to do. */
  readonly idle: () => number;
  readonly waiting: () => number;
  readonly submit: (assignment: Assignment, place: 'front' | 'back') => void;
  /** Takes an assignment out; a worker that is busy with it is ended and replaced. */
  readonly cancel: (assignment: Assignment) => void;
  readonly end: () => Promise<void>;
}

export interface PoolOptions {
  readonly setup: PendingSetup;
  readonly workers: number;
  readonly loadTimeoutMs: number;
}

interface Slot {
  worker: WorkerHandle | undefined;
  ready: boolean;
  current: Assignment | undefined;
}

interface State {
  readonly setup: PendingSetup;
  readonly queue: Assignment[];
  readonly slots: readonly Slot[];
  readonly entrypoints: Set<string>;
  ended: boolean;
}

/**
 * Starts every worker and waits until all are ready.
 *
 * @throws EngineError ENGINE_LOAD, ENGINE_BUILTIN when the module is refused.
 */
export async function startPool({ setup, workers, loadTimeoutMs }: PoolOptions): Promise<Pool> {
  const slots = Array.from({ length: workers }, (): Slot => ({
    worker: undefined,
    ready: false,
    current: undefined,
  }));
  const state: State = { setup, queue: [], slots, entrypoints: new Set(), ended: false };
  try {
    await withTimeout(Promise.all(slots.map((slot) => firstStart(state, slot))), loadTimeoutMs);
  } catch (thrown) {
    await end(state);
    throw thrown;
  }
  return {
    entrypoints: state.entrypoints,
    idle: () => slots.filter(isIdle).length,
    waiting: () => state.queue.length,
    submit: (assignment, place) => {
      if (place === 'front') state.queue.unshift(assignment);
      else state.queue.push(assignment);
      dispatch(state);
    },
    cancel: (assignment) => cancel(state, assignment),
    end: () => end(state),
  };
}

function isIdle(slot: Slot): boolean {
  return slot.ready && slot.current === undefined;
}

function firstStart(state: State, slot: Slot): Promise<void> {
  return new Promise((resolve, reject) => start(state, slot, resolve, reject));
}

function start(
  state: State,
  slot: Slot,
  onReady: () => void,
  onRefused: (loss: EngineError) => void,
): void {
  slot.worker = startWorker(state.setup, {
    onReady: (names) => {
      for (const name of names) state.entrypoints.add(name);
      slot.ready = true;
      onReady();
      dispatch(state);
    },
    onResult: (task, index, outcome) => {
      if (slot.current?.task.id === task) slot.current.onResult(index, outcome);
    },
    onDone: (task) => release(state, slot, task),
    onLost: (loss) => (slot.ready ? lose(state, slot, loss) : onRefused(loss)),
  });
}

function dispatch(state: State): void {
  for (const slot of state.slots) {
    if (!isIdle(slot)) continue;
    const next = state.queue.shift();
    if (next === undefined) return;
    slot.current = next;
    next.onStart();
    slot.worker?.run(next.task);
  }
}

function release(state: State, slot: Slot, task: number): void {
  const { current } = slot;
  if (current?.task.id !== task) return;
  slot.current = undefined;
  current.onEnd(undefined);
  dispatch(state);
}

function lose(state: State, slot: Slot, loss: EngineError): void {
  const { current } = slot;
  replace(state, slot);
  current?.onEnd(loss);
}

function replace(state: State, slot: Slot): void {
  slot.ready = false;
  slot.current = undefined;
  if (state.ended) return;
  start(state, slot, noop, () => setTimeout(() => replace(state, slot), RESPAWN_PAUSE_MS).unref());
}

/** A worker that dies while it starts (no memory left, say) is tried again, but not in a tight circle. */
const RESPAWN_PAUSE_MS = 250;

function noop(): void {
  // Nobody waits for the replacement of a worker.
}

function cancel(state: State, assignment: Assignment): void {
  const at = state.queue.indexOf(assignment);
  if (at !== -1) state.queue.splice(at, 1);
  const busy = state.slots.find((slot) => slot.current === assignment);
  if (busy === undefined) return;
  void busy.worker?.end();
  replace(state, busy);
}

async function end(state: State): Promise<void> {
  state.ended = true;
  state.queue.length = 0;
  await Promise.all(state.slots.map(async ({ worker }) => worker?.end()));
}

async function withTimeout(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new EngineError('ENGINE_LOAD', `the policies were not loaded within ${milliseconds} ms`),
      );
    }, milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
