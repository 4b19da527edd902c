import { VERSION } from '../../version.ts';
import { periodOf, selectionOf } from '../ask.ts';
import type { ReportAsk } from '../ask.ts';
import { REPORT_KINDS } from '../report.ts';
import type { ReportKind } from '../report.ts';

/** How every report of a period begins. @throws ReportError REPORT_INVALID */
export function opening(kind: Exclude<ReportKind, 'certificate'>, ask: ReportAsk, now: Date) {
  return {
    kind,
    title: REPORT_KINDS[kind],
    madeAt: now.toISOString(),
    period: periodOf(ask, now),
    selection: selectionOf(ask),
    version: VERSION,
  };
}
