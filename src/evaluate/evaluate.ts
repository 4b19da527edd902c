import type { Rule } from '../bindings/rule.ts';
import type { Engine, JobResult, RawViolation } from '../engine/engine.ts';
import { joinPath } from '../kit/paths.ts';
import type { Point } from '../model/point.ts';
import type { Resource } from '../model/resource.ts';
import type { Failure, Verdict, VerdictSubject } from '../model/verdict.ts';
import { interpret } from './interpret.ts';
import type { Memory } from './memory.ts';
import { named } from './stand-in.ts';
import { plan } from './plan.ts';
import type { Asked } from './plan.ts';
import type { EvaluateRequest } from './request.ts';
import type { NotApplicable } from './select.ts';

/** Resources x rules x engine -> verdicts: one a pair of rule and matched resource. */
export type Evaluate = (request: EvaluateRequest, engine: Engine) => Promise<readonly Verdict[]>;

export interface Evaluation {
  readonly verdicts: readonly Verdict[];
  /** For each resource how many rules had something to say to it; those that are not applicable had not. */
  readonly judging: readonly number[];
}

/**
 * Judges every resource by every rule that looks at it. What a policy does, or fails to do, ends up in a verdict; the
 * promise is rejected only when the engine itself is broken.
 */
export const evaluate: Evaluate = async (request, engine) =>
  (await evaluateAll(request, engine)).verdicts;

/**
 * As `evaluate`, with what is counted besides.
 *
 * @param memory of what policies said of resources that look the same; what they say now is kept there.
 */
export async function evaluateAll(
  request: EvaluateRequest,
  engine: Engine,
  memory?: Memory,
): Promise<Evaluation> {
  const { batch, asked, notApplicable, judging } = plan(request, { memory });
  const verdicts = notApplicable.map((entry) => notApplicableVerdict(entry, request));
  const results =
    batch.jobs.length === 0 ? [] : await engine.evaluate(batch, { deadlineMs: request.deadlineMs });
  let at = 0;
  for (const job of asked) {
    const result = job.job === undefined ? NOTHING_ASKED : results[at++];
    for (const verdict of judge(job, result, request)) verdicts.push(verdict);
  }
  return { verdicts, judging };
}

/** Most pairs of a large plan end here. Spelt out, for copying a subject member by member costs more than judging. */
function notApplicableVerdict(
  { rule, resource: index, reason }: NotApplicable,
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
    reason,
  };
}

function subject(
  { id, policy, enforce, unknown }: Rule,
  resource: Resource | undefined,
  point: Point,
): VerdictSubject {
  return {
    rule: id,
    policy: policy.id,
    severity: policy.severity,
    enforcement: enforce[point],
    onUnknown: unknown[point],
    address: resource?.address ?? '',
    kind: resource?.kind ?? '',
  };
}

const NOTHING_ASKED: JobResult = { id: '', ok: true, violations: [] };
const NONE: readonly never[] = [];

function judge(
  asked: Asked,
  result: JobResult | undefined,
  { resources, point, troubleOnly = false }: EvaluateRequest,
): Verdict[] {
  const { rule, judged, projection } = asked;
  const about = (index: number): VerdictSubject => subject(rule, resources[index], point);
  const said = whatWasSaid(asked, result);
  const quiet = troubleOnly && !comparesOthers(rule.policy);
  const others = unknownElsewhere(asked, resources);
  const verdicts: Verdict[] = [];
  for (const index of judged) {
    const violations = said(projection.look(index));
    if (violations === undefined) {
      verdicts.push({ ...about(index), verdict: 'failed', failure: failureOf(result) });
      continue;
    }
    const own = projection.unknown(index);
    const elsewhere = others(index);
    if (violations.length + own.length + elsewhere.length === 0) {
      if (!quiet) verdicts.push(Object.assign(about(index), COMPLIANT));
      continue;
    }
    const address = resources[index]?.address ?? '';
    const observation = {
      perPath: rule.policy.perPath,
      violations: violations.map((violation) => named(violation, address)),
      own,
      others: elsewhere,
    };
    // The subject is this verdict's own: adding to it costs half of what a copy would, and there are millions.
    verdicts.push(Object.assign(about(index), interpret(observation)));
  }
  return verdicts;
}

const COMPLIANT = { verdict: 'compliant' } as const;

/** Whoever did not see all that a policy compares must know of its consent too. */
function comparesOthers({ wholeSet, related }: Rule['policy']): boolean {
  return wholeSet || related.length > 0;
}

/** The violations of each look, as they were recalled or have been said now; undefined where no answer came. */
function whatWasSaid(
  { projection, fresh, recalled, remembered, secret }: Asked,
  result: JobResult | undefined,
): (look: number) => readonly RawViolation[] | undefined {
  const said = new Map(recalled);
  if (result?.ok === true) {
    const violations = byAddress(result.violations);
    for (const look of fresh) {
      const own = violations.get(projection.address(look)) ?? NONE;
      said.set(look, own);
      if (!secret.has(look)) remembered?.keep(projection.body(look), own);
    }
  }
  return (look) => said.get(look);
}

function failureOf(result: JobResult | undefined): Failure {
  if (result?.ok === false) return { code: result.code, reason: result.reason };
  return { code: 'ENGINE_RESULT', reason: 'the policy did not answer' };
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
  if (beside.length === 0) return () => NONE;
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
