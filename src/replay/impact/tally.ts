import type { Decision } from '../../model/decision.ts';
import type { Resource } from '../../model/resource.ts';
import type { UntoldVerdict } from '../verdicts.ts';
import type { ChangedPair, Compared } from './compare.ts';
import { LEFT_OUT } from './model.ts';
import type { Counts, Flip, GroupImpact, Impact, LeftOut, RuleImpact } from './model.ts';
import { namesWithin } from './names.ts';
import type { Names } from './names.ts';
import { subjectOf } from './subject.ts';

const MOST_FLIPS = 100;
const MOST_CHANGES = 10;
const MOST_EXAMPLES = 5;
const MOST_PATHS = 5;
/** Teams are named by tags, which anybody may write. */
const MOST_GROUPS = 1000;
const OTHERS = '(others)';

/** Adds up what became of decisions, in bounded memory however many there are. */
export interface Tally {
  readonly add: (
    decision: Decision,
    compared: Compared,
    resourceAt: (address: string) => Resource | undefined,
  ) => void;
  readonly leaveOut: (id: string, reason: LeftOut) => void;
  readonly result: () => Summed;
}

export type Summed = Pick<
  Impact,
  'verdicts' | 'flips' | 'moreFlips' | 'rules' | 'teams' | 'accounts' | 'untold' | 'notReplayed'
> & { readonly decisions: Omit<Impact['decisions'], 'distinct'> };

type Group = Counts & { readonly names: Names; about: ChangedPair };
interface Untold {
  readonly rule: string;
  readonly policy: string;
  verdicts: number;
  readonly paths: Set<string>;
  readonly names: Names;
}

interface State {
  readonly decisions: Summed['decisions'];
  readonly verdicts: Summed['verdicts'];
  readonly flips: Flip[];
  moreFlips: number;
  readonly rules: Map<string, Group>;
  readonly teams: Map<string, Group>;
  readonly accounts: Map<string, Group>;
  readonly untold: Map<string, Untold>;
  readonly names: () => Names;
  readonly leftOut: Map<LeftOut, { decisions: number; readonly examples: string[] }>;
}

export function createTally(teamTags: readonly string[]): Tally {
  const state = emptyState();
  return {
    add: (decision, compared, resourceAt) => {
      state.decisions.read += 1;
      state.decisions.replayed += 1;
      countDecision(state, compared);
      countPairs(state, compared, (address) => subjectOf(resourceAt(address), teamTags));
      for (const verdict of compared.untold) countUntold(state, verdict);
      if (compared.from === compared.to) return;
      if (state.flips.length < MOST_FLIPS) state.flips.push(flipOf(decision, compared));
      else state.moreFlips += 1;
    },
    leaveOut: (id, reason) => {
      state.decisions.read += 1;
      const known = state.leftOut.get(reason) ?? { decisions: 0, examples: [] };
      known.decisions += 1;
      if (known.examples.length < MOST_EXAMPLES) known.examples.push(id);
      state.leftOut.set(reason, known);
    },
    result: () => summed(state),
  };
}

function emptyState(): State {
  const { toDeny: _toDeny, toAllow: _toAllow, ...pairs } = noCounts();
  return {
    decisions: {
      read: 0,
      replayed: 0,
      toDeny: 0,
      toAllow: 0,
      toUnknown: 0,
      newWarnings: 0,
      goneWarnings: 0,
      unchanged: 0,
    },
    verdicts: { ...pairs, untold: 0 },
    flips: [],
    moreFlips: 0,
    rules: new Map(),
    teams: new Map(),
    accounts: new Map(),
    untold: new Map(),
    names: namesWithin(),
    leftOut: new Map(),
  };
}

function noCounts(): Counts {
  return {
    toDeny: 0,
    toAllow: 0,
    newDenials: 0,
    goneDenials: 0,
    newWarnings: 0,
    goneWarnings: 0,
  };
}

function countDecision({ decisions }: State, { from, to, changes }: Compared): void {
  if (to === 'unknown') {
    // A denial that may become none, and an allow that may become a denial: neither can be said.
    decisions.toUnknown += 1;
  } else if (from !== to) decisions[to === 'deny' ? 'toDeny' : 'toAllow'] += 1;
  else {
    const more = changes.some((change) => change.to === 'warn');
    const less = changes.some((change) => change.from === 'warn');
    if (more) decisions.newWarnings += 1;
    if (less) decisions.goneWarnings += 1;
    if (changes.length === 0) decisions.unchanged += 1;
  }
}

