import { parentPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

import { toEngineError } from './errors.ts';
import { createEvaluator } from './evaluator.ts';
import type { Evaluator } from './evaluator.ts';
import type { Task, WorkerMessage, WorkerSetup } from './messages.ts';
import { runTask } from './run-task.ts';

/** The entry of a worker thread: one compiled module, which is its first message, then one task at a time. */
function serve(port: MessagePort, setup: WorkerSetup): void {
  const say = (message: WorkerMessage): void => {
    port.postMessage(message);
  };
  const evaluator = load(setup, say);
  if (evaluator === undefined) return;
  port.on('message', (task: Task) => {
    runTask(evaluator, task, (job, outcome) => {
      say({ type: 'result', task: task.id, index: job.index, outcome });
    });
    say({ type: 'done', task: task.id });
  });
  say({ type: 'ready', entrypoints: evaluator.entrypoints });
}

function load(setup: WorkerSetup, say: (message: WorkerMessage) => void): Evaluator | undefined {
  try {
    return createEvaluator(setup);
  } catch (thrown) {
    const { code, message, help } = toEngineError(thrown, 'ENGINE_LOAD');
    say({ type: 'refused', code, reason: message, help });
    return undefined;
  }
}

function isSetup(value: unknown): value is WorkerSetup {
  return (
    value !== null &&
    typeof value === 'object' &&
    'module' in value &&
    value.module instanceof WebAssembly.Module &&
    'data' in value &&
    typeof value.data === 'string' &&
    'memoryMiB' in value &&
    typeof value.memoryMiB === 'number'
  );
}

const port = parentPort;
port?.once('message', (setup: unknown) => {
  if (isSetup(setup)) serve(port, setup);
});
