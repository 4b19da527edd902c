import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { HttpError } from './errors.ts';
import type { Budget } from './turnstile.ts';

/** A body that was read; its bytes count against the budget until `release`. */
export interface Body {
  readonly bytes: Buffer;
  readonly release: () => void;
}

export interface BodyLimits {
  /** Bytes, packed and unpacked. */
  readonly most: number;
  readonly budget: Budget;
}

/**
 * Reads a request's body, gzip undone. Never holds more than the limit, however small a bomb was packed.
 *
 * @throws HttpError BODY_TOO_LARGE with the limit, ENCODING_UNSUPPORTED, BODY_UNREADABLE, OVERLOADED.
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  limits: BodyLimits,
): Promise<Body> {
  const unpack = encodingOf(request) === 'gzip';
  if (Number(request.headers['content-length'] ?? 0) > limits.most) throw tooLarge(limits.most);
  // Only now: a caller that asked first is spared sending what would be refused.
  if (request.headers.expect !== undefined) response.writeContinue();
  let taken = 0;
  const take = (bytes: number): void => {
    limits.budget.take(bytes);
    taken += bytes;
  };
  const release = (): void => {
    limits.budget.give(taken);
    taken = 0;
  };
  const stream = unpack ? unpacked(request, limits.most) : request;
  try {
    return { bytes: await collect(stream, limits.most, take), release };
  } catch (error) {
    release();
    request.unpipe();
    if (stream !== request) stream.destroy();
    // What is still on its way is read and dropped, so that the caller gets to read the answer.
    request.resume();
    throw error instanceof HttpError ? error : unreadable(error, unpack);
  }
}

function encodingOf(request: IncomingMessage): 'gzip' | 'identity' {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'gzip' || encoding === 'identity') return encoding;
  throw new HttpError('ENCODING_UNSUPPORTED', 'A body may come as it is or packed with gzip.', {
    headers: { 'accept-encoding': 'gzip' },
  });
}

function unpacked(request: IncomingMessage, most: number): Readable {
  const gunzip = createGunzip();
  let packed = 0;
  // `pipe` does not pass errors on, and a caller that goes away is one.
  request.once('error', (error) => gunzip.destroy(error));
  request.once('close', () => {
    if (!request.complete) gunzip.destroy(new Error('the caller went away'));
  });
  request.on('data', (chunk: Buffer) => {
    packed += chunk.length;
    if (packed > most) gunzip.destroy(tooLarge(most));
  });
  return request.pipe(gunzip);
}

async function collect(
  stream: Readable,
  most: number,
  take: (bytes: number) => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Not `for await`: leaving that loop early destroys the request, and with it the connection that the answer needs.
  await new Promise<void>((resolve, reject) => {
    const stop = (error: unknown): void => {
      stream.off('data', onData);
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onData = (chunk: Buffer): void => {
      try {
        length += chunk.length;
        if (length > most) throw tooLarge(most);
        take(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        stop(error);
      }
    };
    stream.on('data', onData);
    stream.once('end', resolve);
    stream.once('error', stop);
    stream.once('close', () => stop(new Error('the caller went away')));
  });
  return Buffer.concat(chunks, length);
}

function tooLarge(most: number): HttpError {
  return new HttpError(
    'BODY_TOO_LARGE',
    `The body is larger than ${most} bytes, the limit of this address.`,
    {
      help: 'An operator can raise server.limits in portcullis.yaml.',
    },
  );
}

function unreadable(cause: unknown, packed: boolean): HttpError {
  return new HttpError(
    'BODY_UNREADABLE',
    packed
      ? 'The body is said to be gzip, and cannot be unpacked.'
      : 'The body did not arrive whole.',
    { cause },
  );
}
