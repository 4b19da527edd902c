import type { Rule, RuleSet } from '../bindings/rule.ts';
import type { Engine, JobResult, RawViolation } from '../engine/engine.ts';
import { joinPath } from '../kit/paths.ts';
import type { Point } from '../model/point.ts';
import type { Resource } from '../model/resource.ts';
import type { Verdict, VerdictSubject } from '../model/verdict.ts';
import { interpret } from './interpret.ts';
import { named } from './stand-in.ts';
import { plan } from './plan.ts';
import type { Asked, NotApplicable } from './plan.ts';

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

/**
 * Judges every resource by every rule that looks at it. What a policy does, or fails to do, ends up in a verdict; the
 * promise is rejected only when the engine itself is broken.
 */
export const evaluate: Evaluate = async (request, engine) => {
  const { batch, asked, notApplicable } = plan(request);
  const about = subjects(request);
  const verdicts = notApplicable.map((entry) => notApplicableVerdict(entry, request));
  if (batch.jobs.length === 0) return verdicts;
  const results = await engine.evaluate(batch, { deadlineMs: request.deadlineMs });
  for (const [i, job] of asked.entries())
    verdicts.push(...judge(job, results[i], request.resources, about));
  return verdicts;
};

/** Most pairs of a large plan end here. Spelt out, for copying a subject member by member costs more than judging. */
function notApplicableVerdict(
  { rule, resource: index, missing }: NotApplicable,
  { resources, point }: EvaluateRequest,
): Verdict {
  const resource = resources[index];
  return {
    rule: rule.id,
    policy: rule.policy.id,
    severity: rule.policy.severity,
    enforcement: rule.enforce[point],
    onUnknown: rule.unknown[point],
    address: resource?.address ?? '',
    kind: resource?.kind ?? '',
    verdict: 'not-applicable',
    reason: missing,
  };
}

type About = (rule: Rule, resource: number) => VerdictSubject;

function subjects({ resources, point }: EvaluateRequest): About {
  return (rule, index) => ({
    rule: rule.id,
    policy: rule.policy.id,
    severity: rule.policy.severity,
    enforcement: rule.enforce[point],
    onUnknown: rule.unknown[point],
    address: resources[index]?.address ?? '',
    kind: resources[index]?.kind ?? '',
  });
}

function judge(
  asked: Asked,
  result: JobResult | undefined,
  resources: readonly Resource[],
  about: About,
): Verdict[] {
  const { rule, judged } = asked;
  if (result?.ok !== true) {
    const failure = {
      code: result?.code ?? 'ENGINE_RESULT',
      reason: result?.reason ?? 'the policy did not answer',
    };
    return judged.map((index) => ({ ...about(rule, index), verdict: 'failed', failure }));
  }
  const violations = byAddress(result.violations);
  const others = unknownElsewhere(asked, resources);
  return judged.map((index) =>
    // The subject is this verdict's own: adding to it costs half of what a copy would, and there are millions.
    Object.assign(
      about(rule, index),
      interpret({
        perPath: rule.policy.perPath,
        violations: (violations.get(asked.projection.address(index)) ?? []).map((violation) =>
          named(violation, resources[index]?.address ?? ''),
        ),
        own: asked.projection.unknown(index),
        others: others(index),
      }),
    ),
  );
}

function byAddress(violations: readonly RawViolation[]): Map<string, RawViolation[]> {
  const grouped = new Map<string, RawViolation[]>();
  for (const violation of violations) {
    const group = grouped.get(violation.address);
    if (group === undefined) grouped.set(violation.address, [violation]);
    else group.push(violation);
  }
  return grouped;
}

/**
 * Unknown paths of the other resources whose values the policy sees beside the one that it judges, as
 * `related["aws_s3_bucket_policy.logs"].config.policy`.
 */
function unknownElsewhere(
  asked: Asked,
  resources: readonly Resource[],
): (index: number) => readonly string[] {
  const beside = asked.rule.policy.wholeSet ? [...asked.related, ...asked.judged] : asked.related;
  const hidden = beside.flatMap((index) => {
    const from = joinPath('related', resources[index]?.address ?? '');
    return asked.projection.unknown(index).map((path) => ({ index, path: `${from}.${path}` }));
  });
  return (judged) => {
    const named: string[] = [];
    for (const { index, path } of hidden) {
      if (named.length === MOST_NAMED) break;
      if (index !== judged) named.push(path);
    }
    return named;
  };
}

/** Enough to act on; every resource of a large set naming every other would fill the memory. */
const MOST_NAMED = 20;
