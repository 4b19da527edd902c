import type { RepairRun, RepairStep } from '../../repair/journal.ts';
import type { Period, ReportAsk } from '../ask.ts';
import type { ReportReaders } from '../readers.ts';
import type { AuditReport, Figure, Row, Table } from '../report.ts';
import { COLUMN } from './columns.ts';
import { eventTable } from './event-table.ts';
import { opening } from './opening.ts';
import { rowsOf } from './rows.ts';
import { accountOfScope, ruleSelector } from './select.ts';
import { barsOf, tally } from './tally.ts';
import type { Tally } from './tally.ts';

/** What the journal lists at once. */
const MOST_RUNS = 500;

type Wanted = (step: RepairStep) => boolean;

/** What was mended in a period, resource by resource, with what was there before; from the journal, and from the ledger. */
export async function repairsReport(ask: ReportAsk, readers: ReportReaders): Promise<AuditReport> {
  const head = opening('repairs', ask, readers.clock());
  const { period } = head;
  const all = await readers.repairRuns(MOST_RUNS);
  const begun = all.filter(
    ({ startedAt }) => startedAt >= period.since && startedAt < period.until,
  );
  const wanted = stepSelector(ask, readers);
  const { runs, states } = await count(begun, wanted, head.selection.length > 0, readers);
  return {
    ...head,
    summary:
      'Every repair that was begun in the period, with each resource that it wrote to, what was there before and what is there now.',
    figures: figuresOf(runs, states),
    charts: [
      barsOf(states, {
        title: 'What became of the resources',
        unit: 'resources',
        series: [{ label: 'resources', tone: 'plain' }],
      }),
    ],
    tables: [
      runTable(runs),
      stepTable(runs, wanted, readers),
      eventTable(
        readers,
        { type: 'repair', ...period },
        { title: 'What the ledger holds of repairs', empty: 'Nothing was recorded.' },
      ),
    ],
    notes: notesOf(all, ask, period),
  };
}

function notesOf(all: readonly RepairRun[], ask: ReportAsk, { since }: Period): string[] {
  const { account, rule, framework } = ask;
  const oldest = all.at(-1);
  const cut = all.length === MOST_RUNS && oldest !== undefined && oldest.startedAt > since;
  return [
    ...(cut
      ? [`Runs before ${oldest.startedAt} are not listed: the journal lists the last ${MOST_RUNS}.`]
      : []),
    ...((account ?? rule ?? framework) === undefined
      ? []
      : ['What the ledger holds is listed for the whole period, whatever is asked for.']),
  ];
}

/** Runs that wrote to something that is asked for, and what became of it. */
async function count(
  begun: readonly RepairRun[],
  wanted: Wanted,
  isNarrow: boolean,
  readers: ReportReaders,
): Promise<{ readonly runs: readonly RepairRun[]; readonly states: Tally }> {
  const states = tally(1);
  const runs: RepairRun[] = [];
  for (const run of begun) {
    const steps = (await readers.repairSteps(run.id)).filter(wanted);
    if (steps.length > 0 || !isNarrow) runs.push(run);
    for (const { state } of steps) states.add(run.dryRun ? `${state} (dry run)` : state, 0);
  }
  return { runs, states };
}

function stepSelector(ask: ReportAsk, readers: ReportReaders): Wanted {
  const chosen = ruleSelector(ask, readers);
  const { account } = ask;
  return ({ change: { target, rules } }) =>
    (account === undefined || accountOfScope(target.scope) === account) && chosen(rules);
}

function figuresOf(runs: readonly RepairRun[], states: Tally): Figure[] {
  const of = (state: string): number => states.of(state)[0] ?? 0;
  const undone = runs.filter(({ purpose, dryRun }) => purpose === 'undo' && !dryRun).length;
  return [
    {
      label: 'Runs',
      value: String(runs.length),
      tone: 'plain',
      detail: `${undone} took something back`,
    },
    {
      label: 'Mended',
      value: String(of('verified')),
      tone: 'good',
      detail: 'read back, and as planned',
    },
    { label: 'Failed', value: String(of('failed')), tone: of('failed') > 0 ? 'warning' : 'plain' },
    {
      label: 'To be looked at',
      value: String(of('unresolved')),
      tone: of('unresolved') > 0 ? 'bad' : 'plain',
      detail: 'what is there is not what was planned',
    },
  ];
}

function runTable(runs: readonly RepairRun[]): Table {
  return {
    id: 'runs',
    title: 'Runs',
    columns: [
      { id: 'run', title: 'Run', type: 'id' },
      { id: 'plan', title: 'Plan', type: 'id', detail: true },
      { id: 'purpose', title: 'Purpose', type: 'text' },
      { id: 'undoes', title: 'Takes back', type: 'id', detail: true },
      { id: 'dry_run', title: 'Dry run', type: 'text' },
      { id: 'actor', title: 'By', type: 'text' },
      COLUMN.state,
      COLUMN.reason,
      { id: 'started_at', title: 'Begun', type: 'time' },
      { id: 'finished_at', title: 'Ended', type: 'time' },
    ],
    rows: rowsOf(
      runs.map((run) => ({
        cells: [
          run.id,
          run.plan,
          run.purpose,
          run.undoes ?? null,
          String(run.dryRun),
          run.actor,
          run.state,
          run.reason,
          run.startedAt,
          run.finishedAt ?? null,
        ],
      })),
    ),
    empty: 'Nothing was repaired in this period.',
  };
}

function stepTable(runs: readonly RepairRun[], wanted: Wanted, readers: ReportReaders): Table {
  return {
    id: 'steps',
    title: 'Resources',
    columns: [
      { id: 'run', title: 'Run', type: 'id', detail: true },
      COLUMN.address,
      COLUMN.kind,
      COLUMN.account,
      COLUMN.rules,
      COLUMN.state,
      { id: 'tag', title: 'Tag', type: 'text' },
      { id: 'before', title: 'Before', type: 'text' },
      { id: 'after', title: 'After', type: 'text' },
      { id: 'attempt', title: 'Attempts', type: 'number', detail: true },
      COLUMN.reason,
      { id: 'intended_at', title: 'Begun', type: 'time', detail: true },
      { id: 'finished_at', title: 'Ended', type: 'time' },
    ],
    rows: async function* () {
      for (const { id } of runs)
        for (const step of await readers.repairSteps(id)) if (wanted(step)) yield* stepRows(step);
    },
    empty: 'No resource was written to in this period.',
    main: true,
  };
}

/** One row for each tag: null before means that it was not there, null after that it was taken away. */
function* stepRows(step: RepairStep): Generator<Row> {
  const { run, change, state, attempt, reason, intendedAt, finishedAt } = step;
  const { address, kind, target, rules, set, remove } = change;
  const head = [run, address, kind, accountOfScope(target.scope), rules.join(', '), state];
  const tail = [attempt, reason, intendedAt, finishedAt ?? null];
  for (const [tag, { before, after }] of Object.entries(set))
    yield { cells: [...head, tag, before, after, ...tail] };
  for (const [tag, { before }] of Object.entries(remove))
    yield { cells: [...head, tag, before, null, ...tail] };
}
