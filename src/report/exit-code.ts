import type { Decision } from '../model/decision.ts';
import type { Outcome } from './report.ts';
import { decided, undecided } from './report.ts';

export const FAIL_ON = ['deny', 'warn', 'unknown'] as const;
/** What, besides a denial, makes a check fail. */
export type FailOn = (typeof FAIL_ON)[number];

/** 0 allowed, 1 denied (or failed on demand), 2 something could not be judged; 3, wrong usage, is the command line's. */
export type ExitCode = 0 | 1 | 2 | 3;

/**
 * What could not be judged weighs most: a caller that only looks at the code must never read a broken check as an
 * answer.
 */
export function exitCode(outcome: Outcome, failOn: readonly FailOn[]): ExitCode {
  if (undecided(outcome).length > 0 || outcome.checked.length === 0) return 2;
  const decisions = decided(outcome).map(({ decision }) => decision);
  if (decisions.some(({ failed }) => failed.length > 0)) return 2;
  return decisions.some((decision) => fails(decision, failOn)) ? 1 : 0;
}

function fails(decision: Decision, failOn: readonly FailOn[]): boolean {
  if (decision.decision === 'deny') return true;
  if (failOn.includes('warn') && decision.warnings.length > 0) return true;
  return failOn.includes('unknown') && decision.unknown.length > 0;
}
