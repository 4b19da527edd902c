import type { Batch, EngineErrorCode, Job } from '../engine.ts';
import type { Payload, TaskJob } from './messages.ts';

interface Refusal {
  readonly code: EngineErrorCode;
  readonly reason: string;
}

/** What is wrong with a job before any worker sees it, if anything. */
export function checkJob(
  batch: Batch,
  job: Job,
  entrypoints: ReadonlySet<string>,
): Refusal | undefined {
  if (!entrypoints.has(job.entrypoint)) {
    return {
      code: 'ENGINE_ENTRYPOINT',
      reason: `the policies have no entrypoint ${job.entrypoint}`,
    };
  }
  for (const position of [...job.resources, ...job.related]) {
    const text = batch.resources[position];
    if (text === undefined)
      return { code: 'ENGINE_INPUT', reason: `there is no resource at position ${position}` };
    // An encoder would put a replacement character in its place, and the policy would judge a text nobody wrote.
    if (!text.isWellFormed())
      return { code: 'ENGINE_INPUT', reason: 'a resource holds half of a surrogate pair' };
  }
  return undefined;
}

export function toTaskJob(job: Job, index: number): TaskJob {
  return {
    index,
    entrypoint: job.entrypoint,
    // Plain lists: a typed array a job costs its own buffer to hand over, many times what the numbers do.
    resources: job.resources,
    related: job.related,
    parameters: JSON.stringify(job.parameters),
  };
}

/** All resource texts as bytes, one copy for every worker: bytes are cheap to hand over, trees of objects are not. */
export function encodeBatch(batch: Batch): Payload {
  const offsets = new Uint32Array(batch.resources.length + 1);
  let length = 0;
  for (const [i, text] of batch.resources.entries()) {
    length += Buffer.byteLength(text);
    offsets[i + 1] = length;
  }
  const bytes = new Uint8Array(length);
  const encoder = new TextEncoder();
  for (const [i, text] of batch.resources.entries())
    encoder.encodeInto(text, bytes.subarray(offsets[i]));
  return { bytes, offsets, context: JSON.stringify(batch.context), now: batch.now };
}

/** Below this many bytes of input a second worker costs more than it saves. */
const WORTH_SPLITTING = 256 * 1024;

/**
 * Jobs in as many parts as there are free workers, with about the same number of bytes to read in each. Order is kept.
 */
export function splitJobs(
  jobs: readonly TaskJob[],
  offsets: Uint32Array,
  freeWorkers: number,
): TaskJob[][] {
  const sizes = jobs.map((job) => inputBytes(job, offsets));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const count = total < WORTH_SPLITTING ? 1 : Math.max(1, Math.min(freeWorkers, jobs.length));
  const parts: TaskJob[][] = Array.from({ length: count }, () => []);
  let before = 0;
  for (const [i, job] of jobs.entries()) {
    parts[Math.min(count - 1, Math.floor((before * count) / Math.max(total, 1)))]?.push(job);
    before += sizes[i] ?? 0;
  }
  return parts.filter((part) => part.length > 0);
}

function inputBytes(job: TaskJob, offsets: Uint32Array): number {
  let sum = 0;
  for (const position of [...job.resources, ...job.related]) {
    sum += (offsets[position + 1] ?? 0) - (offsets[position] ?? 0);
  }
  return sum;
}
