import { sha256 } from '../../kit/digest.ts';
import { CloudError } from '../errors.ts';
import type { GraphPage } from './graph.ts';
import { Cursor } from './schema.ts';

/** A million resources of some types in one subscription is more than there can be: someone goes round in circles. */
const MOST_PAGES = 1000;

/** Where a page leads. */
export interface Step {
  readonly next?: Cursor;
  /** Why what was read is not all there is. */
  readonly incomplete?: string;
}

/**
 * Follows the tokens of Resource Graph and notices what it does not say: results that were cut, rows that were counted and
 * not given, tokens that lead back.
 *
 * @param before the cursor that the page was asked for with.
 * @throws CloudError (CLOUD_PROTOCOL)
 */
export function follow(page: GraphPage, before: Cursor | undefined): Step {
  const seen = (before?.seen ?? 0) + page.data.length;
  const token = page.$skipToken;
  if (token !== undefined) return { next: ahead(token, seen, page, before) };
  if (page.resultTruncated === 'true')
    return { incomplete: `Resource Graph cut its answer after ${seen} rows and gives no token` };
  if (seen < page.totalRecords)
    return { incomplete: `Resource Graph counts ${page.totalRecords} rows and gave ${seen}` };
  return {};
}

function ahead(token: string, seen: number, page: GraphPage, before: Cursor | undefined): Cursor {
  const followed = before?.followed ?? [];
  const mark = sha256(token).slice(-12);
  if (followed.includes(mark)) throw astray('a page leads back to one that was read');
  if (page.data.length === 0) throw astray('a page without rows leads to another one');
  if (followed.length >= MOST_PAGES) throw astray(`there are more than ${MOST_PAGES} pages`);
  return { token, seen, followed: [...followed, mark] };
}

function astray(why: string): CloudError {
  return new CloudError('CLOUD_PROTOCOL', `paging of Resource Graph cannot be trusted: ${why}`);
}

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws CloudError (CLOUD_INVALID) */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new CloudError('CLOUD_INVALID', 'this is not a cursor of an Azure inventory', { cause });
  }
}
