import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { html } from '../../src/audit-report/formats/html/index.ts';
import { oscal } from '../../src/audit-report/formats/oscal/index.ts';
import { sarif } from '../../src/audit-report/formats/sarif/index.ts';
import { xlsx } from '../../src/audit-report/formats/xlsx/index.ts';
import { workbook } from '../../src/audit-report/formats/xlsx/workbook.ts';
import { zipped } from '../../src/audit-report/formats/xlsx/zip.ts';
import { inertSheetText } from '../../src/audit-report/inert/sheet.ts';
import type { AuditReport } from '../../src/audit-report/report.ts';
import {
  bytes,
  HOSTILE,
  hostileReport,
  joined,
  reportOn,
  SAMPLE,
  table,
  written,
} from '../reports-sample.ts';
import { findReaders } from './readers/find.ts';
import type { Readers } from './readers/find.ts';

const found = findReaders();

/** Reads a document with the models that are generated from NIST's schema; says why it cannot. */
const READ_OSCAL = `
import pathlib, sys, warnings
warnings.simplefilter("ignore")
from trestle.oscal.assessment_results import AssessmentResults
try:
    document = AssessmentResults.oscal_read(pathlib.Path(sys.argv[1]))
    print("read", len(document.results[0].observations or []))
except Exception as thrown:
    print("refused", type(thrown).__name__)
`;

/** Reads a workbook whole, and says of each sheet what it is and what its cells hold, with the types that they have. */
const READ_WORKBOOK = `
import json, sys, warnings
warnings.simplefilter("error")
import openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps([{
    "name": sheet.title,
    "frozen": sheet.freeze_panes,
    "bold": [cell.font.b for cell in sheet[1]],
    "cells": [[[cell.value, cell.data_type] for cell in row] for row in sheet.rows],
} for sheet in book]))
`;

const Workbook = z.array(
  z.object({
    name: z.string(),
    frozen: z.string().nullable(),
    bold: z.array(z.boolean()),
    cells: z.array(
      z.array(z.tuple([z.union([z.string(), z.number(), z.null()]), z.enum(['s', 'n'])])),
    ),
  }),
);

const REPORTS = [
  ['an ordinary report', () => reportOn(SAMPLE)],
  ['a report without findings', () => reportOn([])],
  ['a report full of hostile text', hostileReport],
] as const satisfies readonly (readonly [string, () => AuditReport])[];

