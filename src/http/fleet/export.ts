import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { csvHead, csvLine } from '../../fleet/csv.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import { FindingQuery } from '../../fleet/views.ts';
import type { FindingView } from '../../fleet/views.ts';
import { compact } from '../../kit/compact.ts';
import { describe } from '../access.ts';
import type { Door } from '../door.ts';
import { admit } from '../exchange.ts';
import type { Handler } from '../exchange.ts';
import { parseQuery } from '../query.ts';
import { ExportQuery } from './queries.ts';

const PAGE = 1000;

const FORMATS = {
  ndjson: {
    type: 'application/x-ndjson; charset=utf-8',
    head: '',
    line: (finding: FindingView) => `${JSON.stringify(finding)}\n`,
  },
  csv: { type: 'text/csv; charset=utf-8; header=present', head: csvHead(), line: csvLine },
} as const;

/**
 * GET /v1/findings/export: page by page as the caller takes them, so that a million findings need the memory of a thousand.
 * The first page is read before anything is sent: until then a failure is an answer.
 */
export function exportHandler(door: Door): Handler {
  return async (exchange) => {
    const { request, response, url } = exchange;
    admit(exchange, door.authenticate, 'read');
    const { format, ...query } = parseQuery(ExportQuery, url.searchParams);
    const { type, head, line } = FORMATS[format];
    const pages = pagesOf(door.fleet, FindingQuery.parse(compact(query)));
    const first = await pages.next();
    response.writeHead(200, {
      'content-type': type,
      'content-disposition': `attachment; filename="findings.${format}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    try {
      await pipeline(Readable.from(fileOf(first, pages, { head, line }), BYTES), response);
    } catch (error) {
      // What was sent cannot be taken back: that the connection is cut tells the caller that it is not all.
      if (!isGone(error)) {
        const { requestId } = exchange;
        door.log.error('an export was cut short', { requestId, error: describe(error) });
      }
    }
  };
}

/** Counted in bytes: a page is read when the caller has taken most of the one before. */
const BYTES = { objectMode: false };

type Pages = AsyncGenerator<readonly FindingView[], undefined>;

async function* fileOf(
  first: Awaited<ReturnType<Pages['next']>>,
  pages: Pages,
  { head, line }: Pick<(typeof FORMATS)[keyof typeof FORMATS], 'head' | 'line'>,
): AsyncGenerator<string> {
  if (head !== '') yield head;
  for (let page = first; page.done !== true; page = await pages.next()) {
    const text = page.value.map(line).join('');
    if (text !== '') yield text;
  }
}

/** The access log says that a caller went away before the end. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

async function* pagesOf(fleet: Fleet, query: FindingQuery): Pages {
  let after: string | undefined;
  do {
    const { findings, next } = await fleet.findings(query, PAGE, after);
    yield findings;
    after = next;
  } while (after !== undefined);
}
