import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { tar } from '../../../../src/cli/policy/tar.ts';

describe('tar', () => {
  it('is read by the system’s tar, whatever the length of a file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1100 }), (bytes) => {
        const archive = tar([
          { name: '.manifest', bytes: Buffer.from('{}') },
          { name: 'policy.wasm', bytes },
        ]);
        const listed = execFileSync('tar', ['-tf', '-'], { input: archive, encoding: 'utf8' });
        expect(listed.trim().split('\n')).toEqual(['.manifest', 'policy.wasm']);
        const read = execFileSync('tar', ['-xOf', '-', 'policy.wasm'], { input: archive });
        expect(read.equals(Buffer.from(bytes))).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('refuses a name that does not fit', () => {
    expect(() => tar([{ name: 'a'.repeat(101), bytes: new Uint8Array() }])).toThrow(RangeError);
  });
});
