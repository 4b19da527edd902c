import type { EventRecord } from '../ledger/ledger.ts';
import type { LedgerLog } from '../ledger/log.ts';
import type { ReportReaders } from './readers.ts';

/** What reports are made of and recorded in. */
export interface ReportsParts {
  readonly readers: ReportReaders;
  readonly log: LedgerLog;
  readonly record: (event: Omit<EventRecord, 'id' | 'time'>) => Promise<void>;
  readonly newId: () => string;
}
