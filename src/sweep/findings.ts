import { reportViolations } from '../decide/report-violation.ts';
import { matches } from '../bindings/match.ts';
import type { Rule } from '../bindings/rule.ts';
import { assertNever } from '../kit/assert-never.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import { sha256 } from '../kit/digest.ts';
import { overlaps } from '../kit/paths.ts';
import type { ReportedViolation } from '../model/decision.ts';
import type { Resource } from '../model/resource.ts';
import type { Verdict } from '../model/verdict.ts';
import { redactorOf } from '../redact/document.ts';
import type { FindingState, ResolvedBecause } from './finding.ts';
import type { Judged } from './judge.ts';

/** What a sweep saw of one resource: the violations, and how sure each rule was. */
export interface Observation {
  readonly address: string;
  readonly sightings: readonly Sighting[];
  /** What a rule said: nothing where it does not look at the resource. All is well and not applicable are one and the same here. */
  readonly verdicts: Pick<ReadonlyMap<string, Verdict['verdict']>, 'get'>;
  readonly counts: {
    /** True when some rule had something to say. */
    readonly judged: boolean;
    readonly unknown: number;
    readonly failed: number;
  };
  /** Paths of the resource that could not be read. */
  readonly unknown: readonly string[];
}

/** A violation as it was seen, under the id of the finding that it is. */
export type Sighting = Pick<
  ReportedViolation,
  | 'rule'
  | 'policy'
  | 'severity'
  | 'enforcement'
  | 'address'
  | 'kind'
  | 'path'
  | 'message'
  | 'expected'
  | 'actual'
  | 'fix'
  | 'link'
> & { readonly id: string };

/** What is known already of a finding, as far as its next state depends on it. */
export interface KnownFinding {
  readonly id: string;
  readonly rule: string;
  readonly address: string;
  readonly path: string;
  readonly state: FindingState;
}

/** What becomes of a finding by one observation. */
export type FindingMove =
  | { readonly move: 'open'; readonly sighting: Sighting }
  | { readonly move: 'reopen'; readonly sighting: Sighting }
  | { readonly move: 'see'; readonly sighting: Sighting }
  | { readonly move: 'doubt'; readonly id: string }
  | { readonly move: 'resolve'; readonly id: string; readonly because: ResolvedBecause };

/** The same rule, resource and path is the same finding for ever, whatever its message says. */
export function findingId(rule: string, address: string, path: string): string {
  return sha256(canonicalJson([rule.toWellFormed(), address.toWellFormed(), path.toWellFormed()]));
}

/**
 * What one observation of a resource does to its findings. A finding closes only on a word that is certain: its rule judged
 * the resource and no longer complains, with nothing unknown at that place; or the rule is not there any more.
 *
 * @param known the findings of this resource, open or resolved.
 */
export function movesOf(known: readonly KnownFinding[], seen: Observation): FindingMove[] {
  const before = new Map(known.map((finding) => [finding.id, finding]));
  const now = new Set(seen.sightings.map(({ id }) => id));
  const seenMoves = seen.sightings.map((sighting) => ({
    move: moveOfSighting(before.get(sighting.id)),
    sighting,
  }));
  const unseen = known.filter(({ id, state }) => state === 'open' && !now.has(id));
  return [...seenMoves, ...unseen.map((finding) => moveOfUnseen(finding, seen))];
}

function moveOfSighting(known: KnownFinding | undefined): 'open' | 'reopen' | 'see' {
  if (known === undefined) return 'open';
  return known.state === 'open' ? 'see' : 'reopen';
}

function moveOfUnseen({ id, rule, path }: KnownFinding, seen: Observation): FindingMove {
  const verdict = seen.verdicts.get(rule);
  switch (verdict) {
    case undefined:
      return { move: 'resolve', id, because: 'rule-gone' };
    case 'unknown':
    case 'failed':
      return { move: 'doubt', id };
    case 'violation':
    case 'exempt':
    case 'compliant':
    case 'not-applicable':
      // A rule may be sure of one path and not of another.
      return seen.unknown.some((hidden) => overlaps(hidden, path))
        ? { move: 'doubt', id }
        : { move: 'resolve', id, because: 'fixed' };
    default:
      return assertNever(verdict, 'verdict');
  }
}

/**
 * The verdicts on some resources -> an observation of each, without sensitive values. Exempt violations are sightings too:
 * whether a finding is borne is asked when it is read.
 */
export function observe(
  resources: readonly Resource[],
  { verdicts, judging }: Pick<Judged, 'verdicts' | 'judging'>,
  rules: ReadonlyMap<string, Rule>,
): Observation[] {
  const byAddress = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const list = byAddress.get(verdict.address);
    if (list === undefined) byAddress.set(verdict.address, [verdict]);
    else list.push(verdict);
  }
  return resources.map((resource, index) => {
    const own = byAddress.get(resource.address) ?? [];
    const count = (word: Verdict['verdict']): number =>
      own.filter(({ verdict }) => verdict === word).length;
    return {
      address: resource.address,
      sightings: sightingsOf(resource, own, rules),
      verdicts: { get: wordsOf(resource, own, rules) },
      counts: {
        judged: (judging[index] ?? 0) > 0,
        unknown: count('unknown'),
        failed: count('failed'),
      },
      unknown: resource.unknown,
    };
  });
}

/** A sweep keeps no verdict where all is well: of a rule that looks at the resource, silence says so. */
function wordsOf(
  resource: Resource,
  own: readonly Verdict[],
  rules: ReadonlyMap<string, Rule>,
): Observation['verdicts']['get'] {
  return (id) => {
    const told = own.find((verdict) => verdict.rule === id);
    if (told !== undefined) return told.verdict;
    const rule = rules.get(id);
    return rule !== undefined && matches(rule, resource) ? 'compliant' : undefined;
  };
}

function sightingsOf(
  resource: Resource,
  verdicts: readonly Verdict[],
  rules: ReadonlyMap<string, Rule>,
): readonly Sighting[] {
  const byId = new Map<string, Sighting>();
  const speaking = verdicts.filter(
    ({ verdict }) => verdict === 'violation' || verdict === 'exempt',
  );
  if (speaking.length === 0) return [];
  const redactor = redactorOf([resource]);
  for (const verdict of speaking) {
    const rule = rules.get(verdict.rule);
    for (const violation of reportViolations(verdict, { rule, resource, redactor })) {
      const id = findingId(violation.rule, violation.address, violation.path);
      byId.set(id, merged(byId.get(id), { ...violation, id }));
    }
  }
  return [...byId.values()];
}

/** A policy may say two things of one place: they are one finding, which says both. */
function merged(first: Sighting | undefined, second: Sighting): Sighting {
  if (first === undefined || first.message === second.message) return second;
  const message = [...new Set([...first.message.split('\n'), second.message])].sort().join('\n');
  return { ...second, message };
}
