import { Worker } from 'node:worker_threads';

import { messageOf } from '../../kit/errors.ts';
import { workerFile } from '../../kit/worker-file.ts';
import { ToolchainError } from './errors.ts';
import type { WorkerResult, WorkerTask } from './worker-message.ts';

export interface RunLimits {
  readonly deadlineMs: number;
  /** Ends the run from outside; it then fails as closed. */
  readonly signal: AbortSignal;
}

const HEAP_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 8 };

/**
 * Runs the toolchain's program once, in a thread of its own that is ended at the deadline.
 *
 * @returns what it printed on standard output.
 * @throws ToolchainError TOOLCHAIN_TIMEOUT, TOOLCHAIN_MEMORY, TOOLCHAIN_BROKEN.
 */
export async function runProgram(task: WorkerTask, limits: RunLimits): Promise<Uint8Array> {
  if (limits.signal.aborted) throw closed();
  const worker = new Worker(workerFile(import.meta.url, './worker.js'), {
    workerData: task,
    resourceLimits: HEAP_LIMITS,
    // Nothing of the host's environment is the program's business.
    env: {},
  });
  try {
    return accept(await outcome(worker, limits));
  } finally {
    // Not awaited: V8 first finishes the functions it is optimising, which takes longer than a small operation.
    void worker.terminate();
  }
}

function outcome(worker: Worker, { deadlineMs, signal }: RunLimits): Promise<WorkerResult> {
  return new Promise((resolve, reject) => {
    const onTimeout = () => {
      reject(
        new ToolchainError(
          'TOOLCHAIN_TIMEOUT',
          `the Rego toolchain ran for ${deadlineMs} ms and was ended`,
        ),
      );
    };
    const onAbort = () => {
      reject(closed());
    };
    const timer = setTimeout(onTimeout, deadlineMs);
    signal.addEventListener('abort', onAbort, { once: true });
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    worker.once('message', (result: WorkerResult) => {
      settle();
      resolve(result);
    });
    worker.once('error', (thrown) => {
      settle();
      reject(fromThrown(thrown));
    });
    worker.once('exit', (code) => {
      settle();
      reject(
        new ToolchainError(
          'TOOLCHAIN_BROKEN',
          `the Rego toolchain's thread ended by itself (${code})`,
        ),
      );
    });
  });
}

function accept({ exitCode, stdout, stderr }: WorkerResult): Uint8Array {
  if (exitCode === 0) return stdout;
  // Go's runtime ends a program whose memory cannot grow with this message and status 2.
  if (/out of memory|cannot allocate memory/.test(stderr)) throw outOfMemory();
  const [firstLine = ''] = stderr.split('\n');
  throw new ToolchainError(
    'TOOLCHAIN_BROKEN',
    `the Rego toolchain failed (${exitCode}): ${firstLine}`,
  );
}

function fromThrown(thrown: unknown): ToolchainError {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return outOfMemory(thrown);
  }
  if (thrown instanceof Error && thrown.name === 'RangeError') {
    return new ToolchainError(
      'TOOLCHAIN_MEMORY',
      'the sources are nested too deeply, or answer with too much',
      [],
      { cause: thrown },
    );
  }
  return new ToolchainError(
    'TOOLCHAIN_BROKEN',
    `the Rego toolchain stopped: ${messageOf(thrown)}`,
    [],
    { cause: thrown },
  );
}

function outOfMemory(cause?: unknown): ToolchainError {
  const help = 'A loop over a product of large collections is the usual reason.';
  return new ToolchainError('TOOLCHAIN_MEMORY', 'the Rego toolchain reached its memory limit', [], {
    help,
    cause,
  });
}

function closed(): ToolchainError {
  return new ToolchainError('TOOLCHAIN_BROKEN', 'the Rego toolchain is closed');
}
