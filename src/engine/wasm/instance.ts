import { EngineError } from '../errors.ts';
import { BuiltinError } from './builtins/value.ts';
import type { RegoValue } from './builtins/value.ts';
import { parseRego, toWire } from './builtins/rego-text.ts';
import type { Builtin, BuiltinContext } from './builtins/builtin.ts';
import type { CheckedJson } from './checked-json.ts';
import { abortError, memoryError } from './errors.ts';
import { bindExports } from './exports.ts';
import type { ModuleExports } from './exports.ts';

const PAGE = 65_536;

export interface InstanceOptions {
  readonly module: WebAssembly.Module;
  /** Pages of 64 KiB to start with, and never to pass. */
  readonly initialPages: number;
  readonly maximumPages: number;
  /** The document under `data`: one JSON value. */
  readonly data: CheckedJson;
  /** The host's builtins by name. */
  readonly builtins: ReadonlyMap<string, Builtin>;
}

/** A module with its memory, ready to evaluate. After an error it must not be used again: its memory may be anything. */
export interface Instance {
  /** Entrypoint names and their numbers. */
  readonly entrypoints: ReadonlyMap<string, number>;
  /** Bytes of linear memory in use; it never shrinks. */
  readonly memoryBytes: () => number;
  /**
   * Runs one entrypoint over an input, given in parts that together are one JSON value.
   *
   * @returns the result set as JSON text, `[{"result": …}]`; `[]` when undefined.
   * @throws EngineError, or whatever the module or a builtin throws.
   */
  readonly evaluate: (
    entrypoint: number,
    input: readonly Uint8Array[],
    context: BuiltinContext,
  ) => string;
}

/**
 * Instantiates a module over OPA's ABI 1.2 and later (documentation of OPA, "WebAssembly").
 *
 * @throws EngineError ENGINE_LOAD for a foreign module, ENGINE_BUILTIN for one that needs what we lack.
 */
export function createInstance(options: InstanceOptions): Instance {
  const memory = new WebAssembly.Memory({
    initial: options.initialPages,
    maximum: options.maximumPages,
  });
  const host = createHost(memory);
  const { exports } = new WebAssembly.Instance(options.module, {
    env: { memory, ...host.imports },
  });
  const abi = bindExports(exports);
  host.attach(abi, resolveBuiltins(readNumbers(memory, abi, abi.builtins()), options.builtins));
  const entrypoints = readNumbers(memory, abi, abi.entrypoints());
  const data = parseBytes(memory, abi, options.data.bytes);
  const heapBase = abi.opa_heap_ptr_get() >>> 0;

  return {
    entrypoints,
    memoryBytes: () => memory.buffer.byteLength,
    evaluate: (entrypoint, input, context) => {
      host.begin(context);
      abi.opa_heap_ptr_set(heapBase);
      // Through the module's own allocator: growing the memory behind its back makes it grow again with every allocation.
      const { address, length } = writeInput(memory, abi, input, options.maximumPages);
      const heap = abi.opa_heap_ptr_get();
      return readText(memory, abi.opa_eval(0, entrypoint, data, address, length, heap, 0));
    },
  };
}

interface Host {
  readonly imports: Record<string, (...args: number[]) => number>;
  readonly attach: (abi: ModuleExports, builtins: ReadonlyMap<number, Builtin>) => void;
  readonly begin: (context: BuiltinContext) => void;
}

function createHost(memory: WebAssembly.Memory): Host {
  let abi: ModuleExports | undefined;
  let builtins: ReadonlyMap<number, Builtin> = new Map();
  let context: BuiltinContext | undefined;

  /** `opa_builtinN(id, reserved, arguments…)`; 0 means undefined. */
  const dispatch = (id: number, _reserved: number, ...addresses: number[]): number => {
    const run = builtins.get(id);
    if (abi === undefined || context === undefined || run === undefined) {
      throw new EngineError(
        'ENGINE_BUILTIN',
        `the policy calls builtin ${id} before it may, or one it did not name`,
      );
    }
    const bound = abi;
    const values = addresses.map((address) => readValue(memory, bound, address));
    const result = undefinedOnError(run, context, values);
    return result === undefined ? 0 : writeValue(memory, bound, result);
  };

  return {
    imports: {
      opa_abort: (address: number) => {
        throw abortError(readText(memory, address));
      },
      opa_println: () => 0,
      ...Object.fromEntries([0, 1, 2, 3, 4].map((count) => [`opa_builtin${count}`, dispatch])),
    },
    attach: (bound, table) => {
      abi = bound;
      builtins = table;
    },
    begin: (fresh) => {
      context = fresh;
    },
  };
}

