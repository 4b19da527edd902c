import { fingerprint } from '../../../report/fingerprint.ts';
import { severityOf } from '../../../report/gitlab/issue.ts';
import type { Issue } from '../../../report/gitlab/issue.ts';
import { bytesOf } from '../../chunks.ts';
import { cutSaid, KINDS_WITH_ITEMS, worstOf } from '../../items.ts';
import { inertJson, inertLine } from '../../inert/text.ts';
import type { AuditReport, Item, OnCut, ReportFormat } from '../../report.ts';

/** GitLab reads the file whole for each merge request. */
const MOST_ISSUES = 25_000;

/** GitLab's code quality report: a JSON list, without a byte order mark. */
export const gitlab = {
  id: 'gitlab-codequality',
  title: 'GitLab code quality',
  mediaType: 'application/json; charset=utf-8',
  extension: 'gitlab.json',
  kinds: KINDS_WITH_ITEMS,
  evidence: 'beside',
  write: (report, onCut) => bytesOf(list(report, onCut)),
} as const satisfies ReportFormat;

async function* list(report: AuditReport, onCut: OnCut): AsyncGenerator<string> {
  const worst = await worstOf(report, MOST_ISSUES);
  const cut = cutSaid(worst, 'GitLab reads the whole file for each merge request', onCut);
  const said = [...(cut === undefined ? [] : [cut]), ...report.notes].map(note);
  const issues = [...said, ...worst.items.map(issueOf)];
  yield '[';
  for (const [index, issue] of issues.entries())
    yield `${index === 0 ? '\n' : ',\n'}${inertJson(issue)}`;
  yield '\n]\n';
}

function note(text: string): Issue {
  return {
    description: inertLine(text),
    check_name: 'portcullis',
    fingerprint: fingerprint({ policy: 'note', address: text, path: '' }),
    severity: 'info',
    location: { path: 'portcullis', lines: { begin: 1 } },
  };
}

function issueOf(item: Item): Issue {
  return {
    description: inertLine(`${wordOf(item)}${item.address}: ${item.message} ${item.fix}`.trim()),
    check_name: inertLine(item.policy),
    // Issues with one fingerprint are merged: the rule tells two bindings of one policy apart.
    fingerprint: fingerprint({ ...item, policy: `${item.policy} ${item.rule}` }),
    severity: item.verdict === 'violation' ? severityOf(item) : 'info',
    location: { path: pathOf(item.address), lines: { begin: 1 } },
  };
}

function wordOf({ verdict, exemption }: Item): string {
  if (verdict === 'violation') return '';
  return verdict === 'unknown' ? 'Not known: ' : `Exempt (${exemption ?? 'by an exemption'}): `;
}

/** There is no file; the name of the resource takes its place, and is no way out of the repository. */
function pathOf(address: string): string {
  const parts = inertLine(address)
    .split(/[\\/]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.length === 0 ? 'resource' : parts.join('/');
}
