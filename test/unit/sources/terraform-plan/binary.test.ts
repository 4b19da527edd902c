import { describe, expect, test } from 'vitest';

import { isBinaryPlan } from '../../../../src/sources/terraform-plan/binary.ts';

/** The first header of a ZIP file, up to the name of its first entry. */
function zip(name: string): Uint8Array {
  const header = Buffer.alloc(30 + name.length);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(name.length, 26);
  header.write(name, 30, 'latin1');
  return header;
}

describe('the binary plan', () => {
  test.each([
    ['a saved plan', zip('tfplan'), true],
    ['another ZIP archive', zip('readme.md'), false],
    ['an archive with a name that only begins alike', zip('tfplan.txt'), false],
    ['cut off', zip('tfplan').subarray(0, 33), false],
    ['JSON', Buffer.from('{"a":1}'), false],
    ['nothing', new Uint8Array(), false],
  ])('%s', (_, bytes, expected) => {
    expect(isBinaryPlan(bytes)).toBe(expected);
  });
});
