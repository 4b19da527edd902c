import type { ExemptionSet } from '../bindings/exemption.ts';
import type { RuleSet } from '../bindings/rule.ts';
import type { Note } from '../model/decision.ts';
import type { Point } from '../model/point.ts';
import type { Resource } from '../model/resource.ts';
import type { Verdict } from '../model/verdict.ts';
import { applyExemptions } from './exempt.ts';
import type { Exempted } from './exempt.ts';

/** Exemptions at the moment of a decision. */
export interface ExemptionsNow {
  readonly set: ExemptionSet;
  /** By the clock of the database, where there is one: replicas that disagree about the time agree about an end. */
  readonly at: Date;
  /** What a reader must know: the stored ones could not be read, say. */
  readonly notes: readonly Note[];
}

/** Somebody who may says: let it pass, this once. */
export interface Override {
  readonly by: string;
  readonly reason: string;
}

export interface Bearing {
  readonly exemptions: ExemptionsNow;
  readonly point: Point;
  readonly rules: RuleSet;
  readonly override: Override | undefined;
  /** The id of the decision: an override is an exemption of this one alone. */
  readonly decision: string;
}

/** Verdicts with those made exempt that somebody bears: by an exemption, or by an override of this decision. Pure. */
export function bear(
  verdicts: readonly Verdict[],
  resources: readonly Resource[],
  bearing: Bearing,
): Exempted {
  const { exemptions, point } = bearing;
  const borne = applyExemptions(verdicts, resources, exemptions.set, { point, now: exemptions.at });
  const overridden = applyOverride(borne.verdicts, bearing);
  return {
    verdicts: overridden.verdicts,
    notes: [...exemptions.notes, ...borne.notes, ...overridden.notes],
  };
}

/** Only denials by rules that say so. A value that is not known, and a policy that broke, are not there to be borne. */
function applyOverride(
  verdicts: readonly Verdict[],
  { override, rules, exemptions, decision }: Bearing,
): Exempted {
  if (override === undefined) return { verdicts, notes: [] };
  const overridable = new Set(
    rules.rules.filter((rule) => rule.overridable === true).map(({ id }) => id),
  );
  const id = `override-${decision}`;
  const { by: owner, reason } = override;
  const exemptedBy = { id, until: exemptions.at.toISOString(), owner, reason };
  const used = new Set<string>();
  const refused = new Set<string>();
  const told = verdicts.map((verdict): Verdict => {
    if (verdict.verdict !== 'violation' || verdict.enforcement !== 'deny') return verdict;
    (overridable.has(verdict.rule) ? used : refused).add(verdict.rule);
    if (!overridable.has(verdict.rule)) return verdict;
    return { ...verdict, verdict: 'exempt', exemption: id, exemptedBy };
  });
  return { verdicts: told, notes: notesOf(override, [...used], [...refused]) };
}

const MOST_NAMED = 10;

function notesOf(
  { by }: Override,
  used: readonly string[],
  refused: readonly string[],
): readonly Note[] {
  const notes: Note[] = [];
  if (used.length > 0)
    notes.push({ code: 'overridden', message: `${by} overrode denials by ${named(used)}.` });
  if (refused.length > 0)
    notes.push({
      code: 'not-overridable',
      message: `Denials by ${named(refused)} cannot be overridden: ask for an exemption.`,
    });
  if (used.length + refused.length === 0)
    notes.push({ code: 'override-unused', message: 'There was no violation to override.' });
  return notes;
}

function named(rules: readonly string[]): string {
  const more = rules.length > MOST_NAMED ? ` and ${rules.length - MOST_NAMED} more` : '';
  return `${rules.slice(0, MOST_NAMED).join(', ')}${more}`;
}
