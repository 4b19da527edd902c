import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { contentOf } from '../../../src/audit-report/formats/pdf/content.ts';
import { PdfError } from '../../../src/audit-report/formats/pdf/errors.ts';
import { pdf } from '../../../src/audit-report/formats/pdf/index.ts';
import { lettersRefused, withoutLetters } from '../../../src/audit-report/formats/pdf/letters.ts';
import { TEMPLATE } from '../../../src/audit-report/formats/pdf/template.ts';
import { untilBreakable } from '../../../src/audit-report/formats/pdf/text.ts';
import { typeset } from '../../../src/audit-report/formats/pdf/typeset.ts';
import { bytes, hostileReport, report, table } from '../../reports-sample.ts';

const SLOW = 170_000;

describe('a report as PDF', () => {
  it(
    'is tagged, has a title and a language, and holds nothing that acts',
    { timeout: SLOW },
    async () => {
      const file = (await bytes(pdf, hostileReport())).toString('latin1');
      expect(file.startsWith('%PDF-1.7')).toBe(true);
      expect(file).toContain('<pdfuaid:part>1</pdfuaid:part>');
      expect(file).toContain('<dc:language>');
      expect(file).toMatch(/<dc:title>.*Report &lt;script/s);
      for (const active of ['/JavaScript', '/Launch', '/URI', '/EmbeddedFile', '/OpenAction'])
        expect(file).not.toContain(active);
    },
  );

  it('shows letters that no font has as escapes', { timeout: SLOW }, async () => {
    // Of a plane in which nothing is assigned.
    const given = report({ title: 'Nobody has \u{70000} this' });
    const file = (await bytes(pdf, given)).toString('utf8');
    expect(file).toMatch(/<dc:title>.*Nobody has \\u\{70000\} this/s);
  });

  it('is the same file when it is made again', { timeout: SLOW }, async () => {
    const given = report({ tables: [table({ list: [{ cells: ['high', 'a', 'b', null, 1] }] })] });
    expect(await bytes(pdf, given)).toEqual(await bytes(pdf, given));
  });

  it('says what the compiler refused', { timeout: SLOW }, async () => {
    const content = await contentOf(report(), () => undefined);
    const broken = { ...content, facts: [] };
    await expect(typeset(broken, 0)).rejects.toThrow(PdfError);
    await expect(typeset(broken, 0)).rejects.toMatchObject({ code: 'PDF_FAILED' });
  });

  it('says where the rest is of a table that is too long for paper', async () => {
    const list = Array.from({ length: 2_500 }, (_, at) => ({
      cells: ['low', `r-${at}`, null, null, at],
    }));
    const cuts: string[] = [];
    const given = report({ tables: [table({ list }), table()] });
    const { tables } = await contentOf(given, (cut) => cuts.push(cut));
    expect(cuts).toEqual([expect.stringMatching(/^findings: The first 2,000 of 2,500 rows/)]);
    expect(tables.map(({ rows }) => rows.length)).toEqual([2_000, 0]);
    expect(tables[0]?.said).toMatch(
      /^The first 2,000 of 2,500 rows: more than paper bears\. .* XLSX/,
    );
    expect(tables[1]?.said).toBe('There are no findings.');
  });

  it('gives a wide table a sheet of its own only when it has rows', async () => {
    const columns = Array.from({ length: 9 }, (_, at) => ({
      ...{ id: `c${at}`, title: `Column ${at}` },
      type: 'text' as const,
    }));
    const empty = table({ columns });
    const full = table({ columns, list: [{ cells: columns.map(() => 'x') }] });
    const { tables } = await contentOf(report({ tables: [empty, full] }), () => undefined);
    expect(tables.map(({ wide }) => wide)).toEqual([false, true]);
  });

  it('takes texts as data alone', () => {
    expect(TEMPLATE.match(/sys\.inputs/g)).toHaveLength(1);
    expect(TEMPLATE).not.toMatch(/\beval\b|#import|#include|\bread\(/);
  });
});

describe('long names on paper', () => {
  it('break after what divides them, and say the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const parts = untilBreakable(text).split('\u200b');
        expect(parts.join('')).toBe(text.replaceAll('\u200b', ''));
      }),
    );
    expect(untilBreakable('arn:aws:s3:::payments-data')).toBe(
      'arn:\u200baws:\u200bs3:\u200b:\u200b:\u200bpayments-\u200bdata',
    );
  });
});

describe('letters without a glyph', () => {
  it.each([
    ['message: "the text `\\"漢字\\"` could not be displayed with font"', ['漢', '字']],
    ['the text contains the disallowed codepoint `\\"\\\\u{e000}\\"`', ['\ue000']],
    ['unknown variable: x', []],
    ['the text `"a"` could not be displayed', []],
  ])('are read from what the compiler says: %s', (said, letters) => {
    expect([...lettersRefused(said)]).toEqual(letters);
  });

  it('become escapes that are read as text', () => {
    const json = JSON.stringify({ title: 'a漢ü' });
    expect(JSON.parse(withoutLetters(json, new Set(['漢'])))).toEqual({ title: 'a\\u{6f22}ü' });
    expect(JSON.parse(withoutLetters(json, 'all but ASCII'))).toEqual({
      title: 'a\\u{6f22}\\u{fc}',
    });
  });
});