/** A builtin that refuses its arguments is undefined there; it does not end the evaluation (OPA issue 3320). */
function undefinedOnError(
  run: Builtin,
  context: BuiltinContext,
  values: readonly RegoValue[],
): RegoValue | undefined {
  try {
    return run(values, context);
  } catch (thrown) {
    if (thrown instanceof BuiltinError) return undefined;
    throw thrown;
  }
}

function resolveBuiltins(
  needed: ReadonlyMap<string, number>,
  known: ReadonlyMap<string, Builtin>,
): Map<number, Builtin> {
  const missing = [...needed.keys()].filter((name) => !known.has(name)).sort();
  if (missing.length > 0) {
    throw new EngineError(
      'ENGINE_BUILTIN',
      `the policies call builtins that this host lacks: ${missing.join(', ')}`,
      {
        help: 'Write the policy without them.',
      },
    );
  }
  return new Map(
    [...needed].flatMap(([name, id]) => [[id, known.get(name)] as const]).filter(isPresent),
  );
}

function isPresent(
  entry: readonly [number, Builtin | undefined],
): entry is readonly [number, Builtin] {
  return entry[1] !== undefined;
}

/** The maps that `builtins` and `entrypoints` of a module answer with: names and numbers. */
function readNumbers(
  memory: WebAssembly.Memory,
  abi: ModuleExports,
  address: number,
): Map<string, number> {
  const text = readText(memory, abi.opa_json_dump(address));
  const value: unknown = JSON.parse(text);
  if (value === null || typeof value !== 'object')
    throw new EngineError('ENGINE_LOAD', 'the module names no entrypoints');
  return new Map(Object.entries(value).map(([name, id]) => [name, Number(id)]));
}

function readValue(memory: WebAssembly.Memory, abi: ModuleExports, address: number): RegoValue {
  const dumped = abi.opa_value_dump(address);
  const value = parseRego(readText(memory, dumped));
  abi.opa_free(dumped);
  return value;
}

const ENCODER = new TextEncoder();

function writeValue(memory: WebAssembly.Memory, abi: ModuleExports, value: RegoValue): number {
  const bytes = ENCODER.encode(toWire(value));
  if (bytes.length > LARGEST_RESULT) throw memoryError();
  return parseBytes(memory, abi, bytes);
}

/** The address of a value of the module, made of its text. */
function parseBytes(memory: WebAssembly.Memory, abi: ModuleExports, bytes: Uint8Array): number {
  const address = abi.opa_malloc(bytes.length) >>> 0;
  new Uint8Array(memory.buffer, address, bytes.length).set(bytes);
  const parsed = abi.opa_value_parse(address, bytes.length);
  abi.opa_free(address);
  if (parsed === 0)
    throw new EngineError('ENGINE_TRAP', 'the module does not read what the host wrote');
  return parsed;
}

/** Bytes of text that one builtin call may answer with: a width of a million is no way around the memory limit. */
const LARGEST_RESULT = 16 * 1024 * 1024;

function writeInput(
  memory: WebAssembly.Memory,
  abi: ModuleExports,
  input: readonly Uint8Array[],
  maximumPages: number,
): { readonly address: number; readonly length: number } {
  const length = input.reduce((sum, part) => sum + part.length, 0);
  if (length > maximumPages * PAGE) throw memoryError();
  const address = abi.opa_malloc(length) >>> 0;
  const target = new Uint8Array(memory.buffer, address, length);
  let at = 0;
  for (const part of input) {
    target.set(part, at);
    at += part.length;
  }
  return { address, length };
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A zero-terminated text. Addresses are unsigned, though WebAssembly hands them over as signed. */
function readText(memory: WebAssembly.Memory, address: number): string {
  const start = address >>> 0;
  if (start === 0) throw new EngineError('ENGINE_RESULT', 'the module answered with nothing');
  const bytes = new Uint8Array(memory.buffer);
  const end = bytes.indexOf(0, start);
  if (end === -1)
    throw new EngineError('ENGINE_RESULT', 'the module answered with a text that does not end');
  return DECODER.decode(bytes.subarray(start, end));
}
