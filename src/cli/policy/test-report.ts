import type { TestCase } from '../../engine/toolchain/toolchain.ts';
import { counted } from '../../report/counted.ts';
import { printable } from '../../report/printable.ts';
import type { SuiteResult, TestRun } from './test-run.ts';

/** One thing that went wrong, with where to look. */
export interface Failed {
  readonly name: string;
  readonly where: string;
  readonly message: string;
}

/** True when nothing failed. */
export function passed({ suites }: TestRun): boolean {
  return suites.every((suite) => failures(suite).length === 0);
}

export function failures(suite: SuiteResult): readonly Failed[] {
  const problems = suite.problems.map((message) => ({ name: suite.name, where: '', message }));
  const cases = suite.cases.filter(failedCase).map(({ name, file, line, message }) => ({
    name,
    where: `${file}:${line}`,
    message: message ?? 'the test is not true',
  }));
  const examples = suite.examples.flatMap(({ section, name, line, problem }) =>
    problem === undefined
      ? []
      : [{ name: `${section}: ${name}`, where: `${suite.examplesFile}:${line}`, message: problem }],
  );
  return [...problems, ...cases, ...examples];
}

export function failedCase({ outcome }: TestCase): boolean {
  return outcome === 'fail' || outcome === 'error';
}

/** A line a policy, its failures below it, and a summary. */
export function testText(run: TestRun, options: { readonly coverage: boolean }): string {
  const lines = run.suites.flatMap(suiteLines);
  if (options.coverage) lines.push('', ...coverageLines(run));
  return `${[...lines, '', summary(run)].join('\n')}\n`;
}

function suiteLines(suite: SuiteResult): string[] {
  const found = failures(suite);
  const head = [found.length === 0 ? 'ok  ' : 'FAIL', suite.name, suite.id, counts(suite)].filter(
    (part) => part !== undefined,
  );
  const details = found.flatMap(({ name, where, message }) => [
    `     ${printable(name)}${where === '' ? '' : `  ${where}`}`,
    ...message.split('\n').map((line) => `       ${printable(line)}`),
  ]);
  return [head.join('  '), ...details];
}

function counts({ cases, examples }: SuiteResult): string {
  const skipped = cases.filter(({ outcome }) => outcome === 'skip').length;
  const parts = [
    counted(cases.length, 'test'),
    counted(examples.length, 'example'),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return parts.join(', ');
}

function coverageLines({ files }: TestRun): string[] {
  return files.map(({ file, percent, notCovered }) => {
    const lines = notCovered.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
    return `${percent.toFixed(1).padStart(5)} %  ${file}${lines.length === 0 ? '' : `  not covered: ${lines.join(', ')}`}`;
  });
}

function summary({ suites, coverage }: TestRun): string {
  const sum = (count: (suite: SuiteResult) => number) =>
    suites.reduce((total, suite) => total + count(suite), 0);
  const failed = sum((suite) => failures(suite).length);
  const policies = suites.filter(({ id }) => id !== undefined).length;
  const parts = [
    counted(policies, 'policy', 'policies'),
    counted(
      sum(({ cases }) => cases.length),
      'test',
    ),
    counted(
      sum(({ examples }) => examples.length),
      'example',
    ),
    `coverage ${coverage.toFixed(1)} %`,
    failed === 0 ? 'all passed' : `${failed} failed`,
  ];
  return parts.join(', ');
}
