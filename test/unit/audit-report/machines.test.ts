import fc from 'fast-check';
import { create } from 'xmlbuilder2';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { gitlab } from '../../../src/audit-report/formats/gitlab/index.ts';
import { junit } from '../../../src/audit-report/formats/junit/index.ts';
import { oscal } from '../../../src/audit-report/formats/oscal/index.ts';
import { policyReport } from '../../../src/audit-report/formats/policyreport/index.ts';
import { sarif } from '../../../src/audit-report/formats/sarif/index.ts';
import { fitting } from '../../../src/audit-report/formats/sarif/limits.ts';
import { worstOf } from '../../../src/audit-report/items.ts';
import type { AuditReport, Item, ReportFormat } from '../../../src/audit-report/report.ts';
import { uuidOf } from '../../../src/audit-report/uuid.ts';
import { hostileReport, item, report, reportOn, SAMPLE, written } from '../../reports-sample.ts';

const MACHINES: readonly ReportFormat[] = [sarif, junit, gitlab, policyReport, oscal];

const Sarif = z.object({
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.object({
      tool: z.object({
        driver: z.object({
          rules: z.array(
            z.object({ id: z.string(), properties: z.object({ tags: z.array(z.string()) }) }),
          ),
        }),
      }),
      invocations: z.tuple([
        z.object({
          toolExecutionNotifications: z.array(
            z.object({ message: z.object({ text: z.string() }) }),
          ),
        }),
      ]),
      results: z.array(
        z.object({
          ruleId: z.string(),
          kind: z.string().optional(),
          level: z.string(),
          message: z.object({ text: z.string() }),
          locations: z.tuple([
            z.object({
              physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string() }) }),
            }),
          ]),
          suppressions: z.array(z.object({ justification: z.string() })).optional(),
        }),
      ),
    }),
  ]),
});

async function sarifOf(given: AuditReport) {
  const [run] = Sarif.parse(JSON.parse(await written(sarif, given))).runs;
  const [{ toolExecutionNotifications }] = run.invocations;
  return { run, said: toolExecutionNotifications.map(({ message }) => message.text) };
}

describe('a report as SARIF', () => {
  it('names the worst first, suppresses what is exempt, and asks for a look at what is not known', async () => {
    const { run } = await sarifOf(reportOn(SAMPLE));
    expect(
      run.results.map(({ level, kind, locations: [{ physicalLocation }], suppressions }) => [
        level,
        kind,
        physicalLocation.artifactLocation.uri,
        suppressions?.[0]?.justification,
      ]),
    ).toEqual([
      ['error', undefined, 'arn%3Aaws%3As3%3A%3A%3Aworst', undefined],
      ['error', undefined, 'arn%3Aaws%3As3%3A%3A%3Aexempt', 'EX-7'],
      ['none', 'review', 'west/default/Deployment/web', undefined],
      ['warning', undefined, 'arn%3Aaws%3As3%3A%3A%3Alow', undefined],
    ]);
    expect(run.tool.driver.rules).toMatchObject([
      { id: 'PC-TAG-001', properties: { tags: [expect.any(String), 'NIST 800-53 r5 CM-8'] } },
    ]);
  });

  it('keeps to the limits of GitHub, and says what it cut', async () => {
    const many = Array.from({ length: 25_010 }, (_, at) =>
      item({ severity: at < 25_000 ? 'low' : 'critical', address: `r-${at}` }),
    );
    const { run, said } = await sarifOf(reportOn(many, { notes: ['Account 1 was not read.'] }));
    expect(run.results).toHaveLength(25_000);
    expect(
      run.results
        .slice(0, 11)
        .map(({ locations: [{ physicalLocation }] }) => physicalLocation.artifactLocation.uri),
    ).toEqual([...Array.from({ length: 10 }, (_, at) => `r-${25_000 + at}`), 'r-0']);
    expect(said).toEqual([
      expect.stringMatching(
        /^The 25000 most serious of 25010 findings are written down: GitHub takes/,
      ),
      'GitHub shows the 5000 most serious of the 25000 findings in this file.',
      'Account 1 was not read.',
    ]);
  });

  it('cuts until the packed file is small enough', async () => {
    const different = Array.from({ length: 400 }, (_, at) =>
      item({ address: `r-${at}`, message: uuidOf(`${at}`).repeat(4) }),
    );
    const worst = await worstOf(reportOn(different), 1000);
    const cut = await fitting(worst, 10_000);
    expect(cut.items.length).toBeGreaterThan(20);
    expect(cut.items.length).toBeLessThan(300);
    expect(cut.items).toEqual(worst.items.slice(0, cut.items.length));
    expect(cut.all).toBe(400);
  });

  it.each([
    ['//evil.example/x', 'evil.example/x'],
    ['../../etc/passwd', '%2E%2E/%2E%2E/etc/passwd'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['', 'resource'],
  ])('has %j for a place, not a link', async (address, uri) => {
    const { run } = await sarifOf(reportOn([item({ address })]));
    expect(run.results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  });

  it('has no links in its messages', async () => {
    const { run } = await sarifOf(hostileReport());
    for (const { message } of run.results) expect(message.text).not.toContain('](');
  });
});

describe('a report as JUnit', () => {
  it('fails what denies, passes what warns, skips what is exempt or not known', async () => {
    const xml = await written(junit, reportOn(SAMPLE));
    expect(xml).toContain(
      '<testsuite name="PC-TAG-001" tests="4" failures="1" errors="0" skipped="2">',
    );
    expect(xml).toContain('<failure message="payments-data has no owner tag.">');
    expect(xml).toContain('<skipped message="exempt (EX-7): payments-data has no owner tag."/>');
    expect(xml).toContain('<skipped message="not known: payments-data has no owner tag."/>');
    expect(xml).toContain('<system-out>message: payments-data has no owner tag.');
  });

  it('stays XML whatever names hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (text) => {
        const xml = await written(
          junit,
          reportOn([item({ policy: text, address: text, message: text, fix: text })]),
        );
        expect(xml).not.toMatch(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u);
        expect(() => create(xml)).not.toThrow();
      }),
      { numRuns: 60 },
    );
  });
});

