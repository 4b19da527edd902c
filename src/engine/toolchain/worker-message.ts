/** What the worker is started with. */
export interface WorkerTask {
  readonly module: WebAssembly.Module;
  /** The request as JSON, for the program's standard input. */
  readonly request: Uint8Array;
  /** The environment of the program, `KEY=value`. */
  readonly environment: readonly string[];
  /** Bytes that the program may print. */
  readonly maxOutput: number;
}

/** What the worker posts when the program has ended. */
export interface WorkerResult {
  readonly exitCode: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}
