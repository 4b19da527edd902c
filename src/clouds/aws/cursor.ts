import { createHash } from 'node:crypto';

import { z } from 'zod';

import { CloudError } from '../errors.ts';

/** How often a part is begun again because its token is not taken any more. */
const MOST_RESTARTS = 3;

/**
 * Where the reading of a part stands. It is text that a checkpoint keeps, so that another process can go on; what notices
 * loops is in it too.
 */
export interface Cursor {
  readonly token: string | undefined;
  /** How many pages came before, since the part was begun (again). */
  readonly page: number;
  /** The fingerprint of one of the tokens before. */
  readonly mark: string;
  readonly restarts: number;
}

export const START: Cursor = { token: undefined, page: 0, mark: '', restarts: 0 };

const Written = z.tuple([z.string(), z.number(), z.string(), z.number()]);

export function writeCursor({ token = '', page, mark, restarts }: Cursor): string {
  return JSON.stringify([token, page, mark, restarts]);
}

/** @throws CloudError CLOUD_PROTOCOL for a text that is no cursor. */
export function readCursor(text: string | undefined): Cursor {
  if (text === undefined) return START;
  const written = Written.safeParse(parsed(text));
  if (!written.success)
    throw new CloudError('CLOUD_PROTOCOL', 'the checkpoint of this part is none of AWS', {
      help: 'Read the part from its beginning.',
    });
  const [token, page, mark, restarts] = written.data;
  return { token: token === '' ? undefined : token, page, mark, restarts };
}

/**
 * The cursor of the page after, or undefined after the last one. A token that was asked with before would go round for
 * ever: the fingerprint of the token at every page that is a power of two is kept, and a loop of any length meets it
 * (Brent's algorithm), the shortest at once.
 *
 * @throws CloudError CLOUD_PROTOCOL for a loop.
 */
export function nextCursor(
  before: Cursor,
  next: string | undefined,
  what: string,
): Cursor | undefined {
  if (next === undefined || next === '') return undefined;
  const print = fingerprint(next);
  if (next === before.token || print === before.mark)
    throw new CloudError(
      'CLOUD_PROTOCOL',
      `the pages of ${what} go round in a circle: page ${before.page + 1} names one that was read before`,
    );
  const page = before.page + 1;
  return { ...before, token: next, page, mark: isPowerOfTwo(page) ? print : before.mark };
}

/** From the first page again. @throws CloudError CLOUD_PROTOCOL after a few times. */
export function restart({ restarts }: Cursor, what: string, cause: unknown): Cursor {
  if (restarts < MOST_RESTARTS) return { ...START, restarts: restarts + 1 };
  throw new CloudError(
    'CLOUD_PROTOCOL',
    `the page tokens of ${what} expired ${MOST_RESTARTS + 1} times before the last page came`,
    { cause },
  );
}

function isPowerOfTwo(page: number): boolean {
  return Number.isInteger(Math.log2(page));
}

function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('base64url').slice(0, 12);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
