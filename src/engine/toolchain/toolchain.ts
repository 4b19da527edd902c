/** Rego sources and data by their path inside the set, `policies/tagging/required/required.rego`. */
export type SourceFiles = Readonly<Record<string, string>>;

/** What the compiler, the formatter or a test has to say, with its place. */
export interface Diagnostic {
  /** OPA's code: rego_parse_error, rego_type_error, rego_compile_error, … */
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface Built {
  readonly wasm: Uint8Array;
  /** The IR (`plan.json`) of the same entrypoints. */
  readonly plan: string;
  /** The data files of the set, merged as OPA's bundles do, as JSON text: the document under `data`. */
  readonly data: string;
}

export interface TestCase {
  readonly package: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly outcome: 'pass' | 'fail' | 'error' | 'skip';
  readonly message?: string;
  readonly seconds: number;
}

export interface FileCoverage {
  readonly file: string;
  /** 0 to 100. */
  readonly percent: number;
  readonly notCovered: readonly { readonly from: number; readonly to: number }[];
}

export interface TestReport {
  readonly cases: readonly TestCase[];
  /** 0 to 100 over all files. */
  readonly coverage: number;
  readonly files: readonly FileCoverage[];
}

/** A METADATA comment, with what it stands on. */
export interface Annotation {
  readonly package: string;
  readonly scope: 'package' | 'rule' | 'document' | 'subpackages';
  /** For a rule or a document: its path, `data.policies.tagging.required.violations`. */
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly title?: string;
  readonly description?: string;
  readonly entrypoint: boolean;
  readonly custom: Readonly<Record<string, unknown>>;
}

export interface Inspection {
  readonly packages: readonly { readonly package: string; readonly file: string }[];
  readonly annotations: readonly Annotation[];
  /** Builtins that the sources call, `sprintf`. */
  readonly builtins: readonly string[];
}

/** OPA's own toolchain, run as WebAssembly in a worker that is ended at its deadline or memory limit. */
export interface Toolchain {
  /** SHA-256 of the toolchain's module: compiled sets are cached under it. */
  readonly digest: string;
  /** @throws ToolchainError TOOLCHAIN_REJECTED with diagnostics when the sources do not compile. */
  readonly build: (files: SourceFiles, entrypoints: readonly string[]) => Promise<Built>;
  /** Strict check, with the schema of `input` when given; an empty list is a pass. */
  readonly check: (files: SourceFiles, inputSchema?: unknown) => Promise<readonly Diagnostic[]>;
  /** The formatted text of every file. @throws ToolchainError TOOLCHAIN_REJECTED when one does not parse. */
  readonly format: (files: SourceFiles) => Promise<SourceFiles>;
  readonly test: (files: SourceFiles) => Promise<TestReport>;
  readonly inspect: (files: SourceFiles) => Promise<Inspection>;
  /** OPA's own evaluator (topdown): the oracle for differential tests. */
  readonly evaluate: (files: SourceFiles, query: string, input: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
}
