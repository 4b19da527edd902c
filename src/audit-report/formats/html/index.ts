import { bytesOf } from '../../chunks.ts';
import { REPORT_KIND_IDS } from '../../report.ts';
import type { ReportFormat } from '../../report.ts';
import { page } from './page.ts';

/** One file that needs nothing from anywhere: it opens offline, prints, and has no script. */
export const html = {
  id: 'html',
  title: 'HTML, one self-contained page to read and print',
  mediaType: 'text/html; charset=utf-8',
  extension: 'html',
  kinds: REPORT_KIND_IDS,
  evidence: 'trailer',
  write: (report) => bytesOf(page(report)),
} as const satisfies ReportFormat;
