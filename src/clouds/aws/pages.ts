import { nextCursor, restart, START } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { isStaleToken } from './classify.ts';
import { CloudError } from '../errors.ts';

interface TokenPage<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** More than any estate has; a list that is longer is none. */
const MOST_PAGES = 10_000;

/**
 * Every item of a list that comes in pages. A token that expired begins the list again.
 *
 * @throws CloudError CLOUD_PROTOCOL where the pages do not end.
 */
export async function everyPage<T>(
  what: string,
  ask: (token: string | undefined) => Promise<TokenPage<T>>,
): Promise<T[]> {
  let items: T[] = [];
  let cursor: Cursor | undefined = START;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const before: Cursor = cursor;
    const page: TokenPage<T> | undefined = await askOnce(ask, before);
    if (page === undefined) {
      items = [];
      cursor = restart(before, what, undefined);
      continue;
    }
    items.push(...page.items);
    cursor = nextCursor(before, page.next, what);
    if (cursor === undefined) return items;
  }
  throw new CloudError('CLOUD_PROTOCOL', `the pages of ${what} do not end`);
}

/** Undefined: the token is not taken any more. */
async function askOnce<T>(
  ask: (token: string | undefined) => Promise<TokenPage<T>>,
  { token }: Cursor,
): Promise<TokenPage<T> | undefined> {
  try {
    return await ask(token);
  } catch (thrown) {
    if (token !== undefined && isStaleToken(thrown)) return undefined;
    throw thrown;
  }
}
