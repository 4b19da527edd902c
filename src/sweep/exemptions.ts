import { covers, exemptedBy, phaseOf } from '../bindings/exemption.ts';
import type { ExemptionsNow } from '../decide/bear.ts';
import type { Selected } from '../bindings/match.ts';
import { SENSITIVE } from '../redact/marker.ts';
import type { Exemptions, Finding, Findings } from './finding.ts';

/** The exemptions of the gate, for findings. */
export function exemptionsFor({ set, at }: Pick<ExemptionsNow, 'set' | 'at'>): Exemptions {
  return (finding) => {
    const { rule } = finding;
    const candidates = set.ofRule.get(rule) ?? [];
    if (candidates.length === 0) return undefined;
    const violation = { rule, resource: selectedOf(finding), point: 'sweep' as const };
    const found = candidates.find(
      (one) => phaseOf(one, at) === 'in force' && covers(one, violation),
    );
    return found && exemptedBy(found);
  };
}

/** What is kept of the resource of a finding. Tags whose values nobody read, or may show, are not known. */
function selectedOf({ kind, provider, address, scope, tags }: Finding): Selected {
  // Exemptions that select by type are not for sweeps: they are refused when they are read.
  const subject = { kind, type: '', provider, address, scope };
  if (tags.state === 'unknown') return { ...subject, tags: {}, unknown: ['tags'] };
  const { values, unknown } = tags;
  const shown = Object.entries(values).filter(
    ([key, value]) => value !== SENSITIVE && !unknown.includes(key),
  );
  return { ...subject, tags: Object.fromEntries(shown), unknown: [] };
}

/** Findings with who bears them, as of the moment they are read: an exemption that ended a second ago is none. */
export function withExemptions(
  findings: Findings,
  exemptions: () => Promise<Exemptions>,
): Findings {
  const told = (finding: Finding, of: Exemptions): Finding => {
    const exemption = of(finding);
    return exemption === undefined ? finding : { ...finding, exemption };
  };
  return {
    ...findings,
    find: async (id) => {
      const finding = await findings.find(id);
      return finding && told(finding, await exemptions());
    },
    list: async (...asked) => {
      const page = await findings.list(...asked);
      const of = await exemptions();
      return { ...page, findings: page.findings.map((finding) => told(finding, of)) };
    },
  };
}
