import type { Rule } from '../bindings/rule.ts';
import type { LiveResource } from '../clouds/inventory.ts';
import type { Verdict } from '../model/verdict.ts';
import { SweepError } from './errors.ts';
import { observe } from './findings.ts';
import { toFleetResource } from './fleet.ts';
import { isComparing } from './comparing.ts';
import { soughtIdentities } from './gate-index.ts';
import type { Judge, Judged } from './judge.ts';
import type { JudgedItem } from './store.ts';

/** Where and when a group was read. */
export interface GroupPlace {
  readonly run: string;
  readonly sweep: string;
  readonly inventory: string;
  readonly partition: string;
  readonly account: string;
  readonly now: string;
  /** True for a kind that the run was told to look at. */
  readonly wanted: (kind: string) => boolean;
  /** True for a rule that compares resources when these are all that it has to see. */
  readonly suffices: (rule: Rule) => boolean;
}

export interface GroupVerdicts {
  readonly items: readonly JudgedItem[];
  readonly by: Pick<Judged, 'policies' | 'rules'>;
  /** Rules that needed to see more than was read together. */
  readonly blind: readonly string[];
}

/**
 * Judges what was read together. An address that was read twice, because pages overlap, counts as it was read last. What the run
 * was not told to look at is read where an inventory gives it unasked, for others may hang on it, and is left as it was.
 */
export async function judgeGroup(
  judge: Judge,
  read: readonly LiveResource[],
  place: GroupPlace,
  signal: AbortSignal,
): Promise<GroupVerdicts> {
  const live = [...new Map(read.map((item) => [item.resource.address, item])).values()];
  const { run, sweep, inventory, partition, account, now } = place;
  const { resources, verdicts, judging, policies, rules } = await judge.judge(
    live.map(({ resource }) => resource),
    { now, context: { run, sweep, inventory, partition, account }, signal },
  );
  if (resources.length !== live.length)
    throw new SweepError('SWEEP_STATE', 'The judge did not answer for every resource.');
  const byId = new Map(judge.rules().rules.map((rule) => [rule.id, rule]));
  const { told, blind } = withoutGuesses(verdicts, byId, place.suffices);
  const observations = observe(resources, { verdicts: told, judging }, byId);
  const items = live.flatMap((item, i): JudgedItem[] => {
    const resource = resources[i];
    const observation = observations[i];
    if (resource === undefined || observation === undefined || !place.wanted(resource.kind))
      return [];
    return [
      {
        resource: toFleetResource(item, resource, place),
        observation,
        identities: soughtIdentities(resource),
      },
    ];
  });
  return { items, by: { policies, rules }, blind };
}

/**
 * A rule that reads related resources, or judges a set as a whole, did not see them all: whether it complains or not, it
 * cannot know. Its verdict is unknown, and what it found in an earlier sweep stays as it is.
 */
function withoutGuesses(
  verdicts: readonly Verdict[],
  rules: ReadonlyMap<string, Rule>,
  suffices: GroupPlace['suffices'],
): { readonly told: readonly Verdict[]; readonly blind: readonly string[] } {
  const tooWide = [...rules.values()].filter((rule) => isComparing(rule) && !suffices(rule));
  const wide = new Set(tooWide.map(({ id }) => id));
  if (wide.size === 0) return { told: verdicts, blind: [] };
  const blind = new Set<string>();
  const told = verdicts.map((verdict): Verdict => {
    if (!wide.has(verdict.rule) || !isCertain(verdict)) return verdict;
    blind.add(verdict.rule);
    const { rule, policy, severity, enforcement, onUnknown, address, kind } = verdict;
    const subject = { rule, policy, severity, enforcement, onUnknown, address, kind };
    return { ...subject, verdict: 'unknown', paths: ['related'] };
  });
  return { told, blind: [...blind] };
}

function isCertain({ verdict }: Verdict): boolean {
  return verdict === 'compliant' || verdict === 'violation' || verdict === 'exempt';
}
