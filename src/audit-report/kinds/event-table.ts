import type { EventFilter, StoredEvent } from '../../ledger/ledger.ts';
import type { ReportReaders } from '../readers.ts';
import type { Table } from '../report.ts';
import { COLUMN } from './columns.ts';
import { eventsOf } from './pages.ts';

/** A body is told in one cell: more of it stands in the ledger. */
const MOST_TEXT = 2000;

/** What the ledger holds of one family of events: each row is a record that the evidence proves. */
export function eventTable(
  readers: ReportReaders,
  filter: Omit<EventFilter, 'limit'>,
  { title, empty }: Pick<Table, 'title' | 'empty'>,
): Table {
  return {
    id: 'records',
    title,
    columns: [
      COLUMN.sequence,
      COLUMN.id,
      COLUMN.time,
      { id: 'type', title: 'What', type: 'text' },
      { id: 'subject', title: 'About', type: 'id' },
      { id: 'actor', title: 'By', type: 'text' },
      { id: 'body', title: 'In full', type: 'text', width: 3 },
    ],
    rows: async function* () {
      for await (const event of eventsOf(readers, filter)) yield rowOf(event);
    },
    empty,
  };
}

function rowOf({ sequence, id, time, type, subject, actor, body }: StoredEvent) {
  const text = JSON.stringify(body);
  const told = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
  return { cells: [sequence, id, time, type, subject, actor ?? null, told], quotes: sequence };
}
