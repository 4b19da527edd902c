import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';

import { failedCase, failures } from './test-report.ts';
import type { SuiteResult, TestRun } from './test-run.ts';

interface Case {
  readonly name: string;
  readonly seconds?: number;
  readonly skipped?: boolean;
  readonly failure?: string;
}

/** JUnit XML: a suite a policy, a case a Rego test or an example. */
export function junit({ suites }: TestRun): string {
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('testsuites', {
    name: 'policies',
  });
  for (const suite of suites) write(root, suite);
  return `${root.end({ prettyPrint: true })}\n`;
}

function write(root: XMLBuilder, suite: SuiteResult): void {
  const cases = casesOf(suite);
  const element = root.ele('testsuite', {
    name: clean(suite.name),
    tests: cases.length,
    failures: failures(suite).length,
    skipped: cases.filter(({ skipped }) => skipped === true).length,
  });
  for (const { name, seconds, skipped, failure } of cases) {
    const entry = element.ele('testcase', {
      classname: clean(suite.name),
      name: clean(name),
      time: seconds ?? 0,
    });
    if (skipped === true) entry.ele('skipped');
    if (failure !== undefined)
      entry.ele('failure', { message: clean(failure.split('\n')[0] ?? '') }).txt(clean(failure));
  }
}

function casesOf({ name, cases, examples, problems }: SuiteResult): Case[] {
  return [
    ...problems.map((failure) => ({ name, failure })),
    ...cases.map((test) => ({
      name: test.name,
      seconds: test.seconds,
      skipped: test.outcome === 'skip',
      ...(failedCase(test) && { failure: test.message ?? 'the test is not true' }),
    })),
    ...examples.map(({ section, name: example, problem }) => ({
      name: `${section}: ${example}`,
      ...(problem !== undefined && { failure: problem }),
    })),
  ];
}

/** XML 1.0 §2.2 has no place for most control characters, not even escaped. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}');
}
