import type { z } from 'zod';

import { readBody } from './body.ts';
import type { Door } from './door.ts';
import { describeIssues } from './envelope.ts';
import { HttpError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { requireJson } from './media-type.ts';

/** What is asked of the fleet fits in a fraction of this; ten thousand addresses too. */
const MOST = 1024 * 1024;

/**
 * A body in JSON, by its schema, of a megabyte at most without a word. No body at all is an empty object, so that a POST without wishes needs none.
 *
 * @throws HttpError REQUEST_INVALID, MEDIA_TYPE_UNSUPPORTED, and what readBody throws.
 */
export async function readJson<T extends z.ZodType>(
  door: Pick<Door, 'bodies'>,
  { request, response }: Exchange,
  schema: T,
  most = MOST,
): Promise<z.output<T>> {
  const body = await readBody(request, response, { most, budget: door.bodies });
  try {
    if (body.bytes.length > 0) requireJson(request.headers['content-type']);
    const parsed = schema.safeParse(body.bytes.length === 0 ? {} : parse(body.bytes));
    if (parsed.success) return parsed.data;
    throw new HttpError(
      'REQUEST_INVALID',
      `The request is not understood: ${describeIssues(parsed.error)}.`,
    );
  } finally {
    body.release();
  }
}

function parse(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return value;
  } catch (cause) {
    throw new HttpError('REQUEST_INVALID', 'The body is not JSON.', { cause });
  }
}
