import { bytesOf } from '../../chunks.ts';
import { KINDS_WITH_ITEMS } from '../../items.ts';
import { inertJson } from '../../inert/text.ts';
import type { AuditReport, Item, ReportFormat } from '../../report.ts';
import { reportObject } from './object.ts';

/** An object in a cluster may have 1.5 MB in all (etcd); so many results stay below it, with the longest texts they may have. */
const RESULTS_OF_ONE = 100;

/** Reports as other policy tools of Kubernetes keep them: a list that `kubectl apply` takes. */
export const policyReport = {
  id: 'policyreport',
  title: 'PolicyReport (wgpolicyk8s.io/v1alpha2), for Kubernetes',
  mediaType: 'application/json; charset=utf-8',
  extension: 'policyreport.json',
  kinds: KINDS_WITH_ITEMS,
  evidence: 'beside',
  write: (report) => bytesOf(list(report)),
} as const satisfies ReportFormat;

async function* list(report: AuditReport): AsyncGenerator<string> {
  yield '{"apiVersion": "v1", "kind": "List", "items": [';
  let part = 0;
  for await (const items of pagesOf(report)) {
    yield `${part === 0 ? '\n' : ',\n'}${inertJson(reportObject(report, items, part))}`;
    part += 1;
  }
  yield '\n]}\n';
}

/** Full pages and the rest; one empty page where there is nothing, which says that it was looked for. */
async function* pagesOf({ items }: AuditReport): AsyncGenerator<readonly Item[]> {
  let page: Item[] = [];
  let pages = 0;
  for await (const item of items?.() ?? []) {
    page.push(item);
    if (page.length < RESULTS_OF_ONE) continue;
    yield page;
    pages += 1;
    page = [];
  }
  if (page.length > 0 || pages === 0) yield page;
}
