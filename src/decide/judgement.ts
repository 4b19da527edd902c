import type { Decision } from '../model/decision.ts';

/** The part of a decision that follows from the verdicts alone. */
export type Judgement = Pick<
  Decision,
  | 'decision'
  | 'reason'
  | 'summary'
  | 'violations'
  | 'warnings'
  | 'recorded'
  | 'exempt'
  | 'unknown'
  | 'failed'
  | 'coverage'
>;
