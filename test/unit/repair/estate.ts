import { RepairSpec } from '../../../src/bindings/repair.ts';
import type { Repair } from '../../../src/bindings/repair.ts';
import type { Rule } from '../../../src/bindings/rule.ts';
import { joinPath } from '../../../src/kit/paths.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import type { PlanInput, RepairSubject, TaggerLimits } from '../../../src/repair/plan/input.ts';
import { planRepairs } from '../../../src/repair/plan/plan.ts';
import type { RepairPlan } from '../../../src/repair/plan/model.ts';
import { otherSpellings } from '../../../src/repair/plan/tags.ts';
import { resource, rule } from '../../rules.ts';

/** What a test says of a repair, as it is written in a rule. */
type Written = Parameters<typeof RepairSpec.parse>[0];

export function mending(written: Written, keys: readonly string[] = ['owner']): Repair {
  return { ...RepairSpec.parse(written), keys };
}

/** A rule that wants filled tags. */
export function requiring(id: string, keys: readonly string[], written: Written): Rule {
  return rule({ id, parameters: { keys }, repair: mending(written, keys) });
}

/** A rule that wants keys spelt as agreed. */
export function spelling(id: string, keys: readonly string[], written: Written): Rule {
  return rule({ id, parameters: { spelt: keys }, repair: mending(written, keys) });
}

export const LIVE: Partial<Resource> = {
  type: 'AWS::S3::Bucket',
  action: 'present',
  facts: { taggable: true },
  scope: { account: '111122223333', region: 'eu-central-1' },
};

export function subject(
  name: string,
  tags: Record<string, string>,
  given: Partial<Omit<RepairSubject, 'resource'>> & { resource?: Partial<Resource> } = {},
): RepairSubject {
  const { resource: changed, ...rest } = given;
  return {
    resource: resource({ ...LIVE, address: `arn:aws:s3:::${name}`, tags, ...changed }),
    inventory: 'estate',
    parents: [],
    ...rest,
  };
}

export const CLOUD: TaggerLimits = {
  adapter: 'aws',
  limits: {
    batch: 20,
    tags: 50,
    refuses: (key, value) => {
      if (/^aws:/i.test(key)) return 'keys that begin with aws: are reserved';
      return value.length > 256 ? 'a value has 256 characters at the most' : undefined;
    },
    spell: (key, value) => ({ key, value }),
  },
};

/** Judges as the shipped policies do: filled tags, agreed spelling. What it is asked for is what the rules say. */
export function judge(rules: readonly Rule[], resources: readonly Resource[]): Verdict[] {
  return rules.flatMap((one) => resources.map((each) => verdictOf(one, each)));
}

function verdictOf(one: Rule, each: Resource): Verdict {
  const about = {
    rule: one.id,
    policy: one.policy.id,
    severity: one.policy.severity,
    enforcement: 'record',
    onUnknown: 'record',
    address: each.address,
    kind: each.kind,
  } as const;
  if (each.facts['taggable'] !== true)
    return { ...about, verdict: 'not-applicable', reason: 'it has no facts.taggable' };
  if (each.unknown.includes('tags')) return { ...about, verdict: 'unknown', paths: ['tags'] };
  const violations = [...missing(one, each), ...misspelt(one, each)];
  if (violations.length === 0) return { ...about, verdict: 'compliant' };
  return { ...about, verdict: 'violation', violations };
}

function missing({ parameters }: Rule, { address, tags }: Resource) {
  const keys = Array.isArray(parameters['keys']) ? parameters['keys'].map(String) : [];
  return keys
    .filter((key) => !Object.hasOwn(tags, key) || tags[key]?.trim() === '')
    .map((key) => ({ address, path: joinPath('tags', key), message: `${key} is missing` }));
}

function misspelt({ parameters }: Rule, { address, tags }: Resource) {
  const keys = Array.isArray(parameters['spelt']) ? parameters['spelt'].map(String) : [];
  return keys.flatMap((key) =>
    otherSpellings(tags, key).map((other) => ({
      address,
      path: joinPath('tags', other),
      message: `${other} should be spelt ${key}`,
      expected: key,
    })),
  );
}

export const NOW = new Date('2026-11-25T10:00:00Z');

/** An input in which everything was read and judged. */
export function planInput(
  subjects: readonly RepairSubject[],
  rules: readonly Rule[],
  given: Partial<PlanInput> = {},
): PlanInput {
  const judged = Object.fromEntries(rules.map(({ id }) => [id, subjects.length * 100]));
  return {
    subjects,
    verdicts: judge(
      rules,
      subjects.map((one) => one.resource),
    ),
    rules,
    coverage: { complete: true, gaps: [], judged },
    history: [],
    taggers: { estate: CLOUD },
    now: NOW,
    ...given,
  };
}

export function planOf(...[subjects, rules, given]: Parameters<typeof planInput>): RepairPlan {
  return planRepairs(planInput(subjects, rules, given));
}
