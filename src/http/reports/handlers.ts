import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { ReportAsk } from '../../audit-report/ask.ts';
import { ReportError } from '../../audit-report/errors.ts';
import { REPORT_KIND_IDS } from '../../audit-report/report.ts';
import type { ReportKind } from '../../audit-report/report.ts';
import { describe } from '../access.ts';
import type { Door } from '../door.ts';
import { admit } from '../exchange.ts';
import type { Handler } from '../exchange.ts';
import { parseQuery } from '../query.ts';
import { reply } from '../reply.ts';

/**
 * GET /v1/reports/{kind}.{format}: as the caller takes it. The first piece is made before anything is sent: until then a failure
 * is an answer, and after that a cut connection.
 */
export function reportHandler(door: Door): Handler {
  return async (exchange, { kind = '', format = '' }) => {
    const { request, response, url, requestId } = exchange;
    const { name: actor } = admit(exchange, door.authenticate, 'read');
    const ask = parseQuery(ReportAsk, url.searchParams);
    const report = await door.reports.open({ kind: kindOf(kind), format, ask, actor });
    const pieces = report.bytes[Symbol.asyncIterator]();
    const isHead = request.method === 'HEAD';
    const first = isHead ? undefined : await pieces.next();
    const beside = `</v1/reports/${report.id}/evidence>; rel="describedby"; type="application/json"`;
    response.writeHead(200, {
      'content-type': report.format.mediaType,
      'content-disposition': `attachment; filename="${report.fileName}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // A page of a report that is opened where it came from must not be able to do anything there.
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      'x-report-id': report.id,
      ...cutHeader(report.cuts()),
      ...(report.format.evidence === 'beside' ? { link: beside } : {}),
    });
    if (first === undefined) {
      response.end();
      return;
    }
    try {
      const bytes = Readable.from(resumed(first, pieces), { objectMode: false });
      await pipeline(bytes, response);
    } catch (error) {
      if (!isGone(error))
        door.log.error('a report was cut short', { requestId, error: describe(error) });
    }
  };
}

/** A file that has no room for all says so itself; this is for programs that do not open it. */
function cutHeader(cuts: readonly string[]): Record<string, string> {
  if (cuts.length === 0) return {};
  return {
    'x-report-cut': cuts
      .join(' ')
      .replace(/[^ -~]/g, '?')
      .slice(0, LONGEST_HEADER),
  };
}

const LONGEST_HEADER = 2000;

export function evidenceHandler(door: Door): Handler {
  return async (exchange, { id = '' }) => {
    const { request, response } = exchange;
    admit(exchange, door.authenticate, 'read');
    const body = id.length > 64 ? undefined : await door.reports.evidence(id);
    if (body === undefined)
      throw new ReportError('REPORT_UNKNOWN', 'No report was issued with this id.');
    await reply(request, response, { status: 200, type: 'application/json; charset=utf-8', body });
  };
}

function kindOf(kind: string): ReportKind {
  const found = REPORT_KIND_IDS.find((known) => known === kind);
  if (found !== undefined) return found;
  throw new ReportError('REPORT_UNKNOWN', 'There is no such report.', {
    help: `There are: ${REPORT_KIND_IDS.join(', ')}.`,
  });
}

async function* resumed(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