describe.skipIf(found === undefined)('reports in the hands of those who read them', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'portcullis-readers-'));
  let readers: Readers;
  let browser: Browser;
  let isSarif: ValidateFunction;

  beforeAll(async () => {
    readers = found!;
    browser = await chromium.launch({
      executablePath: readers.chromium,
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    });
    isSarif = sarifValidator(readers.sarifSchema);
  });

  afterAll(async () => {
    await (browser as Browser | undefined)?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(REPORTS)('SARIF of %s is valid by its schema', async (_, report) => {
    const log: unknown = JSON.parse(await written(sarif, report()));
    isSarif(log);
    expect(isSarif.errors ?? []).toEqual([]);
  });

  it('the schema refuses a level that there is not', async () => {
    const text = await written(sarif, reportOn(SAMPLE));
    expect(isSarif(JSON.parse(text.replace('"level":"error"', '"level":"severe"')))).toBe(false);
  });

  it.each(REPORTS)('OSCAL of %s is read by compliance-trestle', async (_, report) => {
    const text = await written(oscal, report());
    const count = text.split('"collected":').length - 1;
    expect(readOscal(text)).toBe(`read ${count}`);
  });

  it('compliance-trestle refuses a document without its mandatory parts', async () => {
    const text = await written(oscal, reportOn(SAMPLE));
    expect(readOscal(text.replace('"oscal-version"', '"another-version"'))).toMatch(/^refused/);
  });

  it('openpyxl reads a workbook of hostile text as texts, and none as a formula', async () => {
    const given = hostileReport();
    const tables = given.tables.slice(0, 1);
    const sheets = readWorkbook(await bytes(xlsx, { ...given, tables }));
    expect(sheets.map(({ name }) => name)).toEqual(['about', 'findings']);
    const { frozen, bold, cells } = sheets[1]!;
    const { columns } = table();
    expect({ frozen, bold }).toEqual({ frozen: 'A2', bold: columns.map(() => true) });
    expect(cells.slice(1)).toEqual(
      // That reader leaves an escape as it is, where Excel shows what it stands for.
      HOSTILE.map((text) => columns.map(() => [inertSheetText(text), 's'])),
    );
  });

  it('openpyxl reads a workbook that goes on in further sheets', async () => {
    const list = Array.from({ length: 7 }, (_, at) => ({
      cells: ['high', ` ${at} `, '', null, at],
    }));
    const given = reportOn([], { tables: [table({ list })] });
    const sheets = readWorkbook(
      await joined(zipped(workbook(given, { rows: 5, bytes: Infinity }))),
    );
    const names = ['about', 'findings', 'findings (2)', 'findings (3)'];
    expect(sheets.map(({ name }) => name)).toEqual(names);
    const rows = sheets.slice(1).flatMap(({ cells }) => cells);
    expect(rows.filter(([first]) => first?.[0] === 'high')).toEqual(
      list.map((_, at) => [
        ['high', 's'],
        [` ${at} `, 's'],
        ['', 's'],
        [null, 'n'],
        [at, 'n'],
      ]),
    );
  });

  it.each(['light', 'dark'] as const)(
    'Chromium shows a hostile page as text alone, %s',
    async (colorScheme) => {
      const file = path.join(folder, `hostile-${colorScheme}.html`);
      writeFileSync(file, await written(html, hostileReport()));
      const page = await browser.newPage({ colorScheme });
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', (thrown) => said.push(thrown.message));
      page.on('dialog', (dialog) => said.push(dialog.message()));
      page.on('request', (request) => said.push(request.url()));
      await page.goto(pathToFileURL(file).href, { waitUntil: 'networkidle' });

      expect(said).toEqual([pathToFileURL(file).href]);
      const Seen = z.object({
        ran: z.boolean(),
        forged: z.number(),
        foreign: z.number(),
        links: z.array(z.string()),
        text: z.string(),
        styled: z.boolean(),
      });
      const seen = Seen.parse(await page.evaluate(LOOK));
      expect(seen).toMatchObject({ ran: false, forged: 0, foreign: 0, styled: true });
      expect(seen.links).toEqual(['#t0', '#t1']);
      for (const text of HOSTILE.slice(0, 7)) expect(seen.text).toContain(text);
      await page.close();
    },
  );

  it('Chromium prints the heads of a table on every sheet', async () => {
    const file = path.join(folder, 'print.html');
    writeFileSync(file, await written(html, hostileReport()));
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.emulateMedia({ media: 'print' });
    const display = await page.evaluate(
      'getComputedStyle(document.querySelector(".table thead")).display',
    );
    expect(display).toBe('table-header-group');
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
    await page.close();
  });

  function readWorkbook(content: Buffer): z.infer<typeof Workbook> {
    const file = path.join(folder, 'report.xlsx');
    writeFileSync(file, content);
    const printed = execFileSync(readers.workbookPython, ['-c', READ_WORKBOOK, file]);
    return Workbook.parse(JSON.parse(printed.toString('utf8')));
  }

  function readOscal(text: string): string {
    const file = path.join(folder, 'results.json');
    writeFileSync(file, text);
    return execFileSync(readers.oscalPython, ['-c', READ_OSCAL, file]).toString('utf8').trim();
  }
});

/** Run in the page, which by its own policy runs nothing. */
const LOOK = `({
  ran: window.ran === true,
  forged: document.querySelectorAll('#forged').length,
  foreign: document.querySelectorAll('script, img, iframe, object, form, x, b, label').length,
  links: [...document.querySelectorAll('a, link')].map((a) => a.getAttribute('href')),
  text: document.body.innerText,
  styled: getComputedStyle(document.querySelector('.brand')).display === 'flex',
})`;

/** The schema is of draft 4, whose words for this schema are those of later drafts; one of its patterns is no Unicode one. */
function sarifValidator(file: string): ValidateFunction {
  const Schema = z.record(z.string(), z.unknown());
  const { $schema, id, ...schema } = Schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  expect([$schema, id]).toEqual([expect.any(String), expect.any(String)]);
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
  formats.default(ajv);
  return ajv.compile(schema);
}
