import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Role } from '../config/schema.ts';
import { requireRole } from './auth.ts';
import type { Authenticate, Caller } from './auth.ts';
import { HttpError } from './errors.ts';

/** One request and its answer on their way through the door. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly url: URL;
  /** Why the address cannot be read; then `url` is the root. */
  readonly malformed: HttpError | undefined;
  /** `performance.now()` when the head arrived. */
  readonly startedAt: number;
  /** The path of the operation as OpenAPI writes it, once it is known. */
  route: string;
  /** What the access log says of it besides method, path and status. No text of a document. */
  readonly facts: Record<string, string | number | boolean>;
}

/** Answers one request. What it throws becomes a problem document. */
export type Handler = (
  exchange: Exchange,
  parameters: Readonly<Record<string, string>>,
) => Promise<void>;

/** @param startedAt from `performance.now()`. */
export function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  startedAt: number,
): Exchange {
  const requestId = requestIdOf(request);
  response.setHeader('x-request-id', requestId);
  return {
    request,
    response,
    requestId,
    ...readAddress(request.url ?? '/'),
    startedAt,
    route: 'other',
    facts: {},
  };
}

/** The caller's own id when it is a plain word, so that it can stand in a header and in a log line. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[A-Za-z0-9._:/+=-]{1,128}$/.test(given)
    ? given
    : randomUUID();
}

/** The caller, once it is known and its role fits. */
export function admit(
  { request, facts }: Exchange,
  authenticate: Authenticate,
  role: Role,
): Caller {
  const caller = authenticate(request.headers);
  facts['caller'] = caller.name;
  requireRole(caller, role);
  return caller;
}

function readAddress(target: string): Pick<Exchange, 'url' | 'malformed'> {
  try {
    // A target that is no path ("*", "http://…") would be read as another host.
    if (!target.startsWith('/')) throw new TypeError('not a path');
    // URLSearchParams puts replacement characters where the encoding is broken; this one refuses.
    decodeURIComponent(target);
    return { url: new URL(`http://gate.invalid${target}`), malformed: undefined };
  } catch (cause) {
    const message =
      'The address of the request cannot be read: it is no path, or its percent-encoding is broken.';
    return {
      url: new URL('http://gate.invalid/'),
      malformed: new HttpError('REQUEST_INVALID', message, { cause }),
    };
  }
}
