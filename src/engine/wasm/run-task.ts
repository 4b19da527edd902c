import type { BuiltinContext } from './builtins/builtin.ts';
import { BuiltinError } from './builtins/value.ts';
import { parseRfc3339 } from './builtins/time-parse.ts';
import { checkJson, listPieces, objectPieces } from './checked-json.ts';
import type { CheckedJson, Piece } from './checked-json.ts';
import { EngineError } from '../errors.ts';
import { toEngineError } from './errors.ts';
import type { Evaluator } from './evaluator.ts';
import type { Outcome, Payload, Task, TaskJob } from './messages.ts';
import { readViolations } from './result.ts';

/**
 * Runs the jobs of a task in order and hands on each outcome as it comes. One job that breaks does not touch the others.
 */
export function runTask(
  evaluator: Evaluator,
  task: Task,
  report: (job: TaskJob, outcome: Outcome) => void,
): void {
  const read = resourceReader(task.payload);
  for (const [position, job] of task.jobs.entries()) {
    if (Atomics.load(task.limit, 0) <= position) return;
    report(job, runJob(evaluator, task.payload, job, read));
  }
}

interface ReadResource {
  readonly json: CheckedJson;
  readonly address: string;
}

type ReadAt = (position: number) => ReadResource;

function runJob(evaluator: Evaluator, payload: Payload, job: TaskJob, read: ReadAt): Outcome {
  try {
    const resources = Array.from(job.resources, read);
    const input = inputPieces(payload, job, resources, Array.from(job.related, read));
    const text = evaluator.evaluate(job.entrypoint, input, contextOf(payload));
    const violations = readViolations(text, new Set(resources.map(({ address }) => address)));
    return { ok: true, violations: violations.length === 0 ? '' : JSON.stringify(violations) };
  } catch (thrown) {
    const { code, message } = toEngineError(thrown);
    return { ok: false, code, reason: message };
  }
}

function inputPieces(
  payload: Payload,
  job: TaskJob,
  resources: readonly ReadResource[],
  related: readonly ReadResource[],
): Piece[] {
  return objectPieces([
    ['resources', listPieces(resources.map(({ json }) => json))],
    ['related', listPieces(related.map(({ json }) => json))],
    ['parameters', [checkText(job.parameters)]],
    ['context', [checkText(payload.context)]],
    ['now', [JSON.stringify(payload.now)]],
  ]);
}

const ENCODER = new TextEncoder();

function checkText(text: string): CheckedJson {
  return checkJson(ENCODER.encode(text)).json;
}

/** Each text is checked once a task, however many jobs pick it. */
function resourceReader({ bytes, offsets }: Payload): ReadAt {
  const known = new Map<number, ReadResource>();
  return (position) => {
    const found =
      known.get(position) ?? readResource(bytes.subarray(offsets[position], offsets[position + 1]));
    known.set(position, found);
    return found;
  };
}

function readResource(bytes: Uint8Array): ReadResource {
  const { json, value } = checkJson(bytes);
  const address =
    value !== null && typeof value === 'object' && 'address' in value ? value.address : undefined;
  if (typeof address !== 'string')
    throw new EngineError('ENGINE_INPUT', 'a resource has no address');
  return { json, address };
}

/** `time.now_ns` answers with the moment of the request, however long the evaluation takes. */
function contextOf({ now }: Payload): BuiltinContext {
  try {
    return { nowNs: parseRfc3339(now) };
  } catch (cause) {
    if (!(cause instanceof BuiltinError)) throw cause;
    throw new EngineError(
      'ENGINE_INPUT',
      `now is ${JSON.stringify(now)}, which is no RFC 3339 time`,
      { cause },
    );
  }
}
