import type { Rule } from '../bindings/rule.ts';
import type { Resource } from '../model/resource.ts';
import type { Verdict } from '../model/verdict.ts';
import type { RepairSubject } from './plan/input.ts';
import type { PlannedChange, Refusal, RepairPlan } from './plan/model.ts';
import { sealPlan } from './plan/seal.ts';
import { patchTags } from './plan/tags.ts';
import { breachesOf } from './plan/gates.ts';

/** The port by which a repair judges patched copies: the same rules, policies and engine as a sweep, at the point `sweep`. */
export type Judge = (
  resources: readonly Resource[],
  signal: AbortSignal,
) => Promise<readonly Verdict[]>;

/** Resources that are judged in one go, as they are and as they would be. */
const CHUNK = 500;

/** What a plan is judged against. */
export interface JudgeAgain {
  readonly subjects: readonly RepairSubject[];
  /** What the sweep said: of rules that read no tags it still stands. */
  readonly verdicts: readonly Verdict[];
  readonly rules: readonly Rule[];
  readonly judge: Judge;
  readonly signal: AbortSignal;
}

/**
 * Judges each resource as it would be after its change, before anything is written. A change that makes nothing better, or that
 * makes any rule worse, is dropped with the reason; the others say what they bring.
 */
export async function judgeAgain(plan: RepairPlan, asked: JudgeAgain): Promise<RepairPlan> {
  const subjects = new Map(asked.subjects.map((one) => [one.resource.address, one.resource]));
  const elsewhere = violatedElsewhere(asked);
  const changes: PlannedChange[] = [];
  const refusals: Refusal[] = [...plan.refusals];
  for (let at = 0; at < plan.changes.length; at += CHUNK) {
    const chunk = plan.changes.slice(at, at + CHUNK);
    const { before, after } = await judgeBoth(chunk, subjects, asked);
    for (const change of chunk) {
      const { address } = change;
      const judged = weigh(change, before.get(address) ?? [], after.get(address) ?? []);
      if ('code' in judged) refusals.push(judged);
      else {
        const stillViolated = [
          ...new Set([...judged.stillViolated, ...(elsewhere.get(address) ?? [])]),
        ].sort();
        changes.push({ ...change, judgement: { ...judged, stillViolated } });
      }
    }
  }
  return withChanges(plan, changes, refusals);
}

type ByAddress = ReadonlyMap<string, readonly Verdict[]>;

async function judgeBoth(
  chunk: readonly PlannedChange[],
  subjects: ReadonlyMap<string, Resource>,
  { judge, rules, signal }: JudgeAgain,
): Promise<{ before: ByAddress; after: ByAddress }> {
  const resources = chunk.flatMap(({ address }) => subjects.get(address) ?? []);
  const patched = chunk.flatMap((change): Resource[] => {
    const resource = subjects.get(change.address);
    if (resource === undefined) return [];
    return [{ ...resource, tags: patchTags(resource.tags, change.set, change.remove) }];
  });
  const touched = new Set(rules.filter(readsTags).map(({ id }) => id));
  const grouped = async (list: readonly Resource[]): Promise<ByAddress> =>
    byAddress((await judge(list, signal)).filter(({ rule }) => touched.has(rule)));
  return { before: await grouped(resources), after: await grouped(patched) };
}

/** Only these can say something else about other tags; a rule may also select by them. */
function readsTags({ policy, match, exclude }: Rule): boolean {
  const selects = match.tags !== undefined || exclude?.tags !== undefined;
  return selects || policy.reads.some((path) => path === 'tags' || path.startsWith('tags.'));
}

function violatedElsewhere({
  verdicts,
  rules,
}: JudgeAgain): ReadonlyMap<string, readonly string[]> {
  const untouched = new Set(rules.filter((rule) => !readsTags(rule)).map(({ id }) => id));
  const violated = new Map<string, string[]>();
  for (const { verdict, rule, address } of verdicts) {
    if (verdict !== 'violation' || !untouched.has(rule)) continue;
    const of = violated.get(address) ?? [];
    violated.set(address, of);
    of.push(rule);
  }
  return violated;
}

/** How bad a verdict is; of a violation each single one counts. */
function badness(verdict: Verdict | undefined): number {
  switch (verdict?.verdict) {
    case undefined:
    case 'compliant':
    case 'not-applicable':
    case 'exempt':
      return 0;
    case 'unknown':
      return 0.5;
    case 'violation':
      return verdict.violations.length;
    case 'failed':
      return Infinity;
  }
}

function weigh(
  { address, set, remove, rules: wishing }: PlannedChange,
  before: readonly Verdict[],
  after: readonly Verdict[],
): NonNullable<PlannedChange['judgement']> | Refusal {
  const keys = [...Object.keys(set), ...Object.keys(remove)];
  const was = new Map(before.map((verdict) => [verdict.rule, verdict]));
  const is = new Map(after.map((verdict) => [verdict.rule, verdict]));
  const rules = [...new Set([...was.keys(), ...is.keys()])].sort();
  const drop = (code: Refusal['code'], message: string): Refusal => ({
    address,
    keys,
    rules: wishing,
    code,
    message,
  });
  const worse = rules.filter((rule) => isWorse(was.get(rule), is.get(rule)));
  if (worse.length > 0)
    return drop(
      'makes-worse',
      `it would be worse by ${worse.map((rule) => why(rule, is.get(rule))).join('; ')}`,
    );
  const better = rules.filter((rule) => badness(is.get(rule)) < badness(was.get(rule)));
  if (better.length === 0)
    return drop(
      'no-gain',
      `it would make nothing better: ${wishing.join(', ')} would say the same`,
    );
  return {
    compliantWith: better.filter((rule) => badness(is.get(rule)) === 0),
    stillViolated: rules.filter((rule) => is.get(rule)?.verdict === 'violation'),
  };
}

/**
 * A rule that begins to look at a resource, and cannot tell yet, is no harm done; one that was content and no longer is, is.
 */
function isWorse(was: Verdict | undefined, is: Verdict | undefined): boolean {
  if (is?.verdict === 'unknown') return was?.verdict === 'compliant';
  return badness(is) > badness(was);
}

function why(rule: string, verdict: Verdict | undefined): string {
  const first = verdict?.verdict === 'violation' ? verdict.violations[0]?.message : undefined;
  return first === undefined ? rule : `${rule} (${first})`;
}

function byAddress(verdicts: readonly Verdict[]): ByAddress {
  const grouped = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const of = grouped.get(verdict.address) ?? [];
    grouped.set(verdict.address, of);
    of.push(verdict);
  }
  return grouped;
}

/** A plan with fewer changes takes less of its caps. */
function withChanges(
  plan: RepairPlan,
  changes: readonly PlannedChange[],
  refusals: readonly Refusal[],
): RepairPlan {
  const { id: _, totals: __, ...content } = plan;
  const gates = content.gates
    .map((gate) => ({
      ...gate,
      changes: changes.filter(({ rules }) => rules.includes(gate.rule)).length,
    }))
    .filter(({ changes: count }) => count > 0);
  const unread = content.gaps;
  return sealPlan({
    ...content,
    changes: [...changes],
    refusals: [...refusals],
    gates,
    breaches: breachesOf(gates, { complete: content.complete, gaps: unread }),
  });
}
