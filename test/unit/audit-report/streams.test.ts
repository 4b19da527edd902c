import { describe, expect, it } from 'vitest';

import { csv } from '../../../src/audit-report/formats/csv/index.ts';
import { json } from '../../../src/audit-report/formats/json/index.ts';
import { markdown } from '../../../src/audit-report/formats/markdown/index.ts';
import { ndjson } from '../../../src/audit-report/formats/ndjson/index.ts';
import { reportOf } from '../../reports-sample.ts';

const MILLION = 1_000_000;

describe.each([csv, json, ndjson, markdown])('a million rows as $id', (format) => {
  it('are read only as fast as somebody takes them', async () => {
    let read = 0;
    const report = reportOf('web');
    const tables = report.tables.slice(0, 1).map((table) => ({
      ...table,
      rows: async function* () {
        await Promise.resolve();
        for (; read < MILLION; read += 1) yield { cells: [read, 'web', '', null] };
      },
    }));
    const pieces = format.write({ ...report, tables })[Symbol.asyncIterator]();
    for (let taken = 1; taken <= 3; taken += 1) {
      const piece = await pieces.next();
      expect(piece.done).toBe(false);
      // A piece of 64 KiB has less than 8,192 rows of at least 8 bytes.
      expect(read).toBeLessThan(taken * 8192);
    }
    await pieces.return(undefined);
  });
});
