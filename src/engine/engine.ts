/** One policy to run over some of the resources of a request. */
export interface Job {
  /** Echoed in the result: the rule's id. */
  readonly id: string;
  /** Entrypoint in the loaded set, `policies/tagging/required/violations`. */
  readonly entrypoint: string;
  /** Positions in `Batch.resources`. */
  readonly resources: readonly number[];
  /** Positions in `Batch.resources` of what the policy reads besides. */
  readonly related: readonly number[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What the engine is asked in one go: it builds one `input` for each job. */
export interface Batch {
  /** JSON texts, one a resource; each is valid JSON (made by JSON.stringify). Jobs pick from them by position. */
  readonly resources: readonly string[];
  readonly jobs: readonly Job[];
  /** `input.context`: point, actor, labels, document. */
  readonly context: Readonly<Record<string, unknown>>;
  /** `input.now`, RFC 3339. */
  readonly now: string;
}

export type JobResult =
  | { readonly id: string; readonly ok: true; readonly violations: readonly RawViolation[] }
  | {
      readonly id: string;
      readonly ok: false;
      readonly code: EngineErrorCode;
      readonly reason: string;
    };

/** A member of a policy's `violations` set, after its shape was checked. */
export interface RawViolation {
  readonly address: string;
  readonly path: string;
  readonly message: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly fix?: string;
}

/**
 * ENGINE_TIMEOUT: past the deadline; ENGINE_MEMORY: past the page cap; ENGINE_TRAP: the module aborted;
 * ENGINE_RESULT: no result or one of a wrong shape; ENGINE_INPUT: the input is not valid JSON;
 * ENGINE_ENTRYPOINT: no such entrypoint; ENGINE_BUILTIN: the module needs a builtin that is not there (at load);
 * ENGINE_LOAD: not a module, wrong ABI; ENGINE_BUSY: the queue is full; ENGINE_CLOSED: stopped.
 */
export type EngineErrorCode =
  | 'ENGINE_TIMEOUT'
  | 'ENGINE_MEMORY'
  | 'ENGINE_TRAP'
  | 'ENGINE_RESULT'
  | 'ENGINE_INPUT'
  | 'ENGINE_ENTRYPOINT'
  | 'ENGINE_BUILTIN'
  | 'ENGINE_LOAD'
  | 'ENGINE_BUSY'
  | 'ENGINE_CLOSED';

export interface EvaluateOptions {
  /** Milliseconds for the whole batch; what has not answered by then fails with ENGINE_TIMEOUT. */
  readonly deadlineMs: number;
}

/** Evaluates compiled policies. A loaded engine holds one policy set; a new set is a new engine. */
export interface Engine {
  /** One result a job, in the order of the jobs. Never throws for what a policy does; every breakage is a result. */
  readonly evaluate: (batch: Batch, options: EvaluateOptions) => Promise<readonly JobResult[]>;
  readonly close: () => Promise<void>;
}
