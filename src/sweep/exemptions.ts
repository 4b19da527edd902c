import type { Exemptions, Finding, Findings } from './finding.ts';

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
