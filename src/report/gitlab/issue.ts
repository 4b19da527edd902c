import type { Enforcement, Severity } from '../../model/point.ts';

/** An entry of GitLab's code quality report. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const SEVERITIES = {
  low: 'minor',
  medium: 'major',
  high: 'critical',
  critical: 'blocker',
} as const satisfies Record<Severity, Issue['severity']>;

/** How bad a violation is: what stops nobody is minor, whatever it is about. */
export function severityOf(violation: {
  readonly severity: Severity;
  readonly enforcement: Enforcement;
}): Issue['severity'] {
  return violation.enforcement === 'deny' ? SEVERITIES[violation.severity] : 'minor';
}
