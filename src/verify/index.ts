/** The verifier of a log that was exported or is served: it shares no code with what wrote the log, so that it cannot share its mistakes. */
export { VerifyError } from './finding.ts';
export { looksLikeKey, parseKeys } from './note.ts';
export { verifiedJson, verifiedText } from './report.ts';
export { servedLog } from './served/served.ts';
export { folderLog } from './source.ts';
export { verifyLog } from './verify.ts';
export { verifiedReportJson, verifiedReportText } from './evidence/text.ts';
export { verifyReport } from './evidence/verify-report.ts';
export type { VerifyReportOptions } from './evidence/verify-report.ts';
