import { compact } from '../../kit/compact.ts';
import type { Policy } from '../../model/policy.ts';
import type { Finding, FindingState } from '../../sweep/finding.ts';
import type { ReportAsk } from '../ask.ts';
import type { ReportReaders } from '../readers.ts';
import type { Item } from '../report.ts';
import { controlsOf } from './decision-items.ts';
import { findingsOf } from './pages.ts';
import { policiesOf, teamOfFinding } from './select.ts';

export type FindingSource = () => AsyncGenerator<Finding>;

/** The findings that are asked for, in one state. @throws ReportError REPORT_INVALID for a framework that nobody serves. */
export function selectedFindings(
  ask: ReportAsk,
  readers: ReportReaders,
  state: FindingState,
  since?: string,
): FindingSource {
  const { account, rule, team, framework } = ask;
  const serving = framework === undefined ? undefined : policiesOf(framework, readers.policies());
  const filter = compact({ account, rule, state, since });
  return async function* () {
    for await (const finding of findingsOf(readers, filter)) {
      const chosen =
        (team === undefined || teamOfFinding(finding) === team) &&
        (serving === undefined || serving.has(finding.policy));
      if (chosen) yield finding;
    }
  };
}

export function openFindings(ask: ReportAsk, readers: ReportReaders): FindingSource {
  return selectedFindings(ask, readers, 'open');
}

/** Open findings in the words of other tools. */
export async function* postureItems(
  open: FindingSource,
  policies: ReadonlyMap<string, Policy>,
): AsyncGenerator<Item> {
  for await (const finding of open()) yield itemOf(finding, policies.get(finding.policy));
}

function itemOf(finding: Finding, policy: Policy | undefined): Item {
  const { rule, severity, enforcement, address, kind, path, message, fix, link, scope } = finding;
  const { exemption, unsureSince } = finding;
  const sure = unsureSince === undefined ? 'violation' : 'unknown';
  return {
    verdict: exemption === undefined ? sure : 'exempt',
    rule,
    policy: finding.policy,
    title: policy?.title ?? finding.policy,
    ...{ severity, enforcement, address, kind, path, message, fix, link, scope },
    time: finding.lastSeen,
    ...(exemption === undefined ? {} : { exemption: exemption.id }),
    controls: controlsOf(policy),
    reference: finding.id,
  };
}
