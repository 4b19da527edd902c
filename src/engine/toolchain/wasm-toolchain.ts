import type { z } from 'zod';

import { messageOf } from '../../kit/errors.ts';
import * as answers from './answers.ts';
import { loadModule, readManifest, SHIPPED_ARTEFACT } from './artefact.ts';
import type { Manifest } from './artefact.ts';
import { POLICY_BUILTINS } from './capabilities.ts';
import { ToolchainError } from './errors.ts';
import { runProgram } from './run.ts';
import { slots } from '../../kit/slots.ts';
import type { SourceFiles, Toolchain } from './toolchain.ts';

export interface WasmToolchainOptions {
  /** The folder of toolchain.json and toolchain.wasm.br; by default the one that is shipped. */
  readonly artefact?: string;
  /** Milliseconds for one operation; 120 000 by default. */
  readonly deadlineMs?: number;
  /** Bytes of memory for one operation; 1 GiB by default. */
  readonly memoryBytes?: number;
  /** Operations at a time; each may take its memory. 2 by default. */
  readonly concurrency?: number;
}

interface Request {
  readonly op: string;
  readonly files: SourceFiles;
  readonly [member: string]: unknown;
}

const PAGE = 64 * 1024;
const MAX_OUTPUT = 128 << 20;

/**
 * The Rego toolchain that comes with Portcullis. The module is unpacked at the first operation, not before.
 *
 * @throws ToolchainError TOOLCHAIN_BROKEN when toolchain.json cannot be read.
 */
export function wasmToolchain(options: WasmToolchainOptions = {}): Toolchain {
  const folder = options.artefact ?? SHIPPED_ARTEFACT;
  const manifest = readManifest(folder);
  const closing = new AbortController();
  const slot = slots(options.concurrency ?? 2);
  const ask = <T>(answer: z.ZodType<T>, request: Request): Promise<T> =>
    slot(async () =>
      read(answer, await run({ folder, manifest, options, signal: closing.signal }, request)),
    );
  const builtins = POLICY_BUILTINS;
  return {
    digest: manifest.digest,
    build: async (files, entrypoints) => {
      const built = await ask(answers.BuildAnswer, { op: 'build', files, entrypoints, builtins });
      const wasm = Uint8Array.from(Buffer.from(built.wasm, 'base64'));
      return { wasm, plan: JSON.stringify(built.plan), data: JSON.stringify(built.data) };
    },
    check: async (files, inputSchema) =>
      (await ask(answers.CheckAnswer, { op: 'check', files, inputSchema, builtins })).diagnostics,
    format: (files) => ask(answers.FormatAnswer, { op: 'format', files }),
    test: (files) => ask(answers.TestAnswer, { op: 'test', files, builtins }),
    inspect: (files) => ask(answers.InspectAnswer, { op: 'inspect', files }),
    evaluate: async (files, query, input) => {
      const { defined, value } = await ask(answers.EvalAnswer, { op: 'eval', files, query, input });
      return defined ? value : undefined;
    },
    close: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
}

interface Setting {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly options: WasmToolchainOptions;
  readonly signal: AbortSignal;
}

async function run(
  { folder, manifest, options, signal }: Setting,
  request: Request,
): Promise<Uint8Array> {
  const memoryBytes = options.memoryBytes ?? 1 << 30;
  const module = await loadModule(folder, manifest, Math.floor(memoryBytes / PAGE));
  const task = {
    module,
    request: Buffer.from(JSON.stringify(request)),
    // Go collects harder before the cap instead of dying at it.
    environment: [`GOMEMLIMIT=${Math.floor(memoryBytes * 0.8)}`],
    maxOutput: MAX_OUTPUT,
  };
  return runProgram(task, { deadlineMs: options.deadlineMs ?? 120_000, signal });
}

function read<T>(answer: z.ZodType<T>, stdout: Uint8Array): T {
  const { result, diagnostics } = parse(answers.Envelope, () =>
    JSON.parse(Buffer.from(stdout).toString('utf8')),
  );
  const [first] = diagnostics;
  if (first === undefined) return parse(answer, () => result);
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
  const { file, line, column } = first;
  throw new ToolchainError('TOOLCHAIN_REJECTED', `${first.message}${more}`, diagnostics, {
    place: {
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    },
  });
}

function parse<T>(schema: z.ZodType<T>, value: () => unknown): T {
  try {
    return schema.parse(value());
  } catch (thrown) {
    throw new ToolchainError(
      'TOOLCHAIN_BROKEN',
      `the Rego toolchain answered nonsense: ${messageOf(thrown)}`,
      [],
      { cause: thrown },
    );
  }
}
