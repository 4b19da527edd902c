import type { ExemptedBy } from './exemption.ts';
import type { Enforcement, Severity } from './point.ts';

/** One thing a policy found wrong, as the policy itself says it. */
export interface Violation {
  readonly address: string;
  /** The path inside the resource that is wrong; empty when it is the resource as a whole. */
  readonly path: string;
  readonly message: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly fix?: string;
}

/** Why a policy could not be evaluated. Every one of them denies: silence must never read as consent. */
export interface Failure {
  /** The code of the engine's error: ENGINE_TIMEOUT, ENGINE_TRAP, … */
  readonly code: string;
  readonly reason: string;
}

/** What one rule says of one resource. */
export type Verdict = VerdictSubject &
  (
    | { readonly verdict: 'compliant' }
    | { readonly verdict: 'violation'; readonly violations: readonly Violation[] }
    | {
        readonly verdict: 'exempt';
        readonly violations: readonly Violation[];
        readonly exemption: string;
        readonly exemptedBy: ExemptedBy;
      }
    | { readonly verdict: 'unknown'; readonly paths: readonly string[] }
    | { readonly verdict: 'not-applicable'; readonly reason: string }
    | { readonly verdict: 'failed'; readonly failure: Failure }
  );

export interface VerdictSubject {
  /** The rule's id. */
  readonly rule: string;
  readonly policy: string;
  readonly severity: Severity;
  /** What a violation leads to at the point of this decision. */
  readonly enforcement: Enforcement;
  /** What an unknown leads to at the point of this decision. */
  readonly onUnknown: Enforcement;
  readonly address: string;
  readonly kind: string;
}
