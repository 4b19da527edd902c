import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

import { csvHead, csvLine } from '../../fleet/csv.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import { FindingQuery } from '../../fleet/views.ts';
import type { FindingView } from '../../fleet/views.ts';
import { compact } from '../../kit/compact.ts';
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
    await send(response, head);
    for (let page = first; page.done !== true; page = await pages.next())
      await send(response, page.value.map(line).join(''));
    response.end();
  };
}

async function* pagesOf(
  fleet: Fleet,
  query: FindingQuery,
): AsyncGenerator<readonly FindingView[], undefined> {
  let after: string | undefined;
  do {
    const { findings, next } = await fleet.findings(query, PAGE, after);
    yield findings;
    after = next;
  } while (after !== undefined);
}

async function send(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed) throw new Error('the caller went away');
  if (text !== '' && !response.write(text)) await once(response, 'drain');
}
