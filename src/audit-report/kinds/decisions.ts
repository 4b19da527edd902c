import { compact } from '../../kit/compact.ts';
import type { RecordFilter, StoredRecord } from '../../ledger/ledger.ts';
import type { Decision } from '../../model/decision.ts';
import type { Policy } from '../../model/policy.ts';
import type { Period, ReportAsk } from '../ask.ts';
import type { ReportReaders } from '../readers.ts';
import type { AuditReport, Chart, Column, Figure, Row, Series, Table } from '../report.ts';
import { COLUMN } from './columns.ts';
import { itemsOf, SAID_COLUMNS, saidRows } from './decision-items.ts';
import { opening } from './opening.ts';
import { decisionsOf, goneSaid } from './pages.ts';
import { accountOfDecision, decisionSelector, teamOfDecision } from './select.ts';
import { barsOf, bucketsOf, tally, timeChart } from './tally.ts';
import type { Tally } from './tally.ts';

type Records = (onGone?: (count: number) => void) => AsyncGenerator<StoredRecord>;

/** What the gate decided in a period. The records are read once to be counted, and once for each table. */
export async function decisionsReport(
  ask: ReportAsk,
  readers: ReportReaders,
): Promise<AuditReport> {
  const head = opening('decisions', ask, readers.clock());
  const { period } = head;
  const records = await settled(ask, period, readers);
  const counted = await count(records, period);
  const policies = new Map(readers.policies().map((policy) => [policy.id, policy]));
  return {
    ...head,
    summary:
      'Every decision that the gate recorded in the period, with the rules that had something to say. What never came to the gate is not in it.',
    figures: figuresOf(counted),
    charts: chartsOf(counted, period),
    tables: [tableOf(records), saidTable(records)],
    items: () => items(records, policies),
    notes: notesOf(ask, counted),
  };
}

/** The records up to the newest of now, so that every table is of the same ones, whatever is decided meanwhile. */
async function settled(ask: ReportAsk, period: Period, readers: ReportReaders): Promise<Records> {
  const { rule } = ask;
  const chosen = decisionSelector(ask, readers.policies());
  const filter = { ...period, ...compact({ rule }) };
  const page = await readers.decisions({ ...filter, limit: 1 });
  const newest = page.records[0] ?? page.gone?.[0];
  const before = (newest?.sequence ?? -1) + 1;
  return (onGone) => selected(readers, { ...filter, before }, chosen, onGone);
}

async function* selected(
  readers: ReportReaders,
  filter: Omit<RecordFilter, 'limit'>,
  chosen: ReturnType<typeof decisionSelector>,
  onGone?: (count: number) => void,
): AsyncGenerator<StoredRecord> {
  for await (const record of decisionsOf(readers, filter, onGone))
    if (chosen(record.decision)) yield record;
}

interface Counted {
  readonly total: number;
  readonly denied: number;
  readonly dryRuns: number;
  readonly unsure: number;
  readonly exempt: number;
  /** Decisions of which the body is not kept any more. */
  readonly gone: number;
  /** Allowed and denied. */
  readonly time: Tally;
  /** Denied and warned. */
  readonly rules: Tally;
}

async function count(records: Records, period: Period): Promise<Counted> {
  const [time, rules] = [tally(2), tally(2)];
  const buckets = bucketsOf(period);
  let [total, denied, dryRuns, unsure, exempt, gone] = [0, 0, 0, 0, 0, 0];
  for await (const { decision, time: at } of records((count) => (gone += count))) {
    const isDenied = decision.decision === 'deny';
    total += 1;
    denied += isDenied ? 1 : 0;
    dryRuns += decision.dryRun ? 1 : 0;
    unsure += decision.unknown.length + decision.failed.length > 0 ? 1 : 0;
    exempt += decision.exempt.length > 0 ? 1 : 0;
    time.add(buckets.of(at), isDenied ? 1 : 0);
    for (const rule of new Set(decision.violations.map((one) => one.rule))) rules.add(rule, 0);
    for (const rule of new Set(decision.warnings.map((one) => one.rule))) rules.add(rule, 1);
  }
  return { total, denied, dryRuns, unsure, exempt, gone, time, rules };
}

function figuresOf({ total, denied, dryRuns, unsure, exempt, gone }: Counted): Figure[] {
  return [
    {
      label: 'Decisions',
      value: String(total),
      tone: 'plain',
      ...(dryRuns === 0 ? {} : { detail: `${dryRuns} of them were dry runs` }),
    },
    { label: 'Allowed', value: String(total - denied), tone: 'good' },
    { label: 'Denied', value: String(denied), tone: denied === 0 ? 'plain' : 'bad' },
    { label: 'With exemptions', value: String(exempt), tone: exempt === 0 ? 'plain' : 'warning' },
    {
      label: 'Not wholly known',
      value: String(unsure),
      tone: unsure === 0 ? 'plain' : 'warning',
      detail: 'a rule could not tell, or failed',
    },
    ...(gone === 0 ? [] : [goneFigure(gone)]),
  ];
}

