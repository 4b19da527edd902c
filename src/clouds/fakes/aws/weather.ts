import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { AwsRefusal } from './refusal.ts';
import type { FakeCall, FakeWorld } from './call.ts';
import type { Answer } from './protocol.ts';

const HTML = '<html><head><title>503</title></head><body>Service Unavailable</body></html>';

/** What happens to a request before any service sees it. @returns true when nothing more is to be done. */
export function breakConnection(
  call: FakeCall,
  { faults }: FakeWorld,
  socket: Socket,
  response: ServerResponse,
): boolean {
  if (faults.hit('hang', call) !== undefined) return true;
  if (faults.hit('reset', call) !== undefined) {
    socket.resetAndDestroy();
    return true;
  }
  if (faults.hit('html-5xx', call) !== undefined) {
    response.writeHead(503, { 'content-type': 'text/html' });
    response.end(HTML);
    return true;
  }
  return false;
}

/** What the service says in place of doing it. @throws AwsRefusal */
export function breakBefore(call: FakeCall, { faults }: FakeWorld): void {
  const throttle = faults.hit('throttle', call);
  if (throttle !== undefined)
    throw throttle.retryAfter === undefined
      ? new AwsRefusal('ThrottlingException', 'Rate exceeded')
      : new AwsRefusal('TooManyRequestsException', 'Rate exceeded', 429, {
          'retry-after': throttle.retryAfter,
        });
  if (faults.hit('expired-credentials', call) !== undefined)
    throw new AwsRefusal(
      'ExpiredTokenException',
      'The security token included in the request is expired',
    );
  if (faults.hit('denied', call) !== undefined)
    throw new AwsRefusal(
      'AccessDeniedException',
      `User: arn:aws:sts::${call.account}:assumed-role/reader/portcullis is not authorized to perform: ${call.operation}`,
    );
}

/** What becomes of an answer on its way. @returns true when it was dealt with. */
export function breakAnswer(
  call: FakeCall,
  { faults }: FakeWorld,
  { status, headers, body }: Answer,
  response: ServerResponse,
): boolean {
  if (faults.hit('lost-answer', call) !== undefined) return true;
  if (faults.hit('half-body', call) === undefined) return false;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.write(body.slice(0, Math.floor(body.length / 2)), () => {
    response.destroy();
  });
  return true;
}
