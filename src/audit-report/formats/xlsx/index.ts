import { REPORT_KIND_IDS } from '../../report.ts';
import type { ReportFormat } from '../../report.ts';
import { workbook } from './workbook.ts';
import { zipped } from './zip.ts';

/** A workbook: a sheet about the report, and one for each table. Cells are typed, and none is a formula. */
export const xlsx = {
  id: 'xlsx',
  title: 'Excel workbook, all tables',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  extension: 'xlsx',
  kinds: REPORT_KIND_IDS,
  evidence: 'beside',
  write: (report) => zipped(workbook(report)),
} as const satisfies ReportFormat;
