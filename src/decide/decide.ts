import type { Rule, RuleSet } from '../bindings/rule.ts';
import { assertNever } from '../kit/assert-never.ts';
import type {
  Decision,
  ReportedFailure,
  ReportedUnknown,
  ReportedViolation,
} from '../model/decision.ts';
import { ENFORCEMENTS, SEVERITIES } from '../model/point.ts';
import type { Enforcement } from '../model/point.ts';
import type { Resource } from '../model/resource.ts';
import type { Verdict } from '../model/verdict.ts';
import { redactorOf } from '../redact/document.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { Judgement } from './judgement.ts';
import { reasonFor } from './reason.ts';
import { reportViolations } from './report-violation.ts';
import type { Reporting } from './report-violation.ts';

interface Tally {
  readonly violations: Record<Enforcement, ReportedViolation[]>;
  readonly exempt: ReportedViolation[];
  readonly unknown: ReportedUnknown[];
  readonly failed: ReportedFailure[];
  readonly summary: Decision['summary'];
  readonly judged: Set<string>;
}

/**
 * Verdicts -> what is answered. Pure, and fails closed: a violation or an unknown under `deny` denies, and so does
 * every verdict that could not be had.
 *
 * @param redactor knows the sensitive values of the document: what violations say goes through it.
 */
export function decide(
  verdicts: readonly Verdict[],
  resources: readonly Resource[],
  rules: RuleSet,
  redactor: Redactor = redactorOf(resources),
): Judgement {
  const tally = tallyUp({ verdicts, resources, rules, redactor });
  const unjudged = resources
    .filter(({ address }) => !tally.judged.has(address))
    .map(({ address, kind }) => ({ address, kind }));
  const judgement = {
    decision: denies(tally) ? ('deny' as const) : ('allow' as const),
    summary: tally.summary,
    violations: tally.violations.deny.sort(bySeverity),
    warnings: tally.violations.warn.sort(bySeverity),
    recorded: tally.violations.record.sort(bySeverity),
    exempt: tally.exempt.sort(bySeverity),
    unknown: tally.unknown.sort(bySeverity),
    failed: tally.failed.sort(bySeverity),
    coverage: { judged: resources.length - unjudged.length, unjudged },
  };
  return { ...judgement, reason: reasonFor(judgement, resources.length) };
}

function denies(tally: Tally): boolean {
  return (
    tally.violations.deny.length > 0 ||
    tally.failed.length > 0 ||
    tally.unknown.some(({ enforcement }) => enforcement === 'deny')
  );
}

interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly resources: readonly Resource[];
  readonly rules: RuleSet;
  readonly redactor: Redactor;
}

function tallyUp({ verdicts, resources, rules, redactor }: Judged): Tally {
  const tally = emptyTally();
  const resourceAt = new Map(resources.map((resource) => [resource.address, resource]));
  const ruleById = new Map(rules.rules.map((rule) => [rule.id, rule]));
  for (const verdict of verdicts) {
    tally.summary[verdict.verdict] += 1;
    if (verdict.verdict === 'not-applicable') continue;
    tally.judged.add(verdict.address);
    if (verdict.verdict === 'compliant') continue;
    const [rule, resource] = [ruleById.get(verdict.rule), resourceAt.get(verdict.address)];
    count(tally, verdict, { rule, resource, redactor });
  }
  return tally;
}

function count(
  tally: Tally,
  verdict: Exclude<Verdict, { readonly verdict: 'compliant' | 'not-applicable' }>,
  reporting: Reporting,
): void {
  switch (verdict.verdict) {
    case 'violation':
      tally.violations[verdict.enforcement].push(...reportViolations(verdict, reporting));
      return;
    case 'exempt':
      tally.exempt.push(...reportViolations(verdict, reporting));
      return;
    case 'unknown':
      tally.unknown.push(reportUnknown(verdict, reporting.rule));
      return;
    case 'failed':
      tally.failed.push({
        ...subject(verdict),
        code: verdict.failure.code,
        reason: verdict.failure.reason,
      });
      return;
    default:
      assertNever(verdict, 'verdict');
  }
}

/** Members stand in the order of the schema, so that an answer and its record are the same bytes. */
function reportUnknown(
  verdict: Verdict & { verdict: 'unknown' },
  rule: Rule | undefined,
): ReportedUnknown {
  return {
    rule: verdict.rule,
    policy: verdict.policy,
    severity: verdict.severity,
    enforcement: verdict.onUnknown,
    address: verdict.address,
    kind: verdict.kind,
    title: rule?.policy.title ?? verdict.policy,
    paths: [...verdict.paths],
  };
}

function subject({ rule, policy, severity, address, kind }: Verdict) {
  return { rule, policy, severity, address, kind };
}

function emptyTally(): Tally {
  const violations: Tally['violations'] = { deny: [], warn: [], record: [] };
  return {
    violations,
    exempt: [],
    unknown: [],
    failed: [],
    summary: { violation: 0, unknown: 0, exempt: 0, failed: 0, compliant: 0, 'not-applicable': 0 },
    judged: new Set(),
  };
}

type Ranked = Pick<ReportedViolation, 'severity' | 'address' | 'rule'> & {
  readonly enforcement?: Enforcement;
  readonly path?: string;
};

/** The worst first; then by address, rule and path, so that the same verdicts always print the same. */
function bySeverity(a: Ranked, b: Ranked): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    rankOf(a) - rankOf(b) ||
    compare(a.address, b.address) ||
    compare(a.rule, b.rule) ||
    compare(a.path ?? '', b.path ?? '')
  );
}

function rankOf({ enforcement }: Ranked): number {
  return enforcement === undefined ? 0 : ENFORCEMENTS.indexOf(enforcement);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
