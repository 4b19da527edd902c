import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';

import type { Decision, ReportedViolation } from '../../model/decision.ts';
import { exemptText } from '../exempt-text.ts';
import type { Checked, Outcome, Report } from '../report.ts';

/** JUnit XML: a suite a document, a case a verdict that somebody must look at. */
export const junit = {
  id: 'junit',
  title: 'JUnit XML, for test reports of CI systems',
  render: async (outcome) => `${await document(outcome)}\n`,
} satisfies Report;

interface Case {
  readonly class: string;
  readonly name: string;
  readonly outcome?: {
    readonly tag: 'failure' | 'error' | 'skipped';
    readonly message: string;
    readonly body: string;
  };
  readonly output?: string;
}

async function document(outcome: Outcome): Promise<string> {
  const { create } = await import('xmlbuilder2');
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('testsuites', {
    name: 'portcullis',
  });
  for (const entry of outcome.checked) suite(root, entry);
  return root.end({ prettyPrint: true });
}

function suite(root: XMLBuilder, entry: Checked): void {
  const cases = 'decision' in entry ? casesOf(entry.decision) : [broken(entry)];
  const count = (tag: string) => cases.filter((testcase) => testcase.outcome?.tag === tag).length;
  const element = root.ele('testsuite', {
    name: clean(entry.name),
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  });
  for (const testcase of cases) write(element, testcase);
}

function write(parent: XMLBuilder, testcase: Case): void {
  const element = parent.ele('testcase', {
    classname: clean(testcase.class),
    name: clean(testcase.name),
  });
  if (testcase.outcome !== undefined) {
    const { tag, message, body } = testcase.outcome;
    element.ele(tag, { message: clean(message) }).txt(clean(body));
  }
  if (testcase.output !== undefined) element.ele('system-out').txt(clean(testcase.output));
}

function casesOf(decision: Decision): Case[] {
  return [
    { class: 'portcullis', name: 'decision', output: decision.reason },
    ...decision.violations.map((violation) => ({
      ...caseOf(violation),
      outcome: { tag: 'failure' as const, message: violation.message, body: details(violation) },
    })),
    ...decision.failed.map((entry) => ({
      ...caseOf(entry),
      outcome: { tag: 'error' as const, message: entry.reason, body: entry.code },
    })),
    ...decision.unknown.map((entry) => ({
      ...caseOf(entry),
      outcome: {
        tag: unknownTag(entry.enforcement),
        message: 'not known until apply',
        body: entry.paths.join('\n'),
      },
    })),
    ...decision.warnings.map((violation) => ({ ...caseOf(violation), output: details(violation) })),
    ...decision.exempt.map((violation) => ({
      ...caseOf(violation),
      output: `${details(violation)}\nexempt: ${exemptText(violation)}`,
    })),
  ];
}

function unknownTag(enforcement: string): 'failure' | 'skipped' {
  return enforcement === 'deny' ? 'failure' : 'skipped';
}

function caseOf({ rule, policy, address }: { rule: string; policy: string; address: string }) {
  return { class: policy, name: `${address} ${rule}` };
}

function broken(entry: Checked): Case {
  const problem = 'problem' in entry ? entry.problem : { code: '', message: '' };
  return {
    class: 'portcullis',
    name: 'decision',
    outcome: {
      tag: 'error',
      message: problem.message,
      body: [problem.code, problem.help].join('\n'),
    },
  };
}

function details({ message, path, expected, actual, fix, link }: ReportedViolation): string {
  return [
    message,
    `path: ${path}`,
    `actual: ${JSON.stringify(actual)}`,
    `expected: ${JSON.stringify(expected)}`,
    `fix: ${fix}`,
    `link: ${link}`,
  ].join('\n');
}

/** XML 1.0 has no place for control characters, not even escaped; a report with one is not XML. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}');
}
