import type { Severity } from '../../model/point.ts';
import type { Finding } from '../../sweep/finding.ts';
import type { Period, ReportAsk } from '../ask.ts';
import type { ReportReaders } from '../readers.ts';
import { openFindings, selectedFindings } from './posture-findings.ts';
import { teamOfFinding } from './select.ts';
import { bucketsOf, tally } from './tally.ts';
import type { Tally } from './tally.ts';

/** The columns of tallies by severity, the worst first. */
export const WORST_FIRST = [
  'critical',
  'high',
  'medium',
  'low',
] as const satisfies readonly Severity[];

/** Findings, added up. Those that somebody bears are counted apart. */
export interface PostureCount {
  readonly open: number;
  readonly exempt: number;
  readonly unsure: number;
  /** As in `WORST_FIRST`. */
  readonly severities: readonly number[];
  readonly rules: Tally;
  readonly accounts: Tally;
  readonly teams: Tally;
  /** By rule, in one column. */
  readonly borne: Tally;
  /** By policy, in one column. */
  readonly policies: Tally;
  /** Opened and resolved, by day. */
  readonly changes: Tally;
}

/** Reads the open findings once, and those that were resolved in the period. */
export async function countPosture(
  ask: ReportAsk,
  period: Period,
  readers: ReportReaders,
): Promise<PostureCount> {
  const [rules, accounts, teams] = [tally(4), tally(4), tally(4)];
  const [borne, policies, changes] = [tally(1), tally(1), tally(2)];
  const severities = [0, 0, 0, 0];
  let [open, exempt, unsure] = [0, 0, 0];
  const change = changeCounter(changes, period);
  for await (const finding of openFindings(ask, readers)()) {
    change(finding);
    if (finding.exemption !== undefined) {
      exempt += 1;
      borne.add(finding.rule, 0);
      continue;
    }
    const column = WORST_FIRST.indexOf(finding.severity);
    open += 1;
    unsure += finding.unsureSince === undefined ? 0 : 1;
    severities[column] = (severities[column] ?? 0) + 1;
    rules.add(finding.rule, column);
    accounts.add(finding.account, column);
    teams.add(teamOfFinding(finding), column);
    policies.add(finding.policy, 0);
  }
  for await (const finding of selectedFindings(ask, readers, 'resolved', period.since)())
    change(finding);
  return { open, exempt, unsure, severities, rules, accounts, teams, borne, policies, changes };
}

function changeCounter(changes: Tally, period: Period): (finding: Finding) => void {
  const buckets = bucketsOf(period);
  const add = (time: string | undefined, column: number): void => {
    if (time !== undefined && time >= period.since && time < period.until)
      changes.add(buckets.of(time), column);
  };
  return ({ firstSeen, reopenedAt, resolvedAt }) => {
    add(firstSeen, 0);
    add(reopenedAt, 0);
    add(resolvedAt, 1);
  };
}
