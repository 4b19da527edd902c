import type { Notification, ReportingDescriptor } from 'sarif';

import { cutSaid } from '../../items.ts';
import type { Worst } from '../../items.ts';
import { inertJson } from '../../inert/text.ts';
import type { AuditReport, Item, OnCut } from '../../report.ts';
import { MOST_SHOWN } from './limits.ts';
import { resultText, said } from './result.ts';

/** Twenty is the limit of GitHub, and the severity is one of them. */
const MOST_CONTROLS = 19;

const SECURITY_SEVERITY = { low: '3.0', medium: '5.5', high: '8.0', critical: '9.5' } as const;

/** The log in pieces, a result on each line. */
export function* logText(report: AuditReport, worst: Worst, onCut: OnCut): Generator<string> {
  const driver = { name: 'Portcullis', version: said(report.version), rules: rulesOf(worst.items) };
  const invocations = [
    {
      executionSuccessful: true,
      endTimeUtc: report.madeAt,
      toolExecutionNotifications: notifications(report, worst, onCut),
    },
  ];
  yield `{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{\n`;
  yield `"tool": {"driver": ${inertJson(driver)}},\n"columnKind": "utf16CodeUnits",\n`;
  yield `"automationDetails": {"id": ${inertJson(`portcullis/${report.kind}/`)}},\n`;
  yield `"invocations": ${inertJson(invocations)},\n"results": [`;
  let between = '\n';
  for (const item of worst.items) {
    yield between + resultText(item);
    between = ',\n';
  }
  yield '\n]}]}\n';
}

function notifications({ notes }: AuditReport, worst: Worst, onCut: OnCut): Notification[] {
  const why = 'GitHub takes 25,000 of a run, in a file of 10 MB when packed';
  const cut = cutSaid(worst, why, onCut);
  const shown =
    worst.items.length > MOST_SHOWN
      ? `GitHub shows the ${MOST_SHOWN} most serious of the ${worst.items.length} findings in this file.`
      : undefined;
  return [cut, shown, ...notes].flatMap((text) =>
    text === undefined ? [] : [{ level: 'warning' as const, message: { text: said(text) } }],
  );
}

function rulesOf(items: readonly Item[]): ReportingDescriptor[] {
  const rules = new Map(items.map((item) => [item.policy, item]));
  return [...rules.values()].map(describe).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function describe({ policy, title, fix, severity, controls }: Item): ReportingDescriptor {
  const tags = controls.map(({ framework, control }) => said(`${framework} ${control}`));
  return {
    id: said(policy),
    ...(title === '' ? {} : { shortDescription: { text: said(title) } }),
    ...(fix === '' ? {} : { help: { text: said(fix) } }),
    // GitHub sorts alerts by this number: https://docs.github.com/code-security (SARIF support, security-severity).
    properties: {
      'security-severity': SECURITY_SEVERITY[severity],
      tags: [...new Set([severity, ...tags])].slice(0, MOST_CONTROLS + 1),
    },
  };
}
