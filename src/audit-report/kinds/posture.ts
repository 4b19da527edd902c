import type { Policy } from '../../model/policy.ts';
import { counted } from '../../report/counted.ts';
import type { Period, ReportAsk } from '../ask.ts';
import type { ReportReaders } from '../readers.ts';
import type { AuditReport, Chart, Figure, Series } from '../report.ts';
import { coverageOf } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { opening } from './opening.ts';
import { openFindings, postureItems } from './posture-findings.ts';
import { countPosture } from './posture-count.ts';
import type { PostureCount } from './posture-count.ts';
import {
  accountTable,
  controlTable,
  findingTable,
  gapTable,
  ruleTable,
  teamTable,
} from './posture-tables.ts';
import { barsOf, bucketsOf, sum, timeChart } from './tally.ts';

/** What sweeps found wrong in what exists, by control, rule, account and team; and what they could not read. */
export async function postureReport(ask: ReportAsk, readers: ReportReaders): Promise<AuditReport> {
  const head = opening('posture', ask, readers.clock());
  const { period } = head;
  const open = openFindings(ask, readers);
  const counted = await countPosture(ask, period, readers);
  const coverage = await coverageOf(readers, ask.account);
  const policies = new Map(readers.policies().map((policy) => [policy.id, policy]));
  return {
    ...head,
    summary:
      'What the last sweeps found to be against the rules in the resources that exist. It says nothing of what could not be read, and of what no rule looks at.',
    figures: figuresOf(counted, coverage),
    charts: chartsOf(counted, period),
    tables: [
      controlTable(counted, coverage, ask, readers),
      ruleTable(counted, readers.rules(), wanted(ask, policies)),
      accountTable(counted, coverage, readers),
      teamTable(counted),
      gapTable(coverage),
      findingTable(open),
    ],
    items: () => postureItems(open, policies),
    notes: notesOf(counted, coverage),
  };
}

/** Which rules a posture is about. */
function wanted({ rule, framework }: ReportAsk, policies: ReadonlyMap<string, Policy>) {
  const name = framework?.toLowerCase();
  return (id: string, policy: string): boolean =>
    (rule === undefined || rule === id) &&
    (name === undefined ||
      (policies.get(policy)?.controls ?? []).some((control) =>
        control.framework.toLowerCase().includes(name),
      ));
}

const SERIES: readonly Series[] = [
  { label: 'critical', tone: 'bad' },
  { label: 'high', tone: 'bad' },
  { label: 'medium', tone: 'warning' },
  { label: 'low', tone: 'plain' },
];

function figuresOf(
  { open, exempt, unsure, severities }: PostureCount,
  coverage: Coverage,
): Figure[] {
  const [critical = 0, high = 0] = severities;
  const { accounts, read } = coverage;
  // None found is good news only of what was looked at.
  const none = coverage.whole ? 'good' : 'plain';
  return [
    {
      label: 'Open findings',
      value: String(open),
      tone: open === 0 ? none : 'bad',
      detail: `${exempt} more are borne by exemptions`,
    },
    { label: 'Critical', value: String(critical), tone: critical === 0 ? none : 'bad' },
    { label: 'High', value: String(high), tone: high === 0 ? none : 'bad' },
    {
      label: 'Accounts read whole',
      value: `${read} of ${accounts.size}`,
      tone: coverage.whole ? 'good' : 'warning',
      detail: coverage.gaps.length === 0 ? 'no gap is known' : counted(coverage.gaps.length, 'gap'),
    },
    {
      label: 'Not certain any more',
      value: String(unsure),
      tone: unsure === 0 ? 'plain' : 'warning',
      detail: 'open, and lately nobody could tell',
    },
  ];
}

function chartsOf(counted: PostureCount, period: Period): Chart[] {
  const { rules, accounts, teams, changes, open } = counted;
  const by = (title: string, of: typeof rules): Chart =>
    barsOf(of, { title, unit: 'open findings', series: SERIES });
  const over = timeChart(changes, bucketsOf(period).names, {
    title: 'Opened and resolved over time',
    unit: 'findings',
    series: [
      { label: 'opened', tone: 'bad' },
      { label: 'resolved', tone: 'good' },
    ],
  });
  if (open === 0 && sum(changes.ranked().flatMap(([, row]) => row)) === 0) return [];
  return [over, by('By rule', rules), by('By account', accounts), by('By team', teams)];
}

function notesOf(
  { unsure }: PostureCount,
  { accounts: { size: asked }, read, gaps, never, swept }: Coverage,
): string[] {
  return [
    ...(swept.length === 0
      ? ['No sweep has ended: nothing was read, and nothing is claimed.']
      : []),
    ...never.map((inventory) => `${inventory} was never swept to the end: nothing is known of it.`),
    ...(read < asked
      ? [
          `Of ${asked} accounts ${asked - read} could not be read, or not wholly: that nothing was found there does not mean that nothing is wrong.`,
        ]
      : []),
    ...(gaps.length > 0 ? ['What could not be read stands in the table of gaps.'] : []),
    ...(unsure > 0 ? ['A finding that nobody can tell of stays open until somebody can.'] : []),
    'A finding that was resolved and came back is counted in the charts by the last time of each.',
  ];
}
