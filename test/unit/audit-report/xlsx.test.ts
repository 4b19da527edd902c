import fc from 'fast-check';
import readWorkbook from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';

import { xlsx } from '../../../src/audit-report/formats/xlsx/index.ts';
import { workbook } from '../../../src/audit-report/formats/xlsx/workbook.ts';
import { zipped } from '../../../src/audit-report/formats/xlsx/zip.ts';
import type { Part } from '../../../src/audit-report/formats/xlsx/zip.ts';
import { inertSheetText } from '../../../src/audit-report/inert/sheet.ts';
import type { AuditReport, Cell } from '../../../src/audit-report/report.ts';
import { bytes, joined, of, report, reportOf, table } from '../../reports-sample.ts';
import { unzip } from './unzip.ts';

/** As a reader that is not ours sees it: the name of each sheet and its cells. */
async function seen(file: Uint8Array) {
  return await readWorkbook(Buffer.from(file), { trim: false });
}

/** Two columns, so many rows. */
function longReport(count: number): AuditReport {
  const list = Array.from({ length: count }, (_, at) => ({ cells: [at, `name-${at}`] }));
  const columns = [
    { id: 'at', title: 'At', type: 'number' },
    { id: 'name', title: 'Name', type: 'text' },
  ] as const;
  return report({ tables: [table({ id: 'long', columns, list }), table({ id: 'other' })] });
}

describe('a workbook', () => {
  it('begins with a sheet about the report, and has one for each table', async () => {
    const sheets = await seen(await bytes(xlsx, reportOf('web')));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['about', 'decisions', 'empty']);
    expect(sheets[0]?.data.slice(0, 3)).toEqual([
      ['web', null],
      ['Summary', 'web'],
      ['From', '2026-11-01T00:00:00.000Z'],
    ]);
    expect(sheets[1]?.data).toEqual([
      ['Sequence', 'web', 'Time', 'Nothing'],
      [1, 'web', '2026-11-20T08:00:00.000Z', null],
    ]);
    expect(sheets[2]?.data).toEqual([['web'], ['web']]);
  });

  it('gives a reader that is not ours the very cells that were written', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: fc.constantFrom('_', 'x', 'X', '0', '0', 'D', ' ', '&', '<', '>', '=') }),
    );
    const cell = fc.oneof(
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.constant(null),
    );
    const rows = fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const sheets = await seen(await bytes(xlsx, reportOf('web', cells)));
        const [, ...read] = sheets[1]?.data ?? [];
        // A reader leaves out what has no cell: rows at the end.
        expect(read).toEqual(withoutEmptyEnd(cells.map((row) => row.map(asRead))));
      }),
      { numRuns: 60 },
    );
  });

  it('has every row of a long table, and cuts nothing', async () => {
    const file = await bytes(xlsx, longReport(60_000));
    const content = unzip(file).get('xl/worksheets/sheet1.xml') ?? '';
    expect(content.split('<row ')).toHaveLength(60_002);
    expect(content).toContain('<c r="A60001"><v>59999</v></c>');
  });

  it('is the same bytes for the same report, whenever it is made', async () => {
    const first = await bytes(xlsx, reportOf('web'));
    expect(first.equals(await bytes(xlsx, reportOf('web')))).toBe(true);
    // The time of each file in it: the first that an archive knows.
    expect(first.readUInt32LE(10)).toBe(0x0021_0000);
  });

  it('holds a text of a formula, of a number and of a truth as a text', async () => {
    const texts = ['=1+1', '12', 'TRUE', '2026-11-20', '+1', '@x'];
    const rows = [texts, texts.map((one) => ` ${one}`)];
    const file = await bytes(xlsx, report({ tables: [textTable(rows)] }));
    const content = unzip(file).get('xl/worksheets/sheet1.xml') ?? '';
    expect(content.match(/<c [^>]*t="inlineStr"/g)).toHaveLength(18);
    expect(content).toContain('<t xml:space="preserve"> =1+1</t>');
    expect(content).not.toMatch(/<f[ >]|<v>|t="(?:b|e|n|str|d)"/);
  });

  it('cuts a text at what a cell holds, and keeps one that just fits', async () => {
    const [fits, over] = ['a'.repeat(32_767), `${'b'.repeat(32_766)}😀`];
    const sheets = await seen(await bytes(xlsx, report({ tables: [textTable([[fits, over]])] })));
    expect(sheets[1]?.data[1]?.slice(0, 3)).toEqual([fits, `${'b'.repeat(32_766)}…`, null]);
  });

  it('names its columns as Excel does, past Z too', async () => {
    const columns = Array.from({ length: 30 }, (_, at) => column(`C${at}`));
    const cells = columns.map((_, at) => at);
    const wide = table({ id: 'wide', columns, list: [{ cells }] });
    const file = await bytes(xlsx, report({ tables: [wide] }));
    expect((await seen(file))[1]?.data[1]).toEqual(cells);
    expect(unzip(file).get('xl/worksheets/sheet1.xml')).toContain('<c r="AD2"><v>29</v></c>');
  });
});

