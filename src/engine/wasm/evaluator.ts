import { EngineError } from '../errors.ts';
import type { Builtin, BuiltinContext } from './builtins/builtin.ts';
import { HOST } from './builtins/registry.ts';
import { checkJson, pieceBytes } from './checked-json.ts';
import type { Piece } from './checked-json.ts';
import { toEngineError } from './errors.ts';
import { checkImports } from './exports.ts';
import { createInstance } from './instance.ts';
import type { Instance } from './instance.ts';

export interface EvaluatorOptions {
  readonly module: WebAssembly.Module;
  /** JSON text of the document under `data`. */
  readonly data: string;
  readonly memoryMiB: number;
  readonly builtins?: ReadonlyMap<string, Builtin>;
}

/** One module, evaluated in the thread that calls. Not interruptible: for that it lives in a worker. */
export interface Evaluator {
  readonly entrypoints: readonly string[];
  /**
   * Evaluates an entrypoint over checked input.
   *
   * @returns the result set as JSON text.
   * @throws EngineError for everything that can go wrong.
   */
  readonly evaluate: (
    entrypoint: string,
    input: readonly Piece[],
    context: BuiltinContext,
  ) => string;
  /** As `evaluate`, for bytes from anywhere: they are checked first. */
  readonly evaluateBytes: (
    entrypoint: string,
    input: Uint8Array,
    context: BuiltinContext,
  ) => string;
}

const PAGES_PER_MIB = 16;
const PAGE = 65_536;
/** A parsed value takes 10 to 13 times its text. */
const GROWTH = 12;
/** Above this an instance is given back after its evaluation: memory of WebAssembly never shrinks. */
const KEEP_BYTES = 64 * 1024 * 1024;

/** @throws EngineError ENGINE_LOAD, ENGINE_BUILTIN. */
export function createEvaluator(options: EvaluatorOptions): Evaluator {
  checkImports(options.module);
  const maximumPages = Math.floor(options.memoryMiB * PAGES_PER_MIB);
  const builtins = options.builtins ?? HOST;
  const data = checkJson(ENCODER.encode(options.data)).json;
  const instantiate = (initialPages: number): Instance =>
    createInstance({ module: options.module, initialPages, maximumPages, data, builtins });

  const { instance: first, pages: leastPages } = smallestInstance(
    instantiate,
    pagesFor(data.bytes.length),
    maximumPages,
  );
  let instance: Instance | undefined = first;

  /** Sized for the input from the start: growing page by page costs more than the evaluation. */
  const instanceFor = (inputBytes: number): Instance => {
    const wanted = leastPages + pagesFor(inputBytes);
    if (instance !== undefined && instance.memoryBytes() >= wanted * PAGE) return instance;
    return instantiate(Math.min(wanted, maximumPages));
  };

  const evaluate: Evaluator['evaluate'] = (entrypoint, input, context) => {
    const id = first.entrypoints.get(entrypoint);
    if (id === undefined)
      throw new EngineError('ENGINE_ENTRYPOINT', `the policies have no entrypoint ${entrypoint}`);
    const parts = pieceBytes(input);
    const used = instanceFor(parts.reduce((sum, part) => sum + part.length, 0));
    instance = undefined; // After an error nobody may use it again.
    try {
      const text = used.evaluate(id, parts, context);
      if (used.memoryBytes() <= KEEP_BYTES) instance = used;
      return text;
    } catch (thrown) {
      throw toEngineError(thrown);
    }
  };

  return {
    entrypoints: [...first.entrypoints.keys()],
    evaluate,
    evaluateBytes: (entrypoint, input, context) =>
      evaluate(entrypoint, [checkJson(input).json], context),
  };
}

const ENCODER = new TextEncoder();

function pagesFor(textBytes: number): number {
  return Math.ceil((textBytes * GROWTH) / PAGE);
}

/** A module says only when it is linked how much memory it needs at least; the limit is not in the JavaScript API. */
function smallestInstance(
  instantiate: (pages: number) => Instance,
  extraPages: number,
  maximumPages: number,
): { readonly instance: Instance; readonly pages: number } {
  for (
    let pages = Math.min(8 + extraPages, maximumPages);
    ;
    pages = Math.min(pages * 2, maximumPages)
  ) {
    try {
      return { instance: instantiate(pages), pages };
    } catch (thrown) {
      if (!(thrown instanceof WebAssembly.LinkError) || pages >= maximumPages) {
        throw toEngineError(thrown, 'ENGINE_LOAD');
      }
    }
  }
}
