import type { RuleSet } from '../bindings/rule.ts';
import type { Engine } from '../engine/engine.ts';
import type { Point } from '../model/point.ts';
import type { Resource } from '../model/resource.ts';
import type { Verdict } from '../model/verdict.ts';

export interface EvaluateRequest {
  readonly resources: readonly Resource[];
  readonly rules: RuleSet;
  readonly point: Point;
  /** `input.context`. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly now: string;
  readonly deadlineMs: number;
}

/** Resources x rules x engine -> verdicts: one a pair of rule and matched resource. */
export type Evaluate = (request: EvaluateRequest, engine: Engine) => Promise<readonly Verdict[]>;
