import { constantEntrypoints } from '../engine/policy-set/constant.ts';
import type { PolicySet } from '../engine/policy-set.ts';
import { createMemory } from './memory.ts';
import type { Memory } from './memory.ts';

/** For what comes back from page to page: tags of teams, facts that are true or false. */
const MEMORY_BYTES = 16 * 1024 * 1024;

/** The memory of a policy set. Made when it is asked for: looking through the policies takes a while, and a command that judges one document does not need it. */
export function memoryOf({ plan }: PolicySet): () => Memory {
  let memory: Memory | undefined;
  return () => {
    if (memory !== undefined) return memory;
    const constant = constantEntrypoints(plan);
    const isConstant = (entrypoint: string): boolean => constant.has(entrypoint);
    return (memory = createMemory({ isConstant, bytes: MEMORY_BYTES }));
  };
}
