import type { RuleSet } from './bindings/rule.ts';
import type { Override } from './decide/bear.ts';
import type { Engine } from './engine/engine.ts';
import type { PolicySet } from './engine/policy-set.ts';
import type { ExemptionSource } from './exemption/source.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { LedgerLog } from './ledger/log.ts';
import type { RequestContext } from './model/decision.ts';
import type { Point } from './model/point.ts';
import type { Resource } from './model/resource.ts';
import type { UnderWay } from './redact/under-way.ts';
import type { AskImpact } from './replay/gate.ts';
import type { Limits } from './sources/limits.ts';

/** What a gateway is made of. */
export interface GatewayParts {
  readonly engine: Engine;
  /** Threads of its own for what nobody waits at the door for, so that a sweep slows no admission down. */
  readonly sweepEngine: Engine;
  readonly policySet: PolicySet;
  /**
   * True for a gate, which is asked about one replica after the other: what policies said of look-alikes is kept from document to
   * document. Making that memory takes longer than one document is worth.
   */
  readonly remembers: boolean;
  readonly rules: RuleSet;
  readonly exemptions: ExemptionSource;
  /** Absent only for a local check on the command line that was not asked to record. */
  readonly ledger: Ledger | undefined;
  /**
   * Writes down the resources of a decision without their secrets, to be kept beside it; absent where none are kept.
   * Only the gate's: what a sweep saw stands in the store, and a sweep decides nothing.
   */
  readonly inputOf?: (resources: readonly Resource[], secrets: readonly string[]) => string;
  readonly log: LedgerLog | undefined;
  readonly impact: AskImpact;
  readonly limits: Limits;
  /** Milliseconds for the policies of one decision. */
  readonly deadlineMs: number;
  readonly clock: () => Date;
  /** Milliseconds from any start, never going back. */
  readonly stopwatch: () => number;
  readonly newId: (time: Date) => string;
  /** What is judged now: its sensitive values must not get into log lines and last words. */
  readonly underWay: UnderWay;
}

/** What it is asked. */
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
  /** The same key and document give the same decision, recorded once. */
  readonly idempotencyKey?: string;
  /** Milliseconds left for the policies; never more than the configured deadline. */
  readonly deadlineMs?: number;
  /** Denials by rules that can be overridden pass, this once. Whoever calls made sure that this person may. */
  readonly override?: Override;
}
