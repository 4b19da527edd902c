import { covers, phaseOf } from '../bindings/exemption.ts';
import type { Exemption } from '../bindings/exemption.ts';
import type { Selected } from '../bindings/match.ts';
import { SENSITIVE } from '../decide/redact.ts';
import type { Exemptions, Finding, Findings } from './finding.ts';

/** The exemptions of the gate, for findings. */
export function exemptionsFor(exemptions: readonly Exemption[]): Exemptions {
  return (finding, at) => {
    const violation = {
      rule: finding.rule,
      resource: selectedOf(finding),
      point: 'sweep' as const,
    };
    const found = exemptions.find(
      (one) => phaseOf(one, at) === 'in force' && covers(one, violation),
    );
    return found && { id: found.id, until: found.until.toISOString(), reason: found.reason };
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
  exemptions: Exemptions,
  clock: () => Date,
): Findings {
  const told = (finding: Finding): Finding => {
    const exemption = exemptions(finding, clock());
    return exemption === undefined ? finding : { ...finding, exemption };
  };
  return {
    ...findings,
    find: async (id) => {
      const finding = await findings.find(id);
      return finding && told(finding);
    },
    list: async (...asked) => {
      const page = await findings.list(...asked);
      return { ...page, findings: page.findings.map(told) };
    },
  };
}
