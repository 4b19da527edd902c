import { requireMeant } from '../ask.ts';
import type { ReportAsk } from '../ask.ts';
import type { ReportReaders } from '../readers.ts';
import type { AuditReport, ReportKind } from '../report.ts';
import { certificateReport } from './certificate.ts';
import { decisionsReport } from './decisions.ts';
import { exemptionsReport } from './exemptions.ts';
import { postureReport } from './posture.ts';
import { repairsReport } from './repairs.ts';

type Build = (ask: ReportAsk, readers: ReportReaders) => Promise<AuditReport>;

const KINDS: Readonly<Record<ReportKind, Build>> = {
  posture: postureReport,
  decisions: decisionsReport,
  exemptions: exemptionsReport,
  repairs: repairsReport,
  certificate: certificateReport,
};

/** A report of this kind. @throws ReportError for what makes no sense, LedgerError, StoreError. */
export async function buildReport(
  kind: ReportKind,
  ask: ReportAsk,
  readers: ReportReaders,
): Promise<AuditReport> {
  requireMeant(kind, ask);
  return await KINDS[kind](ask, readers);
}
