import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { Problem } from './problem.ts';

const pack = promisify(gzip);

/** Below this, packing costs more than it saves. */
const WORTH_PACKING = 1400;

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends an answer, packed when the caller takes gzip. An answer that has begun, or whose caller is gone, is let be. */
export async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Reply,
): Promise<void> {
  const plain = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const worthIt = plain.length >= WORTH_PACKING && acceptsGzip(request.headers['accept-encoding']);
  const body = worthIt ? await pack(plain) : plain;
  if (response.headersSent || response.destroyed) return;
  response.writeHead(answer.status, {
    'content-type': answer.type,
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
    ...(worthIt ? { 'content-encoding': 'gzip' } : {}),
    ...answer.headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value), headers };
}

export function problemReply(problem: Problem, headers: Readonly<Record<string, string>>): Reply {
  return {
    status: problem.status,
    type: 'application/problem+json; charset=utf-8',
    body: JSON.stringify(problem),
    headers,
  };
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  const weights = String(header ?? '')
    .split(',')
    .map((part) => /^\s*(?:gzip|\*)\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(part))
    .filter((match) => match !== null);
  return weights.some(([, weight]) => weight === undefined || Number(weight) > 0);
}