describe('a table with more rows than a sheet takes', () => {
  it('goes on in further sheets with their heads, and both say so', async () => {
    const limits = { rows: 5, bytes: Infinity };
    const sheets = await seen(await joined(zipped(workbook(longReport(7), limits))));
    const names = ['about', 'long', 'long (2)', 'long (3)', 'other'];
    expect(sheets.map(({ sheet }) => sheet)).toEqual(names);
    const [about, first, second, third] = sheets.map(({ data }) => data);
    expect(first).toEqual([
      ['At', 'Name'],
      ...[0, 1, 2].map((at) => [at, `name-${at}`]),
      ['This table goes on in the sheet "long (2)".', null],
    ]);
    expect(second).toHaveLength(5);
    expect(third).toEqual([
      ['At', 'Name'],
      [6, 'name-6'],
    ]);
    expect(about).toContainEqual([
      'Sheets',
      '"long" has more rows than one sheet takes, and goes on in the sheets "long (2)" to "long (3)".',
    ]);
  });

  it('fills a sheet to the last row but one before another is begun', async () => {
    const limits = { rows: 5, bytes: Infinity };
    const names = async (rows: number): Promise<string[]> =>
      (await seen(await joined(zipped(workbook(longReport(rows), limits))))).map(
        ({ sheet }) => sheet,
      );
    expect(await names(3)).toEqual(['about', 'long', 'other']);
    expect(await names(4)).toEqual(['about', 'long', 'long (2)', 'other']);
  });

  it('goes on before the file of a sheet is larger than an archive can say', async () => {
    const limits = { rows: 1000, bytes: 2000 };
    const file = await joined(zipped(workbook(longReport(100), limits)));
    const contents = [...unzip(file)].filter(([name]) => name.includes('worksheets'));
    expect(contents.length).toBeGreaterThan(4);
    for (const [, content] of contents) expect(content.length).toBeLessThan(3000);
    const read = (await seen(file)).filter(({ sheet }) => sheet.startsWith('long'));
    const ids = read.flatMap(({ data }) => data.map(([at]) => at)).filter((at) => at !== 'At');
    expect(ids.filter((at) => typeof at === 'number')).toEqual([...Array(100).keys()]);
  });
});

describe('an archive', () => {
  it('that would be larger than it can say is refused, not written wrong', async () => {
    const pieces = zipped(noise(4), 100_000);
    await expect(joined(pieces)).rejects.toMatchObject({ code: 'REPORT_TOO_LARGE' });
  });

  it('reads no further when nobody takes it, and lets go of what it read', async () => {
    let [read, released] = [0, false];
    const rows = async function* () {
      await Promise.resolve();
      try {
        for (; read < 1_000_000; read += 1) yield { cells: [read, `${Math.sin(read)}`] };
      } finally {
        released = true;
      }
    };
    const pieces = xlsx.write(report({ tables: [{ ...table(), rows }] }));
    for (let taken = 1; taken <= 2; taken += 1) {
      expect((await pieces.next()).done).toBe(false);
      // A row of this is more than 8 bytes, however well it is compressed.
      expect(read).toBeLessThan((taken + 1) * 8192);
    }
    expect(released).toBe(false);
    await pieces.return(undefined);
    expect(released).toBe(true);
  });

  it('fails as what it reads fails, and is never ended then', async () => {
    const rows = async function* () {
      await Promise.resolve();
      yield { cells: ['one'] };
      throw new Error('the disk is gone');
    };
    const pieces = xlsx.write(report({ tables: [{ ...table(), rows }] }));
    await expect(joined(pieces)).rejects.toThrow('the disk is gone');
  });
});

/** Texts that cannot be made smaller, in so many files of 64 KiB. */
async function* noise(files: number): AsyncGenerator<Part> {
  await Promise.resolve();
  for (let file = 0; file < files; file += 1) {
    yield { file: `file-${file}` };
    yield Array.from({ length: 8192 }, (_, at) => `${Math.sin(at + file)}`.slice(-8)).join('');
  }
}

function column(title: string) {
  return { id: title, title, type: 'text' } as const;
}

function textTable(rows: readonly (readonly Cell[])[]) {
  const columns = ['A', 'B', 'C', 'D', 'E', 'F'].map(column);
  return table({ id: 'texts', columns, rows: () => of(rows.map((cells) => ({ cells }))) });
}

/** An empty text has no cell of its own in that reader. */
function asRead(cell: Cell): Cell {
  // Of a zero the sign is lost.
  if (typeof cell !== 'string') return cell === 0 ? 0 : cell;
  const text = inertSheetText(cell).replaceAll(/_x005f_/gi, '_');
  return text === '' ? null : text;
}

function withoutEmptyEnd(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const last = rows.findLastIndex((row) => row.some((cell) => cell !== null));
  return rows.slice(0, last + 1);
}
