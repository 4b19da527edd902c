import type { Selector } from '../../bindings/rule.ts';
import type { Period, ReportAsk } from '../ask.ts';
import type { KnownExemption, ReportReaders } from '../readers.ts';
import type { AuditReport, Figure, Item, Row, Table } from '../report.ts';
import { COLUMN } from './columns.ts';
import { itemsOf } from './decision-items.ts';
import { eventTable } from './event-table.ts';
import { opening } from './opening.ts';
import { decisionsOf, goneSaid } from './pages.ts';
import { rowsOf } from './rows.ts';
import { ruleSelector } from './select.ts';
import { barsOf, tally } from './tally.ts';
import type { Tally } from './tally.ts';

/** Who bears what until when, and how often that was made use of in a period. */
export async function exemptionsReport(
  ask: ReportAsk,
  readers: ReportReaders,
): Promise<AuditReport> {
  const now = readers.clock();
  const head = opening('exemptions', ask, now);
  const { period } = head;
  const chosen = ruleSelector(ask, readers);
  const all = (await readers.exemptions()).filter(({ rules }) => chosen(rules));
  const { uses, gone } = await countUses(period, readers);
  return {
    ...head,
    summary:
      'Every exemption that is known now, with its state, its end and its use by decisions of the period. One that is requested, rejected or revoked bears nothing. An exemption without a use may go.',
    figures: figuresOf(all, now),
    charts: [
      barsOf(uses, {
        title: 'Use in the period',
        unit: 'violations that were borne',
        series: [{ label: 'decisions', tone: 'warning' }],
      }),
    ],
    tables: [
      exemptionTable(all, uses, now),
      eventTable(
        readers,
        { type: 'exemption', ...period },
        { title: 'What the ledger holds of exemptions', empty: 'Nothing was recorded.' },
      ),
    ],
    items: () => borne(period, readers, chosen),
    notes: [...goneSaid(gone), ...(gone === 0 ? [] : ['Uses by those decisions are not counted.'])],
  };
}

async function countUses(
  period: Period,
  readers: ReportReaders,
): Promise<{ readonly uses: Tally; readonly gone: number }> {
  const uses = tally(1);
  let gone = 0;
  for await (const { decision } of decisionsOf(readers, period, (count) => (gone += count)))
    for (const { exemption } of decision.exempt)
      if (exemption !== undefined) uses.add(exemption, 0);
  return { uses, gone };
}

async function* borne(
  period: Period,
  readers: ReportReaders,
  chosen: (rules: readonly string[]) => boolean,
): AsyncGenerator<Item> {
  const policies = new Map(readers.policies().map((policy) => [policy.id, policy]));
  for await (const record of decisionsOf(readers, period))
    for (const item of itemsOf(record, policies))
      if (item.verdict === 'exempt' && chosen([item.rule])) yield item;
}

/** How people say it who read a report. */
const WORDS: Readonly<Record<KnownExemption['state'], string>> = {
  requested: 'requested',
  approved: 'not yet',
  active: 'in force',
  expired: 'ended',
  rejected: 'rejected',
  revoked: 'revoked',
};

const DAY_MS = 86_400_000;

function daysLeft({ until }: KnownExemption, now: Date): number {
  return Math.max(0, Math.floor((Date.parse(until) - now.getTime()) / DAY_MS));
}

function figuresOf(all: readonly KnownExemption[], now: Date): Figure[] {
  const inState = (state: KnownExemption['state']) => all.filter((one) => one.state === state);
  const inForce = inState('active');
  const soon = inForce.filter((one) => daysLeft(one, now) < 30).length;
  const waiting = inState('requested').length;
  return [
    {
      label: 'In force',
      value: String(inForce.length),
      tone: inForce.length > 0 ? 'warning' : 'good',
    },
    { label: 'End within 30 days', value: String(soon), tone: soon > 0 ? 'warning' : 'plain' },
    { label: 'Waiting for approval', value: String(waiting), tone: 'plain' },
    { label: 'Ended', value: String(inState('expired').length), tone: 'plain' },
  ];
}

function exemptionTable(all: readonly KnownExemption[], uses: Tally, now: Date): Table {
  return {
    id: 'exemptions',
    title: 'Exemptions',
    columns: [
      { id: 'exemption', title: 'Exemption', type: 'id' },
      COLUMN.state,
      { ...COLUMN.rules, width: 2 },
      { id: 'resources', title: 'Resources', type: 'text', width: 2 },
      { id: 'points', title: 'Points', type: 'text', detail: true },
      COLUMN.reason,
      { id: 'owner', title: 'Mends it', type: 'text' },
      { id: 'ticket', title: 'Ticket', type: 'text', detail: true },
      { id: 'approved_by', title: 'Approved by', type: 'text' },
      { id: 'from', title: 'From', type: 'time', detail: true },
      { id: 'until', title: 'Until', type: 'time' },
      { id: 'days_left', title: 'Days left', type: 'number', detail: true },
      { id: 'uses', title: 'Uses in the period', type: 'number' },
      { id: 'where', title: 'Written in', type: 'text', detail: true },
      { id: 'remark', title: 'Remark', type: 'text', width: 2 },
    ],
    rows: rowsOf(all.map((one) => rowOf(one, uses, now))),
    empty: 'There is no exemption.',
    main: true,
  };
}

function rowOf(one: KnownExemption, uses: Tally, now: Date): Row {
  return {
    cells: [
      one.id,
      WORDS[one.state],
      one.rules.join(', '),
      selectorText(one.match),
      one.points.join(', '),
      one.reason,
      one.owner,
      one.ticket ?? null,
      one.approvedBy.join(', '),
      one.from ?? null,
      one.until,
      daysLeft(one, now),
      uses.of(one.id)[0] ?? 0,
      one.where,
      one.remarks.join(' '),
    ],
  };
}

/** `accounts 1111*; tags team=payments` */
function selectorText({ tags, ...fields }: Selector): string {
  const parts = Object.entries(fields).map(
    ([name, globs]) => `${name} ${(globs ?? []).join(', ')}`,
  );
  const tagged = Object.entries(tags ?? {}).map(([key, globs]) => `tag ${key} ${globs.join(', ')}`);
  return [...parts, ...tagged].join('; ') || 'all that the rules judge';
}
