import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { csv } from '../../../src/audit-report/formats/csv/index.ts';
import { json } from '../../../src/audit-report/formats/json/index.ts';
import { reportOf, written } from '../../reports-sample.ts';

async function csvOf(text: string): Promise<string> {
  return await written(csv, reportOf(text));
}

describe('CSV', () => {
  it('is a head and a line for each row, ended as RFC 4180 says', async () => {
    expect(await csvOf('web, "the" shop')).toBe(
      'sequence,name,time,nothing\r\n1,"web, ""the"" shop",2026-11-20T08:00:00.000Z,\r\n',
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ['\t=1+1', '\\u0009=1+1'],
    ['\r=1+1', '\\u000d=1+1'],
    ['a;=1+1', "a;'=1+1"],
    ['a; "=1+1', `"a; ""'=1+1"`],
    ['a\r\n=1+1', 'a =1+1'],
    ['\u202egnp', '\\u202egnp'],
    ['\u001b[2J', '\\u001b[2J'],
  ])('makes %j harmless', async (text, cell) => {
    expect(await csvOf(text)).toBe(
      `sequence,name,time,nothing\r\n1,${cell},2026-11-20T08:00:00.000Z,\r\n`,
    );
  });
});

describe('JSON', () => {
  it('gives back every text as it was', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, async (name) => {
        const read: unknown = JSON.parse(await written(json, reportOf(name)));
        expect(read).toMatchObject({
          title: name,
          tables: [{ rows: [{ sequence: 1, name, nothing: null }] }, { rows: [] }],
        });
      }),
      { numRuns: 40 },
    );
  });
});