describe('a report for GitLab', () => {
  it('is a list of issues, with the notes among them', async () => {
    const text = await written(gitlab, reportOn(SAMPLE, { notes: ['Account 1 was not read.'] }));
    expect(text.startsWith('[')).toBe(true);
    expect(JSON.parse(text)).toMatchObject([
      { severity: 'info', description: 'Account 1 was not read.' },
      { severity: 'blocker', location: { path: 'arn:aws:s3:::worst', lines: { begin: 1 } } },
      {
        severity: 'info',
        description:
          'Exempt (EX-7): arn:aws:s3:::exempt: payments-data has no owner tag. Add owner to its tags.',
      },
      {
        severity: 'info',
        description:
          'Not known: west/default/Deployment/web: payments-data has no owner tag. Add owner to its tags.',
      },
      { severity: 'minor', location: { path: 'arn:aws:s3:::low' } },
    ]);
  });
});

describe.each(MACHINES)('$id', (format) => {
  it(
    'says so when it is cut, and holds no more than that in memory',
    { timeout: 60_000 },
    async () => {
      let made = 0;
      // eslint-disable-next-line @typescript-eslint/require-await -- Items come from a store in earnest.
      async function* items(): AsyncGenerator<Item> {
        for (; made < 30_000; made += 1)
          yield item({ address: `r-${made}`, reference: `f-${made}` });
      }
      let text = '';
      let largest = 0;
      const cuts: string[] = [];
      const onCut = (cut: string): void => void cuts.push(cut);
      for await (const piece of format.write(report({ items }), onCut)) {
        largest = Math.max(largest, piece.length);
        if (text.length < 20_000_000) text += Buffer.from(piece).toString('utf8');
      }
      expect(made).toBe(30_000);
      expect(largest).toBeLessThan(40_000_000);
      const said = 'The 25000 most serious of 30000 findings are written down';
      if (format.id === 'policyreport') expect(text).not.toContain('most serious');
      else expect(text).toContain(said);
      // Whoever asked is told too: nobody opens a file of 25,000 findings to look for a note.
      expect(cuts.map((cut) => cut.slice(0, said.length))).toEqual(
        format.id === 'policyreport' ? [] : [said],
      );
    },
  );

  it('holds hostile text as text that no terminal obeys', async () => {
    const text = await written(format, hostileReport());
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(text).not.toContain('<script');
    expect(text).not.toContain('<img');
  });
});
