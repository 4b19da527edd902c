import { messageOf } from '../../kit/errors.ts';
import type { EngineErrorCode } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** What the allocator of a module says when the memory's maximum is reached (wasm/src/malloc.c of OPA). */
const OUT_OF_MEMORY = 'opa_malloc: failed';

/** A module called `opa_abort`: it gave up on the evaluation. */
export function abortError(message: string): EngineError {
  if (message === OUT_OF_MEMORY) return memoryError();
  return new EngineError('ENGINE_TRAP', `the policy aborted: ${message}`);
}

export function memoryError(): EngineError {
  return new EngineError('ENGINE_MEMORY', 'the policy needs more memory than it may have', {
    help: 'Judge fewer resources at once, or raise the memory limit of the engine.',
  });
}

/**
 * Whatever came out of WebAssembly, as our own error. Modules throw RuntimeErrors, the stack a RangeError, builtins
 * what they like; this is the only place that knows.
 */
export function toEngineError(
  thrown: unknown,
  fallback: EngineErrorCode = 'ENGINE_TRAP',
): EngineError {
  if (thrown instanceof EngineError) return thrown;
  if (thrown instanceof RangeError && thrown.message.includes('call stack')) {
    return new EngineError('ENGINE_TRAP', 'the policy went too deep: the stack is full', {
      cause: thrown,
    });
  }
  return new EngineError(fallback, `the policy stopped: ${messageOf(thrown)}`, { cause: thrown });
}
