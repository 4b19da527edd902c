import type { Decision } from '../model/decision.ts';
import type { Point } from '../model/point.ts';

/**
 * One entry of the ledger: a decision, or something else that happened and must be provable. `header` is small and is what
 * the Merkle tree will cover; `body` stands beside it under its SHA-256 and can age out without breaking the log.
 */
export type LedgerRecord = DecisionRecord | EventRecord;

export interface DecisionRecord {
  readonly id: string;
  readonly time: string;
  readonly type: 'decision';
  /** The decision, already redacted. */
  readonly decision: Decision;
  /** Set when the caller named one: the same key gives the same decision. */
  readonly idempotencyKey?: string;
  /**
   * The resources that were judged, in normal form, as canonical JSON, already redacted: what a replay needs. Kept under
   * its own SHA-256, which stands in the header; absent where the configuration keeps none.
   */
  readonly input?: string;
}

/** Something other than a decision: a sweep, a step of a repair, an inventory that was pushed. */
export interface EventRecord {
  readonly id: string;
  readonly time: string;
  readonly type: EventType;
  /** What it is about: the id of a sweep, of a repair; a short word that can be filtered by. */
  readonly subject: string;
  /** Who did it; absent for what the gateway did by itself. */
  readonly actor?: string;
  /** Whatever JSON holds, already redacted. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** `policies` covers rules too; `gate` what a door did by itself (it failed open); `ledger` keys, erasures, holds; `access` tokens. */
export const EVENT_FAMILIES = [
  'sweep',
  'findings',
  'repair',
  'inventory',
  'policies',
  'exemption',
  'gate',
  'ledger',
  'report',
  'access',
] as const;
/** `sweep.started`, `repair.intended`, `report.issued`. */
export type EventType = `${(typeof EVENT_FAMILIES)[number]}.${string}`;

export interface StoredEvent extends EventRecord {
  readonly sequence: number;
}

export interface StoredRecord {
  /** Position in the log, from 0, without gaps. */
  readonly sequence: number;
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly decision: Decision;
}

/** A decision whose body was dropped, by rule or on demand. The header stays, and so does every proof of it. */
export type GoneRecord = Omit<StoredRecord, 'decision'> & { readonly decision?: undefined };

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
  /** Decisions of this page that have no body any more; absent when there are none. */
  readonly gone?: readonly GoneRecord[];
  /** Pass as `before` for the next page; absent on the last one. */
  readonly next?: number;
}

export interface EventFilter {
  /** An exact type, or a family: `repair`. */
  readonly type?: string;
  readonly subject?: string;
  readonly since?: string;
  readonly until?: string;
  readonly before?: number;
  /** 1 to 500. */
  readonly limit: number;
}

/** What was recorded, and of which the body was erased: that it happened, and when. */
export type GoneEvent = Pick<StoredEvent, 'sequence' | 'id' | 'time' | 'type'>;

/** Newest first. */
export interface EventPage {
  readonly events: readonly StoredEvent[];
  /** Events of this page that have no body any more; absent when there are none. */
  readonly gone?: readonly GoneEvent[];
  readonly next?: number;
}

/** What the tree covers of a record: its header, word for word as it was written. */
export interface StoredHeader {
  readonly sequence: number;
  readonly header: string;
}

/** Finds records again. Open for reading alone, it works beside the process that writes. */
export interface LedgerReader {
  readonly get: (id: string) => Promise<StoredRecord | GoneRecord | undefined>;
  /** The canonical JSON of what a decision judged; undefined where none is kept, or no longer. */
  readonly input: (id: string) => Promise<string | undefined>;
  readonly findByIdempotencyKey: (key: string) => Promise<StoredRecord | GoneRecord | undefined>;
  /** Decisions. */
  readonly list: (filter: RecordFilter) => Promise<RecordPage>;
  /** Everything that is no decision. */
  readonly events: (filter: EventFilter) => Promise<EventPage>;
  /** How many records of every kind there are: the number that the next one gets. */
  readonly size: () => Promise<number>;
  /** Headers of every kind of record from a sequence number on, the oldest first; at most `limit`. */
  readonly headers: (from: number, limit: number) => Promise<readonly StoredHeader[]>;
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
