import type { ServerResponse } from 'node:http';

import { GoogleRefusal } from './answer.ts';
import type { Faults, FaultSite } from './faults.ts';

/** What happens before the service sees a call; true when the call is over with that. */
export function breakConnection(
  faults: Faults,
  site: FaultSite,
  response: ServerResponse,
): boolean {
  if (faults.hit(['hang'], site) !== undefined) return true;
  if (faults.hit(['reset'], site) !== undefined) {
    response.destroy();
    return true;
  }
  if (faults.hit(['html'], site) !== undefined) {
    response.writeHead(503, { 'content-type': 'text/html' });
    response.end('<html><body><h1>503 Service Unavailable</h1></body></html>');
    return true;
  }
  return false;
}

/** @throws GoogleRefusal */
export function refuseByFault(faults: Faults, site: FaultSite): void {
  const fault = faults.hit(['throttled', 'rate-limited', 'denied', 'expired'], site);
  switch (fault?.kind) {
    case 'throttled':
      throw new GoogleRefusal(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', fault.retryAfter);
    case 'rate-limited':
      throw new GoogleRefusal(403, 'rateLimitExceeded', 'Rate Limit Exceeded');
    case 'denied':
      throw new GoogleRefusal(
        403,
        'PERMISSION_DENIED',
        `Permission ${site.permission} denied on ${site.project ?? 'the resource'}.`,
      );
    case 'expired':
      throw new GoogleRefusal(401, 'UNAUTHENTICATED', 'The access token expired.');
    default:
  }
}

/** What happens to an answer on its way; true when it was sent in pieces, changed, or not at all. */
export function breakAnswer(
  faults: Faults,
  site: FaultSite,
  response: ServerResponse,
  body: string,
): boolean {
  if (faults.hit(['lost-answer'], site) !== undefined) {
    response.destroy();
    return true;
  }
  if (faults.hit(['half-body'], site) !== undefined) {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.destroy());
    return true;
  }
  if (faults.hit(['wrong-shape'], site) === undefined) return false;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"results":"none","assets":"none","labels":"none"}');
  return true;
}
