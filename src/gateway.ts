import type { RuleSet } from './bindings/rule.ts';
import type { PolicySet } from './engine/policy-set.ts';
import type { RecordFilter, RecordPage, StoredRecord } from './ledger/ledger.ts';
import type { Decision, RequestContext } from './model/decision.ts';
import type { Point } from './model/point.ts';

export interface DecisionRequest {
  /** The document as received, decompressed. */
  readonly bytes: Uint8Array;
  /** A file name or the like, for messages. */
  readonly name?: string;
  /** The id of a source, when the caller knows better than recognition. */
  readonly source?: string;
  readonly point: Point;
  readonly context: RequestContext;
  /** Judged and answered as usual, marked in the record. */
  readonly dryRun?: boolean;
  readonly idempotencyKey?: string;
  /** Milliseconds left for the answer; never more than the configured deadline. */
  readonly deadlineMs?: number;
}

/**
 * The one object that serves HTTP, the command line and the scheduler.
 */
export interface Gateway {
  /**
   * Normalise, evaluate, decide, record, answer.
   *
   * @throws SourceError when the document cannot be judged, LedgerError when the decision cannot be recorded.
   */
  readonly decide: (request: DecisionRequest) => Promise<Decision>;
  readonly find: (id: string) => Promise<StoredRecord | undefined>;
  readonly list: (filter: RecordFilter) => Promise<RecordPage>;
  readonly policies: () => PolicySet;
  readonly rules: () => RuleSet;
  readonly close: () => Promise<void>;
}
