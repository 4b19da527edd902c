import { EngineError } from '../errors.ts';

/** The functions of OPA's ABI that the host calls; addresses and lengths in bytes. */
export interface ModuleExports {
  readonly opa_eval: AbiFunction;
  readonly opa_malloc: AbiFunction;
  readonly opa_free: AbiFunction;
  readonly opa_value_parse: AbiFunction;
  readonly opa_value_dump: AbiFunction;
  readonly opa_json_dump: AbiFunction;
  readonly opa_heap_ptr_get: AbiFunction;
  readonly opa_heap_ptr_set: AbiFunction;
  readonly builtins: AbiFunction;
  readonly entrypoints: AbiFunction;
}

type AbiFunction = (...args: number[]) => number;

/** Imports a policy module may ask for, all from `env`. */
const KNOWN_IMPORTS: ReadonlySet<string> = new Set([
  'memory',
  'opa_abort',
  'opa_println',
  'opa_builtin0',
  'opa_builtin1',
  'opa_builtin2',
  'opa_builtin3',
  'opa_builtin4',
]);

/**
 * Refuses a module that asks its host for more than a policy may: it is not one of OPA's.
 *
 * @throws EngineError ENGINE_LOAD.
 */
export function checkImports(module: WebAssembly.Module): void {
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    if (from === 'env' && KNOWN_IMPORTS.has(name)) continue;
    throw new EngineError(
      'ENGINE_LOAD',
      `the module imports ${from}.${name}, which no policy needs`,
    );
  }
}

/**
 * The functions of an instance, checked for being there, and its ABI for being one we speak.
 *
 * @throws EngineError ENGINE_LOAD.
 */
export function bindExports(exports: Readonly<Record<string, unknown>>): ModuleExports {
  checkVersion(exports);
  const bind = (name: string): AbiFunction => {
    const found = exports[name];
    if (!isAbiFunction(found))
      throw new EngineError(
        'ENGINE_LOAD',
        `the module does not export ${name}: no policy of OPA's`,
      );
    return found;
  };
  return {
    opa_eval: bind('opa_eval'),
    opa_malloc: bind('opa_malloc'),
    opa_free: bind('opa_free'),
    opa_value_parse: bind('opa_value_parse'),
    opa_value_dump: bind('opa_value_dump'),
    opa_json_dump: bind('opa_json_dump'),
    opa_heap_ptr_get: bind('opa_heap_ptr_get'),
    opa_heap_ptr_set: bind('opa_heap_ptr_set'),
    builtins: bind('builtins'),
    entrypoints: bind('entrypoints'),
  };
}

function isAbiFunction(value: unknown): value is AbiFunction {
  return typeof value === 'function';
}

function checkVersion(exports: Readonly<Record<string, unknown>>): void {
  const major = globalValue(exports['opa_wasm_abi_version']);
  const minor = globalValue(exports['opa_wasm_abi_minor_version']);
  // 1.2 brought opa_eval, the one call that does everything.
  if (major === 1 && minor !== undefined && minor >= 2) return;
  throw new EngineError(
    'ENGINE_LOAD',
    `the module speaks ABI ${major ?? '?'}.${minor ?? '?'}, not 1.2 or later`,
    {
      help: 'Build it with a current OPA.',
    },
  );
}

function globalValue(found: unknown): number | undefined {
  return found instanceof WebAssembly.Global && typeof found.value === 'number'
    ? found.value
    : undefined;
}
