import { assertNever } from '../../kit/assert-never.ts';
import type { Decision, ReportedUnknown } from '../../model/decision.ts';
import type { Enforcement, Severity } from '../../model/point.ts';
import type { Verdict } from '../../model/verdict.ts';
import { pairOf } from '../verdicts.ts';
import type { UntoldVerdict } from '../verdicts.ts';
import type { Leads } from './model.ts';

/** What a rule says of a resource, as far as somebody at the door would notice. */
export interface Said {
  readonly rule: string;
  readonly policy: string;
  readonly severity: Severity;
  readonly address: string;
  readonly leads: Leads;
  readonly message: string;
}

export interface ChangedPair extends Omit<Said, 'leads'> {
  readonly from: Leads;
  readonly to: Leads;
}

/** A decision as it was, beside what the candidate makes of it. */
export interface Compared {
  readonly from: 'allow' | 'deny';
  /** `unknown`: nothing that is known denies it, and something that was redacted could. */
  readonly to: 'allow' | 'deny' | 'unknown';
  readonly changes: readonly ChangedPair[];
  readonly untold: readonly UntoldVerdict[];
}

/** What the candidate says of the input of a decision. */
export interface Replayed {
  readonly told: readonly Verdict[];
  readonly untold: readonly UntoldVerdict[];
}

/**
 * The decision beside its replay, pair by pair. What hangs on redacted values is neither a pass nor a violation: where the
 * candidate has the rule as it was (`sameRule`), its recorded verdict stands; elsewhere it is untold.
 */
export function compareDecision(
  decision: Decision,
  { told, untold }: Replayed,
  sameRule: (rule: string) => boolean,
): Compared {
  const before = recordedSayings(decision);
  const after = sayings(told);
  const open = untold.filter((verdict) => {
    if (!sameRule(verdict.rule)) return true;
    const recorded = before.get(pairOf(verdict));
    if (recorded !== undefined) after.set(pairOf(verdict), recorded);
    return false;
  });
  const hidden = new Set(open.map(pairOf));
  return {
    from: decision.decision,
    to: outcome(after, open),
    changes: [...new Set([...before.keys(), ...after.keys()])].flatMap((pair) =>
      hidden.has(pair) ? [] : changed(before.get(pair), after.get(pair)),
    ),
    untold: open,
  };
}

function outcome(after: ReadonlyMap<string, Said>, open: readonly UntoldVerdict[]): Compared['to'] {
  for (const { leads } of after.values()) if (leads === 'deny') return 'deny';
  return open.some(({ enforcement }) => enforcement === 'deny') ? 'unknown' : 'allow';
}

function changed(before: Said | undefined, after: Said | undefined): ChangedPair[] {
  const [from, to] = [before?.leads ?? 'nothing', after?.leads ?? 'nothing'];
  // The candidate's own words are what its author wants to read; of what is gone the old ones are all there is.
  const said = to === 'nothing' ? (before ?? after) : after;
  if (from === to || said === undefined) return [];
  const { rule, policy, severity, address, message } = said;
  return [{ rule, policy, severity, address, message, from, to }];
}

function recordedSayings(decision: Decision): Map<string, Said> {
  const { violations, warnings, unknown, failed } = decision;
  return keep([
    ...failed.map((entry): Said => ({ ...entry, leads: 'deny', message: entry.reason })),
    ...violations.map((entry): Said => ({ ...entry, leads: 'deny' })),
    ...unknown.map((entry): Said => ({
      ...entry,
      leads: leadsTo(entry.enforcement),
      message: hangs(entry.paths),
    })),
    ...warnings.map((entry): Said => ({ ...entry, leads: 'warn' })),
  ]);
}

function sayings(verdicts: readonly Verdict[]): Map<string, Said> {
  return keep(verdicts.flatMap(sayingOf));
}

/** A rule may say several things of a resource; all lead to the same. */
function keep(said: readonly Said[]): Map<string, Said> {
  const pairs = new Map<string, Said>();
  for (const one of said) {
    const pair = pairOf(one);
    if (one.leads !== 'nothing' && !pairs.has(pair)) pairs.set(pair, one);
  }
  return pairs;
}

function sayingOf(verdict: Verdict): Said[] {
  const { rule, policy, severity, address } = verdict;
  const about = { rule, policy, severity, address };
  switch (verdict.verdict) {
    case 'violation':
      return verdict.violations
        .slice(0, 1)
        .map(({ message }) => ({ ...about, leads: leadsTo(verdict.enforcement), message }));
    case 'unknown':
      return [{ ...about, leads: leadsTo(verdict.onUnknown), message: hangs(verdict.paths) }];
    case 'failed':
      return [{ ...about, leads: 'deny', message: verdict.failure.reason }];
    case 'compliant':
    case 'exempt':
    case 'not-applicable':
      return [];
    default:
      return assertNever(verdict, 'verdict');
  }
}

function leadsTo(enforcement: Enforcement): Leads {
  return enforcement === 'record' ? 'nothing' : enforcement;
}

function hangs(paths: ReportedUnknown['paths'] | readonly string[]): string {
  return `hangs on ${paths.slice(0, 3).join(', ')}`;
}
