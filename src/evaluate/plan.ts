import { matches } from '../bindings/match.ts';
import type { Rule } from '../bindings/rule.ts';
import type { Batch, Job } from '../engine/engine.ts';
import { matchesAny } from '../kit/glob.ts';
import { keysOverlap, splitPath, valueAt } from '../kit/paths.ts';
import type { Resource } from '../model/resource.ts';
import type { EvaluateRequest } from './evaluate.ts';
import { memoise } from './memoise.ts';
import { createProjections } from './projection.ts';
import type { Hidden, Projection } from './projection.ts';

/** A job, and what it was made of: positions are those of the request's resources. */
export interface Asked {
  readonly job: Job;
  readonly rule: Rule;
  readonly projection: Projection;
  readonly judged: readonly number[];
  readonly related: readonly number[];
}

/** A resource that a rule looks at, to which its policy has nothing to say. */
export interface NotApplicable {
  readonly rule: Rule;
  readonly resource: number;
  /** What is required and not there, in words. */
  readonly missing: string;
}

export interface Plan {
  readonly batch: Batch;
  /** In the order of the batch's jobs. */
  readonly asked: readonly Asked[];
  readonly notApplicable: readonly NotApplicable[];
}

/**
 * Input of one evaluation, in characters. A parsed value takes some 13 times its text, so this stays well inside the
 * memory that an evaluation may have.
 */
const INPUT_LIMIT = 4 * 1024 * 1024;

/** Which rule looks at which resource, and what the engine is asked for it. A rule that looks at nothing asks nothing. */
export function plan(request: EvaluateRequest, inputLimit = INPUT_LIMIT): Plan {
  const projections = createProjections(request.resources);
  const requirements = createRequirements(request.resources, projections.hidden);
  const asked: Asked[] = [];
  const notApplicable: NotApplicable[] = [];
  for (const rule of request.rules.rules) {
    const projection = projections.of(rule);
    const { judged, missing } = select(rule, request.resources, requirements);
    notApplicable.push(...missing);
    for (const chunk of split(judged, rule.policy.wholeSet ? Infinity : inputLimit, projection)) {
      asked.push(ask(rule, projection, chunk, request.resources));
    }
  }
  const jobs = asked.map(({ job }) => job);
  return {
    batch: { resources: projections.texts, jobs, context: request.context, now: request.now },
    asked,
    notApplicable,
  };
}

interface Selection {
  readonly judged: readonly number[];
  readonly missing: readonly NotApplicable[];
}

function select(
  rule: Rule,
  resources: readonly Resource[],
  requirements: (path: string) => Requirement,
): Selection {
  const judged: number[] = [];
  const missing: NotApplicable[] = [];
  const required = rule.policy.requires.map(requirements);
  for (const [index, resource] of resources.entries()) {
    if (!matches(rule, resource)) continue;
    const absent = required.find(({ met }) => !met(index));
    if (absent === undefined) judged.push(index);
    else missing.push({ rule, resource: index, missing: absent.missing });
  }
  return { judged, missing };
}

/** A path that policies demand: many rules demand the same few, so each resource is asked once a path. */
interface Requirement {
  readonly missing: string;
  readonly met: (resource: number) => boolean;
}

function createRequirements(
  resources: readonly Resource[],
  hidden: Hidden,
): (path: string) => Requirement {
  const known = new Map<string, Requirement>();
  return (path) => {
    const keys = splitPath(path);
    const requirement = known.get(path) ?? {
      missing: `it has no ${path}`,
      met: memoise((index: number) => has(resources[index], keys) || mayHave(hidden(index), keys)),
    };
    known.set(path, requirement);
    return requirement;
  };
}

type Keys = readonly (string | number)[];

/** Null is how documents write "none". */
function has(resource: Resource | undefined, keys: Keys): boolean {
  const value = valueAt(resource, keys);
  return value !== undefined && value !== null;
}

/** What is still to come may be there. */
function mayHave(hidden: ReturnType<Hidden>, required: Keys): boolean {
  return hidden.some(({ keys }) => keysOverlap(keys, required));
}

/** Consecutive groups of at most `limit` characters of input, look-alikes counted once; one that is larger by itself stands alone. */
function split(
  indexes: readonly number[],
  limit: number,
  { size, position }: Projection,
): number[][] {
  const groups: number[][] = [];
  let used = 0;
  let seen = new Set<number>();
  for (const index of indexes) {
    const more = seen.has(position(index)) ? 0 : size(index);
    if (groups.length === 0 || used + more > limit) {
      groups.push([]);
      used = 0;
      seen = new Set();
    }
    groups.at(-1)?.push(index);
    seen.add(position(index));
    used += more;
  }
  return groups;
}

function ask(
  rule: Rule,
  projection: Projection,
  judged: readonly number[],
  resources: readonly Resource[],
): Asked {
  const related = relatedTo(rule, judged, resources);
  return {
    rule,
    projection,
    judged,
    related,
    job: {
      id: rule.id,
      entrypoint: rule.policy.entrypoint,
      resources: [...new Set(judged.map(projection.position))],
      related: related.map(projection.position),
      parameters: rule.parameters,
    },
  };
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
