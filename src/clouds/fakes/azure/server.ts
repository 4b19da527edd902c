import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { armError, denied, throttled } from './answer.ts';
import type { FakeAnswer } from './answer.ts';
import type { Certificate } from './certificate.ts';
import type { FakeHarm } from './faults.ts';
import { routeOf } from './routes.ts';
import type { FakeRoute } from './routes.ts';

/** A request that came in, for tests and for whoever wants to see what a demo does. */
export interface FakeCall {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The permission that Azure would look for. */
  readonly action: string;
  readonly scope: string;
  readonly body: unknown;
  readonly status: number;
}

/** A request that has passed the door. */
export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly route: FakeRoute;
  readonly body: unknown;
}

/** What stands behind the door. */
export interface FakeBackend {
  readonly harm: (route: FakeRoute, text: string) => FakeHarm | undefined;
  readonly answer: (request: FakeRequest, harm: FakeHarm | undefined) => FakeAnswer;
  readonly accepts: (token: string) => boolean;
}

const LARGEST_BODY = 1_000_000;

/** The door: TLS, tokens, routes, and everything that can go wrong on the way. */
export function createDoor(
  { key, cert }: Certificate,
  backend: FakeBackend,
  note: (call: FakeCall) => void,
): Server {
  return createServer({ key, cert }, (incoming, outgoing) => {
    serve(incoming, outgoing, backend, note).catch(() => outgoing.destroy());
  });
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  backend: FakeBackend,
  note: (call: FakeCall) => void,
): Promise<void> {
  const text = await textOf(incoming);
  const method = incoming.method ?? 'GET';
  // Put together as text: resolved against a base, a path that begins with two slashes would name another host.
  const url = new URL(`https://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`);
  const route = routeOf(method, url);
  if (typeof route === 'string') {
    send(outgoing, armError(404, 'InvalidResourceType', route));
    return;
  }
  const log = (status: number): void =>
    note({ method, url: url.pathname + url.search, ...pick(route), body: json(text), status });
  const harm = backend.harm(route, `${url.href} ${text}`);
  const request = { method, url, route, body: json(text) };
  const early = turnedAway(incoming, backend, harm, route);
  if (early !== undefined) {
    log(early.status);
    send(outgoing, early);
    return;
  }
  deliver(outgoing, () => backend.answer(request, harm), harm, log);
}

function pick({ action, scope }: FakeRoute): Pick<FakeRoute, 'action' | 'scope'> {
  return { action, scope };
}

function turnedAway(
  incoming: IncomingMessage,
  { accepts }: FakeBackend,
  harm: FakeHarm | undefined,
  { action, scope }: FakeRoute,
): FakeAnswer | undefined {
  const [, token] = /^Bearer (.+)$/i.exec(incoming.headers.authorization ?? '') ?? [];
  if (token === undefined) return unauthorised('AuthenticationFailed', 'There is no token.');
  if (harm?.kind === 'expired' || !accepts(token))
    return unauthorised('ExpiredAuthenticationToken', 'The access token expired.');
  if (harm?.kind === 'throttle') return throttled('TooManyRequests', harm.retryAfter);
  if (harm?.kind !== 'refuse') return undefined;
  if (harm.status === 403) return denied(action, scope);
  return armError(harm.status, harm.code, 'Refused by the fault that was asked for.');
}

function unauthorised(code: string, message: string): FakeAnswer {
  return armError(401, code, message, {
    'www-authenticate':
      'Bearer authorization_uri="https://login.invalid/common", error="invalid_token"',
  });
}

function deliver(
  outgoing: ServerResponse,
  answer: () => FakeAnswer,
  harm: FakeHarm | undefined,
  log: (status: number) => void,
): void {
  switch (harm?.kind) {
    case 'html':
      if (harm.done === true) answer();
      log(harm.status);
      outgoing.writeHead(harm.status, {
        'content-type': 'text/html',
        ...(harm.retryAfter === undefined ? {} : { 'retry-after': String(harm.retryAfter) }),
      });
      outgoing.end('<html><body><h1>Bad Gateway</h1></body></html>');
      return;
    case 'hang':
      if (harm.done === true) answer();
      log(0);
      return;
    case 'reset':
      if (harm.done === true) answer();
      log(0);
      outgoing.destroy();
      return;
    case 'half-body': {
      const whole = answer();
      log(whole.status);
      const text = JSON.stringify(whole.body);
      outgoing.writeHead(whole.status, {
        'content-type': 'application/json',
        'content-length': String(text.length),
      });
      outgoing.write(text.slice(0, text.length / 2), () => outgoing.destroy());
      return;
    }
    default: {
      const whole = answer();
      log(whole.status);
      send(outgoing, whole);
    }
  }
}

function send(outgoing: ServerResponse, { status, headers, body }: FakeAnswer): void {
  outgoing.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  outgoing.end(JSON.stringify(body));
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  incoming.setEncoding('utf8');
  for await (const chunk of incoming) {
    text += String(chunk);
    if (text.length > LARGEST_BODY) throw new Error('the body of a request is too large');
  }
  return text;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
