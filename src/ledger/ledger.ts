import type { Decision } from '../model/decision.ts';
import type { Point } from '../model/point.ts';

/**
 * One entry of the ledger. `header` is small and is what the Merkle tree will cover; `body` stands beside it under
 * its SHA-256 and can age out without breaking the log.
 */
export interface LedgerRecord {
  readonly id: string;
  readonly time: string;
  readonly type: 'decision';
  /** The decision, already redacted. */
  readonly decision: Decision;
  /** Set when the caller named one: the same key gives the same decision. */
  readonly idempotencyKey?: string;
}

export interface StoredRecord {
  /** Position in the log, from 0, without gaps. */
  readonly sequence: number;
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly decision: Decision;
}

export interface RecordFilter {
  readonly decision?: 'allow' | 'deny';
  readonly point?: Point;
  readonly source?: string;
  readonly actor?: string;
  readonly rule?: string;
  readonly since?: string;
  readonly until?: string;
  /** Records before this sequence number: the cursor of the last page. */
  readonly before?: number;
  /** 1 to 500. */
  readonly limit: number;
}

/** Newest first. */
export interface RecordPage {
  readonly records: readonly StoredRecord[];
  /** Pass as `before` for the next page; absent on the last one. */
  readonly next?: number;
}

/** Finds records again. Open for reading alone, it works beside the process that writes. */
export interface LedgerReader {
  readonly get: (id: string) => Promise<StoredRecord | undefined>;
  readonly findByIdempotencyKey: (key: string) => Promise<StoredRecord | undefined>;
  readonly list: (filter: RecordFilter) => Promise<RecordPage>;
  readonly close: () => Promise<void>;
}

/** Keeps records. An append answers only after the record is durable. */
export interface Ledger extends LedgerReader {
  /**
   * @throws LedgerError LEDGER_UNAVAILABLE when it cannot be made durable: the caller must not answer the request.
   * LEDGER_CONFLICT when its id or idempotency key is already there: the first record stands, nothing was written.
   */
  readonly append: (record: LedgerRecord) => Promise<{ readonly sequence: number }>;
}
