import { createHash } from 'node:crypto';

import { compact } from '../../kit/compact.ts';
import { ReportError } from '../errors.ts';
import { commentJson } from '../inert/text.ts';
import type { AuditReport, OnCut, ReportFormat } from '../report.ts';
import type { ReportsParts } from '../parts.ts';
import { evidenceOf } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { ISSUED, rangesOf } from './issued.ts';
import type { IssuedBody } from './issued.ts';
import { placeOf } from './place.ts';
import type { Place } from './place.ts';
import { watchQuotes } from './quotes.ts';

export interface Issue {
  readonly id: string;
  readonly report: AuditReport;
  readonly format: ReportFormat;
  readonly actor: string;
  readonly onProgress: (rows: number) => void;
  readonly onCut: OnCut;
}

/**
 * Writes a report, then records what it is, and puts the proof of that into it. Whoever takes the proof out again has the bytes
 * that the record is of.
 */
export async function* issue(
  { id, report, format, actor, onProgress, onCut }: Issue,
  parts: ReportsParts,
): AsyncGenerator<Uint8Array> {
  const place = placeOf(format);
  const quotes = watchQuotes(report, onProgress);
  const content = meter();
  let held: Uint8Array = Buffer.alloc(0);
  for await (const piece of format.write(quotes.watched, onCut)) {
    content.take(piece);
    const ready = Buffer.concat([held, piece]);
    const end = Math.max(0, ready.length - place.keep);
    if (end > 0) yield ready.subarray(0, end);
    held = ready.subarray(end);
  }
  const body = bodyOf({ report, format }, place, {
    content: content.told(),
    rows: quotes.rows(),
    quoted: rangesOf(quotes.told()),
  });
  const evidence = await proved({ id, actor, body }, parts);
  if (place.around !== null)
    yield Buffer.from(`${place.around[0]}${commentJson(evidence)}${place.around[1]}`);
  if (held.length > 0) yield held;
}

function meter() {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    take: (piece: Uint8Array) => {
      hash.update(piece);
      bytes += piece.length;
    },
    told: () => ({ digest: `sha256:${hash.digest('hex')}`, bytes }),
  };
}

function bodyOf(
  { report, format }: Pick<Issue, 'report' | 'format'>,
  { around }: Place,
  written: Pick<IssuedBody, 'content' | 'rows' | 'quoted'>,
): IssuedBody {
  const { kind, period, selection, version, madeAt } = report;
  const head = { kind, format: format.id, period: compact(period), version, madeAt };
  return {
    ...head,
    selection: [...selection],
    around: around === null ? null : [...around],
    ...written,
  };
}

/** The record is read again as it was kept: what is proved is that, and not what was meant. */
async function proved(
  { id, actor, body }: { id: string; actor: string; body: IssuedBody },
  { record, readers, log }: ReportsParts,
): Promise<Evidence> {
  await record({ type: ISSUED, subject: id, actor, body: { ...body } });
  const { events } = await readers.events({ type: ISSUED, subject: id, limit: 1 });
  const [event] = events;
  if (event === undefined)
    throw new ReportError('REPORT_UNPROVEN', 'The record of the report is not in the ledger.');
  return await evidenceOf(event, log);
}
