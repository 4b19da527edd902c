import type { RuleSet } from '../bindings/rule.ts';
import type { Point } from '../model/point.ts';
import type { Resource } from '../model/resource.ts';

/** What is to be judged, and by what. */
export interface EvaluateRequest {
  readonly resources: readonly Resource[];
  readonly rules: RuleSet;
  readonly point: Point;
  /** `input.context`. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly now: string;
  readonly deadlineMs: number;
  /**
   * True for one who wants no verdict where all is well: of policies that compare nothing, what is compliant and what is not
   * applicable is left out. Of a large estate that is nine in ten.
   */
  readonly troubleOnly?: boolean;
}
