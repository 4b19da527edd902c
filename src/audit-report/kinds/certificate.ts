import type { StoredRecord } from '../../ledger/ledger.ts';
import type { Decision } from '../../model/decision.ts';
import { VERSION } from '../../version.ts';
import { selectionOf } from '../ask.ts';
import type { ReportAsk } from '../ask.ts';
import { ReportError } from '../errors.ts';
import type { ReportReaders } from '../readers.ts';
import type { AuditReport, Figure, Table } from '../report.ts';
import { COLUMN } from './columns.ts';
import { itemsOf, SAID_COLUMNS, saidRows } from './decision-items.ts';
import { rowsOf } from './rows.ts';

/** Everything that is recorded of one decision: what was asked, by what it was judged, and what was said of which resource. */
export async function certificateReport(
  ask: ReportAsk,
  readers: ReportReaders,
): Promise<AuditReport> {
  const record = await find(ask, readers);
  const { decision } = record;
  const policies = new Map(readers.policies().map((policy) => [policy.id, policy]));
  return {
    kind: 'certificate',
    title: `Certificate of the decision ${record.id}`,
    summary:
      'That this was decided, when, about which document and by which rules. The digests name the exact bytes; the evidence proves that the record is in the log.',
    madeAt: readers.clock().toISOString(),
    period: {},
    selection: selectionOf(ask),
    version: VERSION,
    figures: figuresOf(decision),
    charts: [],
    tables: [factTable(record), verdictTable(record), unjudgedTable(record)],
    items: async function* () {
      await Promise.resolve();
      yield* itemsOf(record, policies);
    },
    notes: decision.document.notes.map(({ message }) => message),
  };
}

async function find({ decision: id }: ReportAsk, readers: ReportReaders): Promise<StoredRecord> {
  if (id === undefined)
    throw new ReportError('REPORT_INVALID', 'A certificate is of one decision.', {
      help: 'Say which: its id stands in the answer, and in the list of decisions.',
    });
  const record = await readers.decision(id);
  if (record?.decision !== undefined) return record;
  if (record !== undefined)
    throw new ReportError('REPORT_UNKNOWN', 'What was decided is no longer kept.', {
      help: 'The body aged out or was erased; that it was recorded can still be proved from the log.',
    });
  throw new ReportError('REPORT_UNKNOWN', 'There is no decision with this id.');
}

function figuresOf({
  decision,
  point,
  summary,
  violations,
  exempt,
  unknown,
  failed,
}: Decision): Figure[] {
  const unsure = unknown.length + failed.length;
  return [
    {
      label: 'Decision',
      value: decision,
      tone: decision === 'deny' ? 'bad' : 'good',
      detail: `at ${point}`,
    },
    {
      label: 'Denied',
      value: String(violations.length),
      tone: violations.length > 0 ? 'bad' : 'plain',
    },
    {
      label: 'Exempt',
      value: String(exempt.length),
      tone: exempt.length > 0 ? 'warning' : 'plain',
    },
    { label: 'Not known', value: String(unsure), tone: unsure > 0 ? 'warning' : 'plain' },
    { label: 'Complied', value: String(summary.compliant), tone: 'plain', detail: 'verdicts' },
  ];
}

function factTable({ sequence, id, time, decision }: StoredRecord): Table {
  const { document, policies, rules, context, coverage, timings } = decision;
  const run = { ...context.run };
  const labels = { ...context.labels };
  const facts: [string, string | number | undefined][] = [
    ['record', sequence],
    ['id', id],
    ['time', time],
    ['decision', decision.decision],
    ['reason', decision.reason],
    ['point', decision.point],
    ['dry run', String(decision.dryRun)],
    ['asked by', context.actor],
    ...Object.entries(run).map(([key, value]): [string, string] => [`run ${key}`, value]),
    ...Object.entries(labels).map(([key, value]): [string, string] => [`label ${key}`, value]),
    ['document', document.name],
    ['source', document.source],
    ['bytes', document.bytes],
    ['resources', document.resources],
    ['judged', coverage.judged],
    ['digest of the document', document.digest],
    ['policies', policies.count],
    ['digest of the policies', policies.digest],
    ['rules', rules.count],
    ['digest of the rules', rules.digest],
    ['milliseconds to normalise', timings.normaliseMs],
    ['milliseconds to evaluate', timings.evaluateMs],
    ['milliseconds to decide', timings.decideMs],
  ];
  return {
    id: 'facts',
    title: 'The decision',
    columns: [
      { id: 'name', title: 'What', type: 'text' },
      { id: 'value', title: 'Value', type: 'text', width: 3 },
    ],
    rows: rowsOf(
      facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => ({ cells: [name, value ?? null], quotes: sequence })),
    ),
    empty: 'Nothing is recorded.',
  };
}

function verdictTable(record: StoredRecord): Table {
  return {
    id: 'verdicts',
    title: 'What the rules said',
    columns: SAID_COLUMNS,
    rows: rowsOf([...saidRows(record)]),
    empty: 'No rule found anything wrong.',
    main: true,
  };
}

function unjudgedTable({ decision: { coverage } }: StoredRecord): Table {
  return {
    id: 'unjudged',
    title: 'Resources that no rule judged',
    columns: [COLUMN.address, { id: 'kind', title: 'Kind', type: 'text' }],
    rows: rowsOf(coverage.unjudged.map(({ address, kind }) => ({ cells: [address, kind] }))),
    empty: 'Every resource was judged.',
  };
}
