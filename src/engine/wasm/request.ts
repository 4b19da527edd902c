import type { EngineError } from '../errors.ts';
import type { Outcome, Payload, Task, TaskJob } from './messages.ts';
import type { Assignment, Pool } from './pool.ts';

export interface RequestOptions {
  readonly pool: Pool;
  readonly payload: Payload;
  /** Split over workers: each part becomes a task. */
  readonly parts: readonly (readonly TaskJob[])[];
  readonly deadlineMs: number;
}

/** A part of the request as it stands with a worker. */
interface Part {
  readonly assignment: Assignment;
  /** In the order of work; shortened when jobs are taken back. */
  jobs: readonly TaskJob[];
  started: boolean;
}

interface State extends RequestOptions {
  readonly outcomes: Map<number, Outcome>;
  readonly running: Set<Part>;
  readonly total: number;
  readonly finish: () => void;
}

/**
 * Runs the jobs of one batch and answers not later than the deadline.
 *
 * A policy that does not end must fail alone: at half of the time the jobs behind the one that is running are given to
 * whoever is free; at the deadline the worker is ended, the job that was running is named, and what answered stands.
 *
 * @returns an outcome for the index of every job.
 */
export function runRequest(options: RequestOptions): Promise<ReadonlyMap<number, Outcome>> {
  return new Promise((resolve) => {
    const outcomes = new Map<number, Outcome>();
    const running = new Set<Part>();
    const total = options.parts.reduce((sum, jobs) => sum + jobs.length, 0);
    const finish = (): void => {
      clearTimeout(halfTime);
      clearTimeout(deadline);
      for (const part of running) Atomics.store(part.assignment.task.limit, 0, 0);
      resolve(outcomes);
    };
    const state: State = { ...options, outcomes, running, total, finish };
    const halfTime = setTimeout(() => takeBack(state), options.deadlineMs / 2);
    // One turn of the loop later, so that answers which are already here count, and nobody is blamed for another's time.
    const deadline = setTimeout(() => setImmediate(expire, state), options.deadlineMs);
    for (const jobs of options.parts) launch(state, jobs, 'back');
  });
}

function launch(state: State, jobs: readonly TaskJob[], place: 'front' | 'back'): void {
  const part: Part = {
    jobs,
    started: false,
    assignment: {
      task: createTask(state.payload, jobs),
      onStart: () => (part.started = true),
      onResult: (index, outcome) => settle(state, index, outcome),
      onEnd: (loss) => {
        state.running.delete(part);
        if (loss !== undefined) recover(state, unanswered(state, part), loss);
      },
    },
  };
  state.running.add(part);
  state.pool.submit(part.assignment, place);
}

let lastTask = 0;

function createTask(payload: Payload, jobs: readonly TaskJob[]): Task {
  const limit = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  limit[0] = jobs.length;
  return { id: ++lastTask, payload, jobs, limit };
}

function unanswered({ outcomes }: State, part: Part): readonly TaskJob[] {
  return part.jobs.filter(({ index }) => !outcomes.has(index));
}

/** A job that was taken back may have been started twice: the first answer counts, the second is the same. */
function settle({ outcomes, total, finish }: State, index: number, outcome: Outcome): void {
  if (outcomes.has(index)) return;
  outcomes.set(index, outcome);
  if (outcomes.size === total) finish();
}

/** The job that was running takes the blame for the loss of the worker; the others get a fresh one. */
function recover(
  state: State,
  [running, ...rest]: readonly TaskJob[],
  { code, message }: EngineError,
): void {
  if (running === undefined) return;
  settle(state, running.index, { ok: false, code, reason: message });
  if (rest.length > 0) launch(state, rest, 'front');
}

function takeBack(state: State): void {
  for (const part of [...state.running]) {
    const [running, ...rest] = unanswered(state, part);
    if (!part.started || running === undefined || rest.length === 0) continue;
    part.jobs = part.jobs.slice(0, part.jobs.indexOf(running) + 1);
    Atomics.store(part.assignment.task.limit, 0, part.jobs.length);
    launch(state, rest, 'front');
  }
}

function expire(state: State): void {
  for (const part of [...state.running]) {
    const [first, ...rest] = unanswered(state, part);
    if (first === undefined) continue;
    state.pool.cancel(part.assignment);
    settle(state, first.index, part.started ? timedOut(state.deadlineMs) : NOT_REACHED);
    for (const job of rest) settle(state, job.index, NOT_REACHED);
  }
}

const NOT_REACHED: Outcome = {
  ok: false,
  code: 'ENGINE_TIMEOUT',
  reason: 'the policy was not reached before the deadline',
};

function timedOut(milliseconds: number): Outcome {
  return {
    ok: false,
    code: 'ENGINE_TIMEOUT',
    reason: `the policy ran past its deadline of ${Math.round(milliseconds)} ms`,
  };
}
