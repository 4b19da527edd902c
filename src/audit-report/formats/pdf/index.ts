import { REPORT_KIND_IDS } from '../../report.ts';
import type { AuditReport, OnCut, ReportFormat } from '../../report.ts';
import { contentOf } from './content.ts';
import { typeset } from './typeset.ts';

/** Pages to hand round: typeset, tagged for screen readers (PDF/UA-1), with tables as long as paper bears. */
export const pdf = {
  id: 'pdf',
  title: 'PDF (PDF/UA-1), typeset pages',
  mediaType: 'application/pdf',
  extension: 'pdf',
  kinds: REPORT_KIND_IDS,
  evidence: 'beside',
  write: pages,
} as const satisfies ReportFormat;

async function* pages(report: AuditReport, onCut: OnCut): AsyncGenerator<Uint8Array> {
  yield await typeset(await contentOf(report, onCut), Date.parse(report.madeAt));
}
