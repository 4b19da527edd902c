import type {
  Decision,
  ReportedFailure,
  ReportedUnknown,
  ReportedViolation,
} from '../../model/decision.ts';

export type Finding =
  | { readonly verdict: 'violation'; readonly violation: ReportedViolation }
  | { readonly verdict: 'exempt'; readonly violation: ReportedViolation }
  | { readonly verdict: 'unknown'; readonly unknown: ReportedUnknown }
  | { readonly verdict: 'failed'; readonly failed: ReportedFailure };

export interface ResourceFindings {
  readonly address: string;
  readonly kind: string;
  readonly findings: Finding[];
}

/** Everything a decision has to say, by resource; what denies stands first. Recorded violations are left out. */
export function byResource(decision: Decision): ResourceFindings[] {
  const groups = new Map<string, ResourceFindings>();
  for (const [subject, finding] of findingsOf(decision)) {
    const group = groups.get(subject.address) ?? {
      address: subject.address,
      kind: subject.kind,
      findings: [],
    };
    group.findings.push(finding);
    groups.set(subject.address, group);
  }
  return [...groups.values()];
}

type Subject = Pick<ReportedViolation, 'address' | 'kind'>;

function findingsOf(decision: Decision): [Subject, Finding][] {
  const unknown = (enforcement: ReportedUnknown['enforcement']) =>
    decision.unknown
      .filter((entry) => entry.enforcement === enforcement)
      .map((entry): [Subject, Finding] => [entry, { verdict: 'unknown', unknown: entry }]);
  const violations = (entries: readonly ReportedViolation[]) =>
    entries.map((entry): [Subject, Finding] => [entry, { verdict: 'violation', violation: entry }]);
  return [
    ...decision.failed.map((entry): [Subject, Finding] => [
      entry,
      { verdict: 'failed', failed: entry },
    ]),
    ...violations(decision.violations),
    ...unknown('deny'),
    ...violations(decision.warnings),
    ...unknown('warn'),
    ...decision.exempt.map((entry): [Subject, Finding] => [
      entry,
      { verdict: 'exempt', violation: entry },
    ]),
  ];
}
