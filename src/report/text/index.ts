import picocolors from 'picocolors';

import type { Decision, ReportedViolation } from '../../model/decision.ts';
import { counted } from '../counted.ts';
import { exemptText } from '../exempt-text.ts';
import { printable, printableValue } from '../printable.ts';
import type { Checked, Outcome, Problem, Report, ReportOptions } from '../report.ts';
import { byResource } from './group.ts';
import type { Finding } from './group.ts';
import { summaryLines } from './summary.ts';

/** For people: grouped by resource, the worst first, each with what to do. */
export const text = {
  id: 'text',
  title: 'For people, grouped by resource',
  render: (outcome, options) =>
    outcome.checked.map((entry) => renderDocument(entry, outcome, options)).join('\n'),
} satisfies Report;

type Colours = ReturnType<typeof picocolors.createColors>;

function renderDocument(entry: Checked, outcome: Outcome, options: ReportOptions): string {
  const colours = picocolors.createColors(options.colour);
  const lines =
    'decision' in entry
      ? decisionLines(entry.name, entry.decision, outcome, colours)
      : problemLines(entry.name, entry.problem, colours);
  return `${lines.join('\n')}\n`;
}

function problemLines(name: string, problem: Problem, colours: Colours): string[] {
  const where = problem.place === undefined || problem.place === '' ? name : problem.place;
  return [
    `${colours.red(colours.bold('NOT JUDGED'))}  ${printable(where)}`,
    `  ${printable(problem.message)}  ${colours.dim(problem.code)}`,
    ...(problem.help === undefined ? [] : [`  ${printable(problem.help)}`]),
  ];
}

function decisionLines(
  name: string,
  decision: Decision,
  outcome: Outcome,
  colours: Colours,
): string[] {
  const badge =
    decision.decision === 'deny'
      ? colours.red(colours.bold('DENIED'))
      : colours.green(colours.bold('ALLOWED'));
  const { source, resources, notes } = decision.document;
  return [
    `${badge}  ${printable(name)}  ${colours.dim(`${source}, ${counted(resources, 'resource')}, ${decision.point}`)}`,
    ...notes.map(({ message }) => `  ${colours.yellow('note')} ${printable(message)}`),
    ...byResource(decision).flatMap(({ address, kind, findings }) => [
      '',
      `${colours.bold(printable(address))}  ${colours.dim(printable(kind))}`,
      ...findings.flatMap((finding) => findingLines(finding, outcome, colours)),
    ]),
    '',
    ...summaryLines(decision, colours),
  ];
}

function findingLines(finding: Finding, outcome: Outcome, colours: Colours): string[] {
  switch (finding.verdict) {
    case 'violation':
      return violationLines(finding.violation, outcome, colours);
    case 'exempt':
      return exemptLines(finding.violation, outcome, colours);
    case 'unknown':
      return [
        `  ${mark(finding.unknown.enforcement, colours)} ${finding.unknown.severity}  ${printable(finding.unknown.title)}: not known until apply, hangs on ${finding.unknown.paths.map(printable).join(', ')}`,
        ruleLine(finding.unknown, outcome, colours),
      ];
    case 'failed':
      return [
        `  ${colours.red('✗')} ${finding.failed.severity}  could not be evaluated: ${printable(finding.failed.reason)} ${colours.dim(finding.failed.code)}`,
        ruleLine(finding.failed, outcome, colours),
      ];
  }
}

function violationLines(
  violation: ReportedViolation,
  outcome: Outcome,
  colours: Colours,
): string[] {
  const { actual, expected } = violation;
  const values = [
    ...(actual === null ? [] : [`is ${printableValue(actual)}`]),
    ...(expected === null ? [] : [`expected ${printableValue(expected)}`]),
  ];
  return [
    `  ${mark(violation.enforcement, colours)} ${violation.severity}  ${printable(violation.message)}`,
    ...detail(violation.path, values, colours),
    ...(violation.fix === '' ? [] : [`      ${colours.cyan('fix')} ${printable(violation.fix)}`]),
    ruleLine(violation, outcome, colours),
  ];
}

/** What is borne is told in short: who reads it has nothing to mend today. */
function exemptLines(violation: ReportedViolation, outcome: Outcome, colours: Colours): string[] {
  return [
    `  ${colours.dim('~')} ${violation.severity}  ${printable(violation.message)}`,
    `      ${colours.cyan('exempt')} ${printable(exemptText(violation))}`,
    ruleLine(violation, outcome, colours),
  ];
}

function detail(path: string, values: readonly string[], colours: Colours): string[] {
  if (path === '' && values.length === 0) return [];
  return [
    `      ${[printable(path), ...values].filter((part) => part !== '').join(colours.dim(' · '))}`,
  ];
}

function ruleLine(
  { rule, policy, ...rest }: { rule: string; policy: string; link?: string },
  outcome: Outcome,
  colours: Colours,
): string {
  const place = outcome.ruleSource(rule);
  const parts = [`${policy} by rule ${rule}`, place, rest.link];
  return `      ${colours.dim(
    parts
      .filter((part) => part !== undefined && part !== '')
      .map((part) => printable(part ?? ''))
      .join(' · '),
  )}`;
}

function mark(enforcement: ReportedViolation['enforcement'], colours: Colours): string {
  switch (enforcement) {
    case 'deny':
      return colours.red('✗');
    case 'warn':
      return colours.yellow('!');
    case 'record':
      return colours.dim('·');
  }
}
