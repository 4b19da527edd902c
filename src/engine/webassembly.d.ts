/**
 * The part of the WebAssembly JavaScript API that the engine uses. Node has it, its type package does not; the `dom`
 * library does, but would let every file believe it runs in a browser.
 */
declare namespace WebAssembly {
  interface ModuleImportDescriptor {
    readonly module: string;
    readonly name: string;
    readonly kind: 'function' | 'global' | 'memory' | 'table' | 'tag';
  }

  interface ModuleExportDescriptor {
    readonly name: string;
    readonly kind: 'function' | 'global' | 'memory' | 'table' | 'tag';
  }

  class Module {
    constructor(bytes: ArrayBuffer | ArrayBufferView);
    static imports(module: Module): ModuleImportDescriptor[];
    static exports(module: Module): ModuleExportDescriptor[];
    private readonly brand: undefined;
  }

  interface MemoryDescriptor {
    /** Pages of 64 KiB. */
    readonly initial: number;
    readonly maximum?: number;
  }

  class Memory {
    constructor(descriptor: MemoryDescriptor);
    /** A new object after each growth; the one before is detached. */
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }

  class Global {
    readonly value: unknown;
  }

  type ImportValue = ((...args: number[]) => unknown) | Memory | Global;
  type Imports = Record<string, Record<string, ImportValue>>;

  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Readonly<Record<string, unknown>>;
  }

  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}

  function compile(bytes: ArrayBuffer | ArrayBufferView): Promise<Module>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
}
