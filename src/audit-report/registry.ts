import { csv } from './formats/csv/index.ts';
import { gitlab } from './formats/gitlab/index.ts';
import { html } from './formats/html/index.ts';
import { json } from './formats/json/index.ts';
import { junit } from './formats/junit/index.ts';
import { markdown } from './formats/markdown/index.ts';
import { ndjson } from './formats/ndjson/index.ts';
import { oscal } from './formats/oscal/index.ts';
import { pdf } from './formats/pdf/index.ts';
import { policyReport } from './formats/policyreport/index.ts';
import { sarif } from './formats/sarif/index.ts';
import { xlsx } from './formats/xlsx/index.ts';
import type { ReportFormat, ReportKind } from './report.ts';

/** Every format that a report can be written in; options, addresses, help and docs come from this table. */
export const REPORT_FORMATS: readonly ReportFormat[] = [
  csv,
  xlsx,
  json,
  ndjson,
  markdown,
  html,
  pdf,
  sarif,
  junit,
  gitlab,
  policyReport,
  oscal,
];

/** The format of this name, where it can hold this kind of report. */
export function formatOf(id: string, kind: ReportKind): ReportFormat | undefined {
  return REPORT_FORMATS.find((format) => format.id === id && format.kinds.includes(kind));
}
