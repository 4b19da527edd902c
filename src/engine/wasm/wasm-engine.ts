import { messageOf } from '../../kit/errors.ts';
import type { Batch, Engine, EngineErrorCode, Job, JobResult } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { PolicySet } from '../policy-set.ts';
import { checkJob, encodeBatch, splitJobs, toTaskJob } from './batch.ts';
import type { Outcome, TaskJob } from './messages.ts';
import { startPool } from './pool.ts';
import type { Pool } from './pool.ts';
import { runRequest } from './request.ts';
import { parseViolations } from './result.ts';

export interface WasmEngineOptions {
  readonly policySet: Pick<PolicySet, 'wasm' | 'data'>;
  /** Threads; each holds an instance of the module. */
  readonly workers: number;
  /** Linear memory of one evaluation, at most. */
  readonly memoryMiB: number;
  /** Batches that may wait for a worker; one more is answered ENGINE_BUSY. */
  readonly queueLimit: number;
  readonly loadTimeoutMs?: number;
}

const LOAD_TIMEOUT_MS = 30_000;

/**
 * The engine over OPA's WebAssembly: a compiled policy set in worker threads, with a deadline and a memory limit.
 *
 * @throws EngineError ENGINE_LOAD when it is no policy module, ENGINE_BUILTIN when it calls what the host lacks.
 */
export async function wasmEngine(options: WasmEngineOptions): Promise<Engine> {
  const pool = await startPool({
    setup: {
      module: compile(options.policySet.wasm),
      data: options.policySet.data,
      memoryMiB: options.memoryMiB,
    },
    workers: options.workers,
    loadTimeoutMs: options.loadTimeoutMs ?? LOAD_TIMEOUT_MS,
  });
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  return {
    evaluate: async (batch, { deadlineMs }) => {
      if (closing !== undefined) return refuseAll(batch, 'ENGINE_CLOSED', 'the engine is stopped');
      if (pool.waiting() >= options.queueLimit)
        return refuseAll(batch, 'ENGINE_BUSY', 'too many evaluations are waiting');
      const work = evaluate(pool, batch, deadlineMs);
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
      }
    },
    // Every batch in flight ends by its own deadline, so draining needs none.
    close: () => (closing ??= Promise.allSettled(running).then(() => pool.end())),
  };
}

async function compile(wasm: Uint8Array): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(wasm);
  } catch (cause) {
    throw new EngineError('ENGINE_LOAD', `this is no WebAssembly module: ${messageOf(cause)}`, {
      cause,
    });
  }
}

async function evaluate(pool: Pool, batch: Batch, deadlineMs: number): Promise<JobResult[]> {
  const outcomes = new Map<number, Outcome>();
  const jobs: TaskJob[] = [];
  for (const [index, job] of batch.jobs.entries()) {
    const refused = checkJob(batch, job, pool.entrypoints);
    if (refused === undefined) jobs.push(toTaskJob(job, index));
    else outcomes.set(index, { ok: false, ...refused });
  }
  if (jobs.length > 0) {
    const payload = encodeBatch(batch);
    const parts = splitJobs(jobs, payload.offsets, pool.idle());
    for (const [index, outcome] of await runRequest({ pool, payload, parts, deadlineMs }))
      outcomes.set(index, outcome);
  }
  return batch.jobs.map((job, index) => toResult(job, outcomes.get(index)));
}

function toResult({ id }: Job, outcome: Outcome | undefined): JobResult {
  if (outcome === undefined)
    return { id, ok: false, code: 'ENGINE_RESULT', reason: 'the policy did not answer' };
  if (!outcome.ok) return { id, ...outcome };
  return {
    id,
    ok: true,
    violations: outcome.violations === '' ? [] : parseViolations(outcome.violations),
  };
}

function refuseAll(batch: Batch, code: EngineErrorCode, reason: string): JobResult[] {
  return batch.jobs.map(({ id }) => ({ id, ok: false, code, reason }));
}
