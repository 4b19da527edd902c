import type { Decision, ReportedViolation } from '../../model/decision.ts';
import { exemptText } from '../exempt-text.ts';
import { fingerprint } from '../fingerprint.ts';
import { decided, undecided } from '../report.ts';
import type { Outcome, Report } from '../report.ts';
import { severityOf } from './issue.ts';
import type { Issue } from './issue.ts';

/** GitLab's code quality report: a JSON list, without a byte order mark. */
export const gitlab = {
  id: 'gitlab',
  title: 'GitLab code quality',
  render: (outcome) => `${JSON.stringify(issues(outcome), null, 2)}\n`,
} satisfies Report;

function issues(outcome: Outcome): Issue[] {
  return [
    ...undecided(outcome).map(({ name, problem }): Issue => ({
      description: `Not judged: ${problem.message}`,
      check_name: problem.code,
      fingerprint: fingerprint({ policy: problem.code, address: name, path: '' }),
      severity: 'blocker',
      location: at(name, undefined),
    })),
    ...decided(outcome).flatMap(({ name, decision }) => issuesOf(name, decision)),
  ];
}

function issuesOf(name: string, decision: Decision): Issue[] {
  return [
    ...decision.failed.map((entry) => ({
      description: `${entry.address}: could not be evaluated: ${entry.reason}`,
      check_name: entry.policy,
      fingerprint: fingerprint({ ...entry, path: entry.code }),
      severity: 'blocker' as const,
      location: at(name, undefined),
    })),
    ...[...decision.violations, ...decision.warnings].map((entry) => violationIssue(name, entry)),
    ...decision.exempt.map((entry) => ({
      ...violationIssue(name, entry),
      description: `${entry.address}: ${entry.message} Exempt ${exemptText(entry)}`,
      severity: 'info' as const,
    })),
    ...decision.unknown.map((entry) => ({
      description: `${entry.address}: not known until apply: ${entry.paths.join(', ')}`,
      check_name: entry.policy,
      fingerprint: fingerprint({ ...entry, path: entry.paths.join(' ') }),
      severity: 'info' as const,
      location: at(name, undefined),
    })),
  ];
}

function violationIssue(name: string, entry: ReportedViolation): Issue {
  return {
    description: `${entry.address}: ${entry.message} ${entry.fix}`.trim(),
    check_name: entry.policy,
    // Issues with one fingerprint are merged: the rule tells two bindings of one policy apart.
    fingerprint: fingerprint({ ...entry, policy: `${entry.policy} ${entry.rule}` }),
    severity: severityOf(entry),
    location: at(entry.location?.file ?? name, entry.location?.line),
  };
}

function at(path: string, line: number | undefined): Issue['location'] {
  return { path, lines: { begin: line ?? 1 } };
}