function countPairs(
  state: State,
  compared: Compared,
  subject: (address: string) => { readonly team: string; readonly account: string },
): void {
  const touched = new Set<Group>();
  for (const change of compared.changes) {
    const { team, account } = subject(change.address);
    countChange(state.verdicts, change);
    for (const group of [
      groupOf(state.rules, change.rule, change, state.names),
      groupOf(state.teams, team, change, state.names),
      groupOf(state.accounts, account, change, state.names),
    ]) {
      countChange(group, change);
      group.names.add(change.address);
      if (leadsThere(change, compared)) touched.add(group);
    }
  }
  for (const group of touched) group[compared.to === 'deny' ? 'toDeny' : 'toAllow'] += 1;
}

/** A flip is put down to what denies now, or does no longer; not to a warning that happened to come with it. */
function leadsThere(change: ChangedPair, { from, to }: Compared): boolean {
  if (from === to || to === 'unknown') return false;
  return to === 'deny' ? change.to === 'deny' : change.from === 'deny';
}

function countChange(counts: Omit<Counts, 'toDeny' | 'toAllow'>, { from, to }: ChangedPair): void {
  if (to === 'deny') counts.newDenials += 1;
  if (from === 'deny') counts.goneDenials += 1;
  if (to === 'warn') counts.newWarnings += 1;
  if (from === 'warn') counts.goneWarnings += 1;
}

function groupOf(
  groups: Map<string, Group>,
  wanted: string,
  about: ChangedPair,
  names: State['names'],
): Group {
  const name = groups.has(wanted) || groups.size < MOST_GROUPS ? wanted : OTHERS;
  const group = groups.get(name) ?? { ...noCounts(), names: names(), about };
  // The message shown is of what stops somebody, where there is one.
  if (about.to === 'deny' && group.about.to !== 'deny') group.about = about;
  groups.set(name, group);
  return group;
}

function countUntold({ untold, verdicts, names }: State, verdict: UntoldVerdict): void {
  const { rule, policy, address, paths } = verdict;
  const known = untold.get(rule) ?? {
    ...{ rule, policy, verdicts: 0 },
    paths: new Set<string>(),
    names: names(),
  };
  verdicts.untold += 1;
  known.verdicts += 1;
  known.names.add(address);
  for (const path of paths) if (known.paths.size < MOST_PATHS) known.paths.add(path);
  untold.set(rule, known);
}

function flipOf(decision: Decision, { from, to, changes, untold }: Compared): Flip {
  const { id, time, point, document, context } = decision;
  const deciding = changes.filter((change) => change.to === 'deny' || change.from === 'deny');
  const hanging = untold
    .filter(({ enforcement }) => enforcement === 'deny')
    .map(({ rule, address, paths }) => ({
      ...{ rule, address, from: 'nothing' as const, to: 'nothing' as const },
      message: `hangs on what was redacted: ${paths.slice(0, 3).join(', ')}`,
    }));
  const why = to === 'unknown' ? hanging : deciding;
  return {
    ...{ id, time, point, source: document.source, from, to },
    ...(document.name === undefined ? {} : { name: document.name }),
    ...(context.actor === undefined ? {} : { actor: context.actor }),
    changes: why.slice(0, MOST_CHANGES).map((change) => ({
      rule: change.rule,
      address: change.address,
      from: change.from,
      to: change.to,
      message: change.message,
    })),
    moreChanges: Math.max(0, why.length - MOST_CHANGES),
  };
}

function summed(state: State): Summed {
  const { decisions, verdicts, flips, moreFlips } = state;
  return {
    ...{ decisions, verdicts, flips, moreFlips },
    rules: [...state.rules].map(([rule, group]) => ruleImpact(rule, group)).sort(byWeight),
    teams: [...state.teams].map(([name, group]) => groupImpact(name, group)).sort(byWeight),
    accounts: [...state.accounts].map(([name, group]) => groupImpact(name, group)).sort(byWeight),
    untold: [...state.untold.values()].map(({ names, paths, ...rest }) => ({
      ...rest,
      paths: [...paths],
      ...names.told(),
    })),
    notReplayed: [...state.leftOut].map(([reason, { decisions: count, examples }]) => ({
      reason,
      says: LEFT_OUT[reason],
      decisions: count,
      examples,
    })),
  };
}

function ruleImpact(rule: string, { names, about, ...counts }: Group): RuleImpact {
  const { policy, severity, message } = about;
  return { rule, policy, severity, message, ...counts, ...names.told() };
}

function groupImpact(name: string, { names, about: _about, ...counts }: Group): GroupImpact {
  return { name, ...counts, ...names.told() };
}

/** What stops most comes first; the order of equals is that of their first appearance. */
function byWeight(a: Counts, b: Counts): number {
  return (
    b.toDeny - a.toDeny ||
    b.newDenials - a.newDenials ||
    b.toAllow - a.toAllow ||
    b.goneDenials - a.goneDenials ||
    b.newWarnings - a.newWarnings
  );
}
