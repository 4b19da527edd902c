import { Worker } from 'node:worker_threads';

import { messageOf } from '../../kit/errors.ts';
import { workerFile } from '../../kit/worker-file.ts';
import { EngineError } from '../errors.ts';
import { toEngineError } from './errors.ts';
import type { Outcome, PendingSetup, Task, WorkerMessage, WorkerSetup } from './messages.ts';

export interface WorkerEvents {
  readonly onReady: (entrypoints: readonly string[]) => void;
  readonly onResult: (task: number, index: number, outcome: Outcome) => void;
  readonly onDone: (task: number) => void;
  /** Once, and nothing after it. Not called after `end`. */
  readonly onLost: (loss: EngineError) => void;
}

/** One worker thread. */
export interface WorkerHandle {
  readonly run: (task: Task) => void;
  /** Ends the thread, in the middle of an evaluation too. */
  readonly end: () => Promise<void>;
}

/** With less than it needs for its own start a thread does not fail: V8 ends the whole process (seen on Node 24). */
const LEAST_HEAP_MIB = 64;

export function startWorker(
  { module, ...setup }: PendingSetup,
  events: WorkerEvents,
): WorkerHandle {
  const worker = new Worker(workerFile(import.meta.url, './worker.js'), {
    env: {}, // A policy has no business with our environment.
    // What builtins hold on the JavaScript side; the memory of the module itself has its own maximum.
    resourceLimits: {
      maxOldGenerationSizeMb: Math.max(setup.memoryMiB, LEAST_HEAP_MIB),
      maxYoungGenerationSizeMb: 32,
    },
  });
  worker.unref(); // An idle engine keeps no process alive.
  let gone = false;
  const lose = (loss: EngineError): void => {
    if (gone) return;
    gone = true;
    events.onLost(loss);
    void worker.terminate();
  };
  worker.on('message', (message: WorkerMessage) => {
    if (!gone) receive(message, events, lose);
  });
  worker.on('error', (thrown) => {
    lose(lossOf(thrown));
  });
  worker.on('exit', (code) => {
    lose(new EngineError('ENGINE_TRAP', `the worker ended with code ${code}`));
  });
  module.then(
    (compiled) => {
      worker.postMessage({ module: compiled, ...setup } satisfies WorkerSetup);
    },
    (thrown: unknown) => {
      lose(toEngineError(thrown, 'ENGINE_LOAD'));
    },
  );
  return {
    run: (task) => {
      worker.postMessage(task);
    },
    end: async () => {
      gone = true;
      await worker.terminate();
    },
  };
}

function receive(
  message: WorkerMessage,
  events: WorkerEvents,
  lose: (loss: EngineError) => void,
): void {
  switch (message.type) {
    case 'ready':
      events.onReady(message.entrypoints);
      break;
    case 'refused':
      lose(
        new EngineError(
          message.code,
          message.reason,
          message.help === undefined ? {} : { help: message.help },
        ),
      );
      break;
    case 'result':
      events.onResult(message.task, message.index, message.outcome);
      break;
    case 'done':
      events.onDone(message.task);
      break;
  }
}

function lossOf(thrown: unknown): EngineError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new EngineError('ENGINE_MEMORY', 'a builtin needed more memory than a policy may have', {
      cause: thrown,
    });
  }
  return new EngineError('ENGINE_TRAP', `the worker broke: ${messageOf(thrown)}`, {
    cause: thrown,
  });
}
