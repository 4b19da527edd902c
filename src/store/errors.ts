import { messageOf, PortcullisError } from '../kit/errors.ts';

/**
 * - STORE_UNAVAILABLE: the database did not do it: it is away, full, locked for too long. Nothing of the transaction is there.
 * - STORE_CORRUPT: the file is no fleet store, is damaged, or was written by a newer Portcullis.
 * - STORE_SETTINGS: its address cannot be used.
 */
export type StoreErrorCode = 'STORE_UNAVAILABLE' | 'STORE_CORRUPT' | 'STORE_SETTINGS';

export class StoreError extends PortcullisError<StoreErrorCode> {}

/**
 * What a driver threw -> the error of this room. What the work itself threw, on purpose or by a bug, stays as it is.
 *
 * @param doing what was tried, as the beginning of a sentence.
 */
export function toStoreError(thrown: unknown, doing: string): unknown {
  if (thrown instanceof PortcullisError || isBug(thrown)) return thrown;
  const code = codeOf(thrown);
  const damaged = code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT');
  const message = `${doing}: ${describe(thrown)}${code === '' ? '' : ` (${code})`}`;
  return new StoreError(damaged ? 'STORE_CORRUPT' : 'STORE_UNAVAILABLE', message, {
    cause: thrown,
  });
}

function isBug(thrown: unknown): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((bug) => thrown instanceof bug);
}

/** A host with several addresses fails with one error a try, and no message of its own. */
function describe(thrown: unknown): string {
  return thrown instanceof AggregateError
    ? thrown.errors.map(messageOf).join('; ')
    : messageOf(thrown);
}

/** `SQLITE_BUSY`, a class of PostgreSQL such as `40P01`, or a word of the network such as `ECONNREFUSED`. */
export function codeOf(thrown: unknown): string {
  if (thrown === null || typeof thrown !== 'object' || !('code' in thrown)) return '';
  return typeof thrown.code === 'string' ? thrown.code : '';
}
