import type { EventFilter, RecordFilter, StoredEvent, StoredRecord } from '../../ledger/ledger.ts';
import type { Finding, FindingFilter } from '../../sweep/finding.ts';
import type { ReportReaders } from '../readers.ts';

const PAGE = 500;
const FINDINGS_PAGE = 1000;

/** Records of a filter, the newest first, one page in memory. */
export async function* decisionsOf(
  { decisions }: Pick<ReportReaders, 'decisions'>,
  filter: Omit<RecordFilter, 'limit'>,
  onGone: (count: number) => void = () => undefined,
): AsyncGenerator<StoredRecord> {
  let before = filter.before;
  do {
    const cursor = before === undefined ? {} : { before };
    const page = await decisions({ ...filter, ...cursor, limit: PAGE });
    onGone(page.gone?.length ?? 0);
    yield* page.records;
    before = page.next;
  } while (before !== undefined);
}

/** What a report says of decisions that it cannot tell of, for it was told of their records alone. */
export function goneSaid(gone: number): string[] {
  if (gone === 0) return [];
  const decisions =
    gone === 1 ? '1 decision of the period has' : `${gone} decisions of the period have`;
  return [
    `${decisions} a body that is no longer kept: it aged out or was erased. What was decided is not in this report; the log still proves that it was recorded.`,
  ];
}

export async function* eventsOf(
  { events }: Pick<ReportReaders, 'events'>,
  filter: Omit<EventFilter, 'limit'>,
): AsyncGenerator<StoredEvent> {
  let before = filter.before;
  do {
    const cursor = before === undefined ? {} : { before };
    const page = await events({ ...filter, ...cursor, limit: PAGE });
    yield* page.events;
    before = page.next;
  } while (before !== undefined);
}

export async function* findingsOf(
  { findings }: Pick<ReportReaders, 'findings'>,
  filter: FindingFilter,
): AsyncGenerator<Finding> {
  let after: string | undefined;
  do {
    const page = await findings(filter, FINDINGS_PAGE, after);
    yield* page.findings;
    after = page.next;
  } while (after !== undefined);
}
