import type { EngineErrorCode } from '../engine.ts';

/** The first message to a worker. */
export interface WorkerSetup {
  readonly module: WebAssembly.Module;
  /** JSON text of the document under `data`. */
  readonly data: string;
  readonly memoryMiB: number;
}

/** The same while the module is still being compiled: a thread takes its time to begin, too. */
export interface PendingSetup extends Omit<WorkerSetup, 'module'> {
  readonly module: Promise<WebAssembly.Module>;
}

/** One job, by the position of its resources in the task. */
export interface TaskJob {
  /** Position in the batch; results come back under it. */
  readonly index: number;
  readonly entrypoint: string;
  readonly resources: readonly number[];
  readonly related: readonly number[];
  /** JSON text. */
  readonly parameters: string;
}

/** The bytes of a batch: all resource texts in one array, and where each begins. */
export interface Payload {
  readonly bytes: Uint8Array;
  /** One more than there are resources; the last is the length. */
  readonly offsets: Uint32Array;
  /** JSON text of `input.context`. */
  readonly context: string;
  /** RFC 3339. */
  readonly now: string;
}

/** Work for one worker. */
export interface Task {
  readonly id: number;
  readonly payload: Payload;
  readonly jobs: readonly TaskJob[];
  /**
   * One shared number: how many of the jobs this worker may still start. The main thread lowers it to take jobs back
   * from behind one that does not end.
   */
  readonly limit: Int32Array;
}

export type Outcome =
  /** `violations` is JSON text of a list; empty when there are none, the usual case. */
  | { readonly ok: true; readonly violations: string }
  | { readonly ok: false; readonly code: EngineErrorCode; readonly reason: string };

/** What a worker says. Results come one by one, so that those before a runaway stand. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly entrypoints: readonly string[] }
  | {
      readonly type: 'refused';
      readonly code: EngineErrorCode;
      readonly reason: string;
      readonly help: string | undefined;
    }
  | {
      readonly type: 'result';
      readonly task: number;
      readonly index: number;
      readonly outcome: Outcome;
    }
  | { readonly type: 'done'; readonly task: number };
