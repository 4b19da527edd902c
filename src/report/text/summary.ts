import type picocolors from 'picocolors';

import type { Decision } from '../../model/decision.ts';
import { counted } from '../counted.ts';
import { printable } from '../printable.ts';

type Colours = ReturnType<typeof picocolors.createColors>;

/** How many kinds without a rule are named before the rest is counted. */
const KINDS_NAMED = 8;

/** The foot of a decision: the sentence, the counts, what no rule looked at, and where to find it again. */
export function summaryLines(decision: Decision, colours: Colours): string[] {
  const { summary, coverage, policies, rules } = decision;
  const total = coverage.judged + coverage.unjudged.length;
  const counts = [
    `${decision.violations.length} denied`,
    `${decision.warnings.length} warned`,
    `${summary.unknown} unknown`,
    ...(summary.failed > 0 ? [`${summary.failed} failed`] : []),
    ...(summary.exempt > 0 ? [`${summary.exempt} exempt`] : []),
    ...(decision.recorded.length > 0 ? [`${decision.recorded.length} recorded`] : []),
    `${summary.compliant} compliant`,
  ];
  return [
    printable(decision.reason),
    `  verdicts  ${counts.join(', ')}`,
    `  coverage  ${coverage.judged} of ${counted(total, 'resource')} judged${unjudged(decision)}`,
    colours.dim(
      `  by        ${counted(rules.count, 'rule')} (${short(rules.digest)}), ${counted(policies.count, 'policy', 'policies')} (${short(policies.digest)})${exemptionsOf(decision)}`,
    ),
    colours.dim(`  decision  ${decision.id}, document ${short(decision.document.digest)}`),
  ];
}

function exemptionsOf({ exemptions }: Decision): string {
  if (exemptions === undefined || exemptions.count === 0) return '';
  return `, ${counted(exemptions.count, 'exemption')} (${short(exemptions.digest)})`;
}

function unjudged({ coverage }: Decision): string {
  if (coverage.unjudged.length === 0) return '';
  const counts = new Map<string, number>();
  for (const { kind } of coverage.unjudged) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${printable(kind)} (${count})`);
  const rest = kinds.length > KINDS_NAMED ? `, and ${kinds.length - KINDS_NAMED} more kinds` : '';
  return `; no rule looks at ${kinds.slice(0, KINDS_NAMED).join(', ')}${rest}`;
}

function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
