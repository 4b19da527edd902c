import type { Policy } from '../model/policy.ts';

/** Policies compiled together: one WebAssembly module with one entrypoint a policy. */
export interface PolicySet {
  /** SHA-256 over the sources (paths and bytes) and the toolchain that compiled them. */
  readonly digest: string;
  readonly policies: readonly Policy[];
  readonly wasm: Uint8Array;
  /** OPA's IR of the same set (the `plan` target), as JSON text. */
  readonly plan: string;
  /** The data files of the set as JSON text: what the module finds under `data`. */
  readonly data: string;
}
