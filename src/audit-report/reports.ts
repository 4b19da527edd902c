import type { ReportAsk } from './ask.ts';
import { ReportError } from './errors.ts';
import { evidenceOf } from './evidence/evidence.ts';
import { ISSUED } from './evidence/issued.ts';
import { issue } from './evidence/issue.ts';
import { buildReport } from './kinds/build.ts';
import type { ReportsParts } from './parts.ts';
import { formatOf, REPORT_FORMATS } from './registry.ts';
import type { ReportFormat, ReportKind } from './report.ts';

/** Reports, as the doors hand them out. */
export interface Reports {
  /**
   * Begins a report; nothing is recorded before its last byte was made.
   *
   * @throws ReportError when there is none of this kind and format, or for what is asked; LedgerError, StoreError.
   */
  readonly open: (wanted: WantedReport) => Promise<OpenedReport>;
  /** The evidence of a report that was issued, as JSON. @throws ReportError REPORT_UNKNOWN */
  readonly evidence: (id: string) => Promise<string>;
}

export interface WantedReport {
  readonly kind: ReportKind;
  readonly format: string;
  readonly ask: ReportAsk;
  readonly actor: string;
  /** Told now and then how many rows were written. */
  readonly onProgress?: (rows: number) => void;
}

export interface OpenedReport {
  readonly id: string;
  readonly fileName: string;
  readonly format: ReportFormat;
  /**
   * The file, once. It may throw on the way, and what came until then is no report. Its evidence is in it, or can be had
   * when it is at its end.
   */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What the format had no room for, in sentences; known when the first piece is there. */
  readonly cuts: () => readonly string[];
}

export function createReports(parts: ReportsParts): Reports {
  return {
    open: (wanted) => openReport(wanted, parts),
    evidence: async (id) => {
      const { events } = await parts.readers.events({ type: ISSUED, subject: id, limit: 1 });
      const [event] = events;
      if (event === undefined)
        throw new ReportError('REPORT_UNKNOWN', 'No report was issued with this id.');
      return `${JSON.stringify(await evidenceOf(event, parts.log))}\n`;
    },
  };
}

async function openReport(wanted: WantedReport, parts: ReportsParts): Promise<OpenedReport> {
  const { kind, ask, actor, onProgress = () => undefined } = wanted;
  const format = requireFormat(wanted);
  const { origin, verifierKeys } = parts.log;
  const log = { origin, verifierKeys: await verifierKeys() };
  const report = { ...(await buildReport(kind, ask, parts.readers)), log };
  const id = parts.newId();
  const cuts: string[] = [];
  const onCut = (cut: string): void => void cuts.push(cut);
  return {
    id,
    fileName: fileNameOf(report.madeAt, kind, format, ask.decision),
    format,
    bytes: issue({ id, report, format, actor, onProgress, onCut }, parts),
    cuts: () => cuts,
  };
}

function requireFormat({ kind, format }: WantedReport): ReportFormat {
  const found = formatOf(format, kind);
  if (found !== undefined) return found;
  const fitting = REPORT_FORMATS.filter(({ kinds }) => kinds.includes(kind)).map(({ id }) => id);
  throw new ReportError('REPORT_UNKNOWN', `There is no report of ${kind} in this format.`, {
    help: `There are: ${fitting.join(', ')}.`,
  });
}

/** Of our own words, and of an id only what is harmless in a header and in a file system. */
function fileNameOf(
  madeAt: string,
  kind: ReportKind,
  { extension }: ReportFormat,
  decision: string | undefined,
): string {
  const about = decision === undefined ? '' : `-${decision.replace(/[^A-Za-z0-9]/g, '')}`;
  return `portcullis-${kind}${about}-${madeAt.slice(0, 10)}.${extension}`;
}
