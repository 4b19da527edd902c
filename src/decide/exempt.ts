import { covers, exemptedBy, phaseOf } from '../bindings/exemption.ts';
import type { ExemptionSet } from '../bindings/exemption.ts';
import type { Note } from '../model/decision.ts';
import type { Point } from '../model/point.ts';
import type { Resource } from '../model/resource.ts';
import type { Verdict } from '../model/verdict.ts';

export interface Exempted {
  readonly verdicts: readonly Verdict[];
  /** What a reader must know: exemptions that ended and would have covered a violation. */
  readonly notes: readonly Note[];
}

/**
 * Violations that somebody bears for now become exempt. Nothing else does: an unknown and a failure say that nobody
 * knows what would be borne. Pure.
 */
export function applyExemptions(
  verdicts: readonly Verdict[],
  resources: readonly Resource[],
  { exemptions, ofRule }: ExemptionSet,
  { point, now }: { readonly point: Point; readonly now: Date },
): Exempted {
  if (exemptions.length === 0) return { verdicts, notes: [] };
  const resourceAt = new Map(resources.map((resource) => [resource.address, resource]));
  const ended = new Set<string>();
  const told = verdicts.map((verdict): Verdict => {
    const resource = resourceAt.get(verdict.address);
    if (verdict.verdict !== 'violation' || resource === undefined) return verdict;
    const { rule } = verdict;
    const covering = (ofRule.get(rule) ?? []).filter((one) =>
      covers(one, { rule, resource, point }),
    );
    const living = covering.find((one) => phaseOf(one, now) === 'in force');
    if (living !== undefined)
      return {
        ...verdict,
        verdict: 'exempt',
        exemption: living.id,
        exemptedBy: exemptedBy(living),
      };
    for (const one of covering) if (phaseOf(one, now) === 'ended') ended.add(one.id);
    return verdict;
  });
  return { verdicts: told, notes: noteOf([...ended]) };
}

const MOST_NAMED = 10;

function noteOf(ended: readonly string[]): Note[] {
  if (ended.length === 0) return [];
  const more = ended.length > MOST_NAMED ? ` and ${ended.length - MOST_NAMED} more` : '';
  const named = ended.slice(0, MOST_NAMED).join(', ');
  return [
    {
      code: 'exemptions-ended',
      message: `Exemptions that ended would have covered violations: ${named}${more}.`,
    },
  ];
}
