import type { Log, ReportingDescriptor, Result, Run } from 'sarif';

import type { Decision, ReportedUnknown, ReportedViolation } from '../../model/decision.ts';
import type { Enforcement } from '../../model/point.ts';
import { decided, undecided } from '../report.ts';
import type { Outcome, Report } from '../report.ts';
import { exemptText } from '../exempt-text.ts';
import { fingerprint } from '../fingerprint.ts';
import { toUri } from './uri.ts';

/** GitHub takes 25,000 results a run and shows 5,000; the worst stand first, so the cut loses the least. */
const MOST_RESULTS = 25_000;

/** SARIF 2.1.0, for code scanning. A plan has no lines of its own: results point at its file and name the address. */
export const sarif = {
  id: 'sarif',
  title: 'SARIF 2.1.0, for code scanning',
  render: (outcome) => `${JSON.stringify(log(outcome), null, 2)}\n`,
} satisfies Report;

function log(outcome: Outcome): Log {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run(outcome)],
  };
}

function run(outcome: Outcome): Run {
  const decisions = decided(outcome);
  const results = decisions.flatMap(({ name, decision }) => resultsOf(name, decision));
  return {
    tool: { driver: { name: 'Portcullis', version: outcome.version, rules: rulesOf(decisions) } },
    results: results.slice(0, MOST_RESULTS),
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful:
          undecided(outcome).length === 0 &&
          decisions.every(({ decision }) => decision.failed.length === 0),
        toolExecutionNotifications: notifications(outcome),
      },
    ],
  };
}

function notifications(outcome: Outcome) {
  const broken = undecided(outcome).map(({ name, problem }) => ({
    level: 'error' as const,
    descriptor: { id: problem.code },
    message: { text: `${name}: ${problem.message}` },
  }));
  const failed = decided(outcome).flatMap(({ decision }) =>
    decision.failed.map((entry) => ({
      level: 'error' as const,
      descriptor: { id: entry.code },
      message: { text: `${entry.policy} could not judge ${entry.address}: ${entry.reason}` },
    })),
  );
  return [...broken, ...failed];
}

function resultsOf(name: string, decision: Decision): Result[] {
  const violations = [...decision.violations, ...decision.warnings, ...decision.recorded];
  return [
    ...violations.map((violation) => violationResult(name, violation)),
    ...decision.exempt.map((violation) => ({
      ...violationResult(name, violation),
      suppressions: [
        {
          kind: 'external' as const,
          status: 'accepted' as const,
          justification: exemptText(violation),
        },
      ],
    })),
    ...decision.unknown.map((unknown) => unknownResult(name, unknown)),
  ];
}

function allViolations(decision: Decision): ReportedViolation[] {
  const { violations, warnings, recorded, exempt } = decision;
  return [...violations, ...warnings, ...recorded, ...exempt];
}

function violationResult(name: string, violation: ReportedViolation): Result {
  const fix = violation.fix === '' ? '' : ` ${violation.fix}`;
  return {
    ruleId: violation.policy,
    level: LEVELS[violation.enforcement],
    message: { text: `${violation.message}${fix}` },
    locations: [
      location(violation.location?.file ?? name, violation.location?.line, violation.address),
    ],
    partialFingerprints: { 'policyAddressPath/v1': fingerprint(violation) },
    properties: { rule: violation.rule, address: violation.address, path: violation.path },
  };
}

function unknownResult(name: string, unknown: ReportedUnknown): Result {
  return {
    ruleId: unknown.policy,
    kind: 'review',
    level: 'none',
    message: { text: `${unknown.address}: not known until apply: ${unknown.paths.join(', ')}` },
    locations: [location(name, undefined, unknown.address)],
    partialFingerprints: {
      'policyAddressPath/v1': fingerprint({ ...unknown, path: unknown.paths.join(' ') }),
    },
    properties: { rule: unknown.rule, address: unknown.address },
  };
}

const LEVELS = { deny: 'error', warn: 'warning', record: 'note' } as const satisfies Record<
  Enforcement,
  string
>;

function location(file: string, line: number | undefined, address: string) {
  return {
    physicalLocation: { artifactLocation: { uri: toUri(file) }, region: { startLine: line ?? 1 } },
    logicalLocations: [{ fullyQualifiedName: address, kind: 'resource' }],
  };
}

function rulesOf(decisions: readonly { decision: Decision }[]): ReportingDescriptor[] {
  const rules = new Map<string, ReportingDescriptor>();
  for (const { decision } of decisions) {
    for (const violation of allViolations(decision)) {
      rules.set(violation.policy, describe(violation));
    }
    for (const { policy } of decision.unknown)
      if (!rules.has(policy)) rules.set(policy, { id: policy });
  }
  return [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function describe({ policy, rule, severity, fix }: ReportedViolation): ReportingDescriptor {
  return {
    id: policy,
    name: rule,
    ...(fix === '' ? {} : { help: { text: fix } }),
    // GitHub sorts alerts by this number: https://docs.github.com/code-security (SARIF support, security-severity).
    properties: { 'security-severity': SECURITY_SEVERITY[severity], tags: [severity] },
  };
}

const SECURITY_SEVERITY = { low: '3.0', medium: '5.5', high: '8.0', critical: '9.5' } as const;
