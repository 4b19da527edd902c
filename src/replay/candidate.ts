import type { ExemptionSet } from '../bindings/exemption.ts';
import type { RuleSet } from '../bindings/rule.ts';
import type { Engine } from '../engine/engine.ts';
import type { PolicySet } from '../engine/policy-set.ts';
import type { Decision } from '../model/decision.ts';

/** Policies and rules that are not in force, with an engine of their own. */
export interface Candidate {
  readonly engine: Engine;
  readonly policySet: Pick<PolicySet, 'digest' | 'policies'>;
  readonly rules: RuleSet;
  readonly exemptions: ExemptionSet;
  /** True for an entrypoint whose answer hangs on resources and parameters alone. */
  readonly isConstant: (entrypoint: string) => boolean;
  /** True where a decision was made by the very rule and policy that the candidate has. */
  readonly sameRule: (decision: Decision, rule: string) => boolean;
  /** Milliseconds for the policies of one decision. */
  readonly deadlineMs: number;
}

/** Rules whose verdict follows from the resources and the point alone, and those that look at the clock or the caller. */
export function byWhatTheyRead({ rules, isConstant }: Candidate): {
  readonly timeless: RuleSet;
  readonly timely: RuleSet;
} {
  const of = (wanted: boolean): RuleSet => ({
    digest: rules.digest,
    rules: rules.rules.filter(({ policy }) => isConstant(policy.entrypoint) === wanted),
  });
  return { timeless: of(true), timely: of(false) };
}
