import { PortcullisError } from '../kit/errors.ts';

/**
 * REPORT_UNKNOWN: there is no such report, decision or format. REPORT_INVALID: what is asked for makes no sense.
 * REPORT_UNPROVEN: the ledger gave no proof of what the report says, so there is no report. REPORT_TOO_LARGE: its format has
 * no form for so much.
 */
export type ReportErrorCode =
  'REPORT_UNKNOWN' | 'REPORT_INVALID' | 'REPORT_UNPROVEN' | 'REPORT_TOO_LARGE';

export class ReportError extends PortcullisError<ReportErrorCode> {}
