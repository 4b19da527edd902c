import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { moduleSteps, segmentsOf } from '../../../../src/sources/terraform-plan/address.ts';

describe('module addresses', () => {
  test.each([
    [undefined, []],
    ['', []],
    ['module.a', [{ name: 'a', key: undefined }]],
    [
      'module.a[0].module.b',
      [
        { name: 'a', key: 0 },
        { name: 'b', key: undefined },
      ],
    ],
    [
      'module.a["x.y"].module.b["c/d[0]"]',
      [
        { name: 'a', key: 'x.y' },
        { name: 'b', key: 'c/d[0]' },
      ],
    ],
    ['module.a["say \\"hi\\""]', [{ name: 'a', key: 'say "hi"' }]],
    ['module.a["$${x} %%{y} \\\\ \\n"]', [{ name: 'a', key: '${x} %{y} \\ \n' }]],
  ])('%s', (address, steps) => {
    expect(moduleSteps(address)).toEqual(steps);
  });

  test('any key survives its quoting', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        const quoted = key
          .replace(/[\\"]/g, '\\$&')
          .replaceAll('\n', '\\n')
          .replaceAll('${', '$${')
          .replaceAll('%{', '%%{');
        expect(moduleSteps(`module.a["${quoted}"].module.b`)).toEqual([
          { name: 'a', key },
          { name: 'b', key: undefined },
        ]);
      }),
    );
  });

  test('text of any kind comes to an end', () => {
    fc.assert(fc.property(fc.string(), (text) => segmentsOf(text).length <= text.length));
  });
});
