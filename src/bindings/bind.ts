import { joinPath } from '../kit/paths.ts';
import type { Enforcement, Point } from '../model/point.ts';
import type { Policy } from '../model/policy.ts';
import type { RuleProblem } from './errors.ts';
import { RulesError } from './errors.ts';
import { bindParameters } from './parameters.ts';
import { bindRepair } from './repair.ts';
import type { Repair } from './repair.ts';
import type { Rule, RuleDocument } from './rule.ts';

/** What a verdict `unknown` leads to where the rule does not say: design.md §5. */
const UNKNOWN_DEFAULTS: Readonly<Record<Point, Enforcement>> = {
  'pre-apply': 'warn',
  admission: 'deny',
  sweep: 'record',
};

/** Where a rule stands in its file. */
export interface RulePlace {
  readonly file: string;
  readonly line: number;
}

/**
 * Binds one rule to its policy, with every default filled in.
 *
 * @throws RulesError when the policy does not exist or the parameters do not fit it.
 */
export function bindRule(
  document: RuleDocument,
  policies: readonly Policy[],
  place: RulePlace = { file: '', line: 1 },
): Rule {
  const policy = policies.find(({ id }) => id === document.policy);
  if (policy === undefined) throw new RulesError([noSuchPolicy(document, policies, place)]);
  const parameters = bindParameters(policy, document.parameters);
  if (!parameters.ok) {
    throw new RulesError(
      parameters.problems.map(({ parameter, message }) => ({
        message: `rule ${document.id}: ${message}`,
        place: {
          ...place,
          path: ['parameters', parameter].filter((part) => part !== undefined).join('.'),
        },
      })),
    );
  }
  const enforce = perPoint(document.enforce, NOT_ENFORCED);
  const repair = repairOf(document, policy, parameters.values, place);
  return {
    id: document.id,
    policy,
    description: document.description ?? policy.title,
    match: document.match ?? {},
    exclude: document.exclude,
    enforce,
    unknown: capUnknown(perPoint(document.unknown ?? {}, UNKNOWN_DEFAULTS), enforce),
    parameters: parameters.values,
    reads: policy.reads.flatMap((path) => expandRead(path, parameters.values)),
    link: document.link ?? `${policy.folder}/readme.md`,
    ...bindWaivers(document, place),
    ...(repair === undefined ? {} : { repair }),
    ...place,
  };
}

/** What takes two people to exempt is not for one to override. */
function bindWaivers(
  { id, protected: guarded, overridable }: RuleDocument,
  place: RulePlace,
): Pick<Rule, 'protected' | 'overridable'> {
  if (guarded === true && overridable === true)
    throw new RulesError([
      {
        message: `rule ${id}: what takes two people to exempt cannot be overridden by one`,
        place: { ...place, path: 'overridable' },
      },
    ]);
  return {
    ...(guarded === true ? { protected: true } : {}),
    ...(overridable === true ? { overridable: true } : {}),
  };
}

function repairOf(
  { id, repair }: RuleDocument,
  policy: Policy,
  parameters: Rule['parameters'],
  place: RulePlace,
): Repair | undefined {
  if (repair === undefined) return undefined;
  const bound = bindRepair(policy, parameters, repair);
  if (bound.ok) return bound.repair;
  throw new RulesError(
    bound.problems.map(({ path, message }) => ({
      message: `rule ${id}: ${message}`,
      place: { ...place, path: ['repair', path].filter((part) => part !== '').join('.') },
    })),
  );
}

const NOT_ENFORCED: Readonly<Record<Point, Enforcement>> = {
  'pre-apply': 'record',
  admission: 'record',
  sweep: 'record',
};

function perPoint(
  given: RuleDocument['enforce'],
  fallback: Readonly<Record<Point, Enforcement>>,
): Record<Point, Enforcement> {
  const at = (point: Point): Enforcement =>
    typeof given === 'string' ? given : (given[point] ?? fallback[point]);
  return { 'pre-apply': at('pre-apply'), admission: at('admission'), sweep: at('sweep') };
}

const RANK: Readonly<Record<Enforcement, number>> = { record: 0, warn: 1, deny: 2 };

/** "It might be a violation" cannot weigh more than "it is one". */
function capUnknown(
  unknown: Readonly<Record<Point, Enforcement>>,
  enforce: Readonly<Record<Point, Enforcement>>,
): Record<Point, Enforcement> {
  const cap = (point: Point): Enforcement =>
    RANK[unknown[point]] > RANK[enforce[point]] ? enforce[point] : unknown[point];
  return { 'pre-apply': cap('pre-apply'), admission: cap('admission'), sweep: cap('sweep') };
}

/** `tags.{keys}` becomes one path for each entry of the parameter `keys`. */
function expandRead(path: string, parameters: Readonly<Record<string, unknown>>): string[] {
  const match = /^(.*)\.\{(\w+)\}$/.exec(path);
  if (match?.[1] === undefined || match[2] === undefined) return [path];
  const base = match[1];
  return entries(parameters[match[2]]).map((entry) => joinPath(base, entry));
}

function entries(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'string');
  return value !== null && typeof value === 'object' ? Object.keys(value) : [];
}

function noSuchPolicy(
  document: RuleDocument,
  policies: readonly Policy[],
  place: RulePlace,
): RuleProblem {
  const area = document.policy.split('-').slice(0, 2).join('-');
  const near = policies.filter(({ id }) => id.startsWith(area)).map(({ id }) => id);
  const hint = near.length === 0 ? '' : `; there are ${near.join(', ')}`;
  return {
    message: `rule ${document.id}: no policy ${document.policy}${hint}`,
    place: { ...place, path: 'policy' },
  };
}
