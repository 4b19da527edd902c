import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { capMemory } from '../../../../src/engine/toolchain/memory-cap.ts';

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** A custom section in front, so that the memory section has to be looked for. */
const CUSTOM = [0, 3, 1, 0x78, 0];
const memory = (initial: number) => [5, 3, 1, 0, initial];
/** `(export "memory" (memory 0))` */
const EXPORT = [7, 10, 1, 6, ...Buffer.from('memory'), 2, 0];

function instantiate(bytes: Uint8Array): WebAssembly.Memory {
  const { memory: found } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  if (!(found instanceof WebAssembly.Memory)) throw new Error('no memory');
  return found;
}

describe('capMemory', () => {
  it('lets the memory grow to the cap and not a page further', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 300 }),
        (initial, room) => {
          const module = Uint8Array.from([...HEADER, ...CUSTOM, ...memory(initial), ...EXPORT]);
          const capped = instantiate(capMemory(module, initial + room));
          capped.grow(room);
          expect(() => capped.grow(1)).toThrow(RangeError);
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([
    ['no memory', [...HEADER, ...CUSTOM], 'TOOLCHAIN_BROKEN'],
    ['more memory from the start', [...HEADER, ...memory(9)], 'TOOLCHAIN_MEMORY'],
    [
      'a size that never ends',
      [...HEADER, 5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      'TOOLCHAIN_BROKEN',
    ],
  ])('refuses a module with %s', (_what, bytes, code) => {
    expect(() => capMemory(Uint8Array.from(bytes), 8)).toThrow(expect.objectContaining({ code }));
  });
});
