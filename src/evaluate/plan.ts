import type { Rule } from '../bindings/rule.ts';
import type { Batch, Job, RawViolation } from '../engine/engine.ts';
import { matchesAny } from '../kit/glob.ts';
import type { Resource } from '../model/resource.ts';
import type { Memory, Remembered } from './memory.ts';
import { createProjections } from './projection.ts';
import type { Projection } from './projection.ts';
import type { EvaluateRequest } from './request.ts';
import { select } from './select.ts';
import type { NotApplicable } from './select.ts';

/** What a rule looks at, and what the engine is asked about it: positions are those of the request's resources. */
export interface Asked {
  readonly rule: Rule;
  readonly projection: Projection;
  readonly judged: readonly number[];
  readonly related: readonly number[];
  /** Undefined where all that is judged looks like something that was judged before. */
  readonly job: Job | undefined;
  /** The looks that the job is about, in the order of its resources. */
  readonly fresh: readonly number[];
  /** What the policy said before, by look. */
  readonly recalled: ReadonlyMap<number, readonly RawViolation[]>;
  /** Where to keep what it says; undefined for one that may say something else each time. */
  readonly remembered: Remembered | undefined;
  /** Looks that hold a secret: what was said of them is not kept, for their text would be. */
  readonly secret: ReadonlySet<number>;
}

export interface Plan {
  readonly batch: Batch;
  /** In the order of the batch's jobs, where they have one. */
  readonly asked: readonly Asked[];
  /** Empty where nobody wants to know. */
  readonly notApplicable: readonly NotApplicable[];
  /** For each resource how many rules judge it. */
  readonly judging: readonly number[];
}

export interface PlanOptions {
  /** Characters of input of one evaluation. */
  readonly inputLimit?: number;
  readonly memory?: Memory | undefined;
}

/**
 * Input of one evaluation, in characters. A parsed value takes some 13 times its text, so this stays well inside the
 * memory that an evaluation may have.
 */
const INPUT_LIMIT = 4 * 1024 * 1024;

/** Which rule looks at which resource, and what the engine is asked for it. A rule that looks at nothing asks nothing. */
export function plan(
  request: EvaluateRequest,
  { inputLimit = INPUT_LIMIT, memory }: PlanOptions = {},
): Plan {
  const { resources, rules, troubleOnly = false } = request;
  const projections = createProjections(resources);
  const { selected, judging } = select(rules.rules, resources, projections.hidden, !troubleOnly);
  const asked: Asked[] = [];
  const notApplicable: NotApplicable[] = [];
  for (const { rule, judged, missing } of selected) {
    for (const one of missing) notApplicable.push(one);
    if (judged.length === 0) continue;
    const projection = projections.of(rule);
    const remembered = projection.alike ? memory?.of(rule) : undefined;
    const groups = split(judged, rule.policy.wholeSet ? Infinity : inputLimit, projection);
    for (const chunk of groups) asked.push(ask({ rule, projection, remembered }, chunk, resources));
  }
  const jobs = asked.flatMap(({ job }) => job ?? []);
  return {
    batch: { resources: projections.texts, jobs, context: request.context, now: request.now },
    asked,
    notApplicable,
    judging,
  };
}

/** Consecutive groups of at most `limit` characters of input, look-alikes counted once; one that is larger by itself stands alone. */
function split(indexes: readonly number[], limit: number, { size, look }: Projection): number[][] {
  if (fits(indexes, limit, { size, look })) return [[...indexes]];
  const groups: number[][] = [];
  let used = 0;
  let seen = new Set<number>();
  for (const index of indexes) {
    const more = seen.has(look(index)) ? 0 : size(look(index));
    if (groups.length === 0 || used + more > limit) {
      groups.push([]);
      used = 0;
      seen = new Set();
    }
    groups.at(-1)?.push(index);
    seen.add(look(index));
    used += more;
  }
  return groups;
}

/** Most sets do, even with look-alikes counted each. */
function fits(
  indexes: readonly number[],
  limit: number,
  { size, look }: Pick<Projection, 'size' | 'look'>,
): boolean {
  let all = 0;
  for (const index of indexes) all += size(look(index));
  return all <= limit;
}

function ask(
  about: Pick<Asked, 'rule' | 'projection' | 'remembered'>,
  judged: readonly number[],
  resources: readonly Resource[],
): Asked {
  const { rule, projection, remembered } = about;
  const related = relatedTo(rule, judged, resources);
  const fresh: number[] = [];
  const recalled = new Map<number, readonly RawViolation[]>();
  for (const look of new Set(judged.map(projection.look))) {
    const said = remembered?.recall(projection.body(look));
    if (said === undefined) fresh.push(look);
    else recalled.set(look, said);
  }
  const secret = new Set(
    fresh.length === 0 || remembered === undefined
      ? []
      : judged.filter(projection.secret).map(projection.look),
  );
  const known = { ...about, judged, related, fresh, recalled, secret };
  if (fresh.length === 0) return { ...known, job: undefined };
  const job = {
    id: rule.id,
    entrypoint: rule.policy.entrypoint,
    resources: fresh.map(projection.place),
    related: related.map((index) => projection.place(projection.look(index))),
    parameters: rule.parameters,
  };
  return { ...known, job };
}

/** Everything of the related kinds that is not judged in the same call, so that both together are always the same. */
function relatedTo(
  rule: Rule,
  judged: readonly number[],
  resources: readonly Resource[],
): number[] {
  if (rule.policy.related.length === 0) return [];
  const here = new Set(judged);
  return resources.flatMap(({ kind }, index) =>
    !here.has(index) && matchesAny(rule.policy.related, kind) ? [index] : [],
  );
}
