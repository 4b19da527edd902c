import type { Decision, RequestContext } from '../../model/decision.ts';
import type { Point } from '../../model/point.ts';

/** What is asked of a gate, here or elsewhere, for one document. */
export interface Question {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly point: Point;
  readonly source: string | undefined;
  readonly context: RequestContext;
  /** Why denials that can be overridden are to pass. */
  readonly override: string | undefined;
}

/** Answers questions: the engine in this process, or a running gate. */
export interface Judge {
  readonly decide: (question: Question) => Promise<Decision>;
  /** Where a rule stands, when that is known. */
  readonly ruleSource: (rule: string) => string | undefined;
  readonly close: () => Promise<void>;
}