/** Silence about them would read as "there were none". */
function goneFigure(gone: number): Figure {
  const detail = 'recorded, and what was decided is no longer kept';
  return { label: 'Not listed', value: String(gone), tone: 'warning', detail };
}

const ALLOWED: Series = { label: 'allowed', tone: 'good' };
const DENIED: Series = { label: 'denied', tone: 'bad' };
const WARNED: Series = { label: 'warned', tone: 'warning' };

function chartsOf({ total, time, rules }: Counted, period: Period): Chart[] {
  if (total === 0) return [];
  const over = { title: 'Decisions over time', unit: 'decisions', series: [ALLOWED, DENIED] };
  const by = { title: 'Rules that spoke most', unit: 'decisions', series: [DENIED, WARNED] };
  return [timeChart(time, bucketsOf(period).names, over), barsOf(rules, by)];
}

const COLUMNS: readonly Column[] = [
  COLUMN.sequence,
  COLUMN.decision,
  COLUMN.time,
  { id: 'decision', title: 'Answer', type: 'text' },
  { id: 'point', title: 'Point', type: 'text' },
  { id: 'dryRun', title: 'Dry run', type: 'text', detail: true },
  { id: 'source', title: 'Source', type: 'text', detail: true },
  { id: 'name', title: 'Document', type: 'text', width: 1.5 },
  { id: 'actor', title: 'Asked by', type: 'text' },
  { ...COLUMN.account, type: 'text', detail: true },
  { ...COLUMN.team, detail: true },
  { id: 'resources', title: 'Resources', type: 'number', detail: true },
  { id: 'violations', title: 'Denied', type: 'number', detail: true },
  { id: 'warnings', title: 'Warned', type: 'number', detail: true },
  { id: 'exempt', title: 'Exempt', type: 'number', detail: true },
  { id: 'unknown', title: 'Unknown', type: 'number', detail: true },
  { id: 'failed', title: 'Failed', type: 'number', detail: true },
  { id: 'denied_by', title: 'Denied by', type: 'text', width: 1.5 },
  { ...COLUMN.reason, width: 3 },
  { id: 'document', title: 'Digest of the document', type: 'id', width: 2.5, detail: true },
  { id: 'policies', title: 'Digest of the policies', type: 'id', width: 2.5, detail: true },
  { id: 'rules', title: 'Digest of the rules', type: 'id', width: 2.5, detail: true },
];

/** Rules that are named in a cell. */
const MOST_NAMED = 10;

function deniedBy({ violations }: Decision): string {
  const rules = [...new Set(violations.map(({ rule }) => rule))];
  const more = rules.length - MOST_NAMED;
  return [...rules.slice(0, MOST_NAMED), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function tableOf(records: Records): Table {
  return {
    id: 'decisions',
    title: 'Decisions, the newest first',
    columns: COLUMNS,
    rows: async function* () {
      for await (const record of records()) yield rowOf(record);
    },
    empty: 'Nothing was decided in this period.',
    main: true,
  };
}

/** Columns that carry the names of the leaf's members hold the same: the verifier compares them. */
function rowOf({ sequence, id, time, decision }: StoredRecord): Row {
  const { document, context } = decision;
  return {
    cells: [
      sequence,
      id,
      time,
      decision.decision,
      decision.point,
      String(decision.dryRun),
      document.source,
      document.name ?? null,
      context.actor ?? null,
      accountOfDecision(decision),
      teamOfDecision(decision),
      document.resources,
      decision.violations.length,
      decision.warnings.length,
      decision.exempt.length,
      decision.unknown.length,
      decision.failed.length,
      deniedBy(decision),
      decision.reason,
      document.digest,
      decision.policies.digest,
      decision.rules.digest,
    ],
    quotes: sequence,
  };
}

function saidTable(records: Records): Table {
  return {
    id: 'verdicts',
    title: 'What the rules said',
    columns: SAID_COLUMNS,
    rows: async function* () {
      for await (const record of records()) yield* saidRows(record);
    },
    empty: 'No rule had anything to say.',
  };
}

async function* items(records: Records, policies: ReadonlyMap<string, Policy>) {
  for await (const record of records()) yield* itemsOf(record, policies);
}

function notesOf({ account, team }: ReportAsk, { unsure, gone }: Counted): string[] {
  const labels =
    'A decision is of an account or a team when the request said so by a label; requests that said nothing are left out.';
  const unknown =
    'Where something is not known, nothing is claimed: it was neither found right nor wrong.';
  return [
    ...(account === undefined && team === undefined ? [] : [labels]),
    ...(unsure === 0 ? [] : [unknown]),
    ...goneSaid(gone),
  ];
}
