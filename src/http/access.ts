import { PLAIN } from '../redact/redactor.ts';
import type { Door } from './door.ts';
import type { Exchange } from './exchange.ts';
import { toRefusal } from './problem.ts';
import { problemReply, reply } from './reply.ts';

/** Answers a request that failed, and tells operators what callers are not told. */
export async function refuse(
  door: Door,
  { request, response, requestId, facts }: Exchange,
  error: unknown,
): Promise<void> {
  const { problem, headers, unforeseen } = toRefusal(error, requestId);
  facts['code'] = problem.code;
  door.metrics.refused(problem.code);
  if (unforeseen)
    door.log.error('a request failed', { requestId, code: problem.code, error: describe(error) });
  await reply(request, response, problemReply(problem, headers));
}

/** One line and one observation for each request, when its answer is out or its caller is gone. */
export function watchExchange(door: Door, exchange: Exchange): void {
  const { request, response, requestId, startedAt, url, facts } = exchange;
  response.once('close', () => {
    const { route } = exchange;
    const seconds = (performance.now() - startedAt) / 1000;
    const status = response.writableFinished ? response.statusCode : 499;
    door.metrics.request({ route, method: knownMethod(request.method), status, seconds });
    const quiet = route === '/livez' || route === '/readyz' || route === '/metrics';
    door.log[quiet ? 'debug' : 'info']('request', {
      requestId,
      method: request.method,
      path: shownPath(url.pathname).slice(0, 256),
      status,
      ms: Math.round(seconds * 1e6) / 1e3,
      remote: request.socket.remoteAddress,
      ...facts,
    });
  });
}

/** As it came; but what it holds in another spelling is found when that is read. */
function shownPath(path: string): string {
  const read = decoded(path);
  const clean = PLAIN.text(read);
  return clean === read ? path : clean;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The stack or text of whatever was thrown. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** A caller may send any word as the method; a label must not hold any word. */
function knownMethod(method: string | undefined): string {
  return ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].includes(method ?? '')
    ? (method ?? '')
    : 'other';
}
