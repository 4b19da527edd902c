import { isPortcullisError, messageOf } from '../../kit/errors.ts';
import type { PortcullisError } from '../../kit/errors.ts';
import { LedgerError } from '../errors.ts';

/** Codes of SQLite (SQLITE_FULL, SQLITE_IOERR…), of PostgreSQL (53100) or of the network -> the error of this room. */
export function toLedgerError(thrown: unknown, doing: string): PortcullisError {
  // Errors of the log over the ledger (a key that cannot sign) say for themselves what they are.
  if (isPortcullisError(thrown)) return thrown;
  const code = codeOf(thrown);
  const damaged = code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') || code === 'XX001';
  const message = `${doing}: ${describe(thrown)}${code === '' ? '' : ` (${code})`}`;
  return new LedgerError(damaged ? 'LEDGER_CORRUPT' : 'LEDGER_UNAVAILABLE', message, {
    cause: thrown,
  });
}

/** Runs a query, and wraps what a driver throws. @param doing what was tried, as the beginning of a sentence. */
export async function wrapped<T>(work: () => Promise<T>, doing: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toLedgerError(error, doing);
  }
}

export function codeOf(thrown: unknown): string {
  if (thrown === null || typeof thrown !== 'object' || !('code' in thrown)) return '';
  return typeof thrown.code === 'string' ? thrown.code : '';
}

/** A host with several addresses fails with one error a try, and no message of its own. */
function describe(thrown: unknown): string {
  return thrown instanceof AggregateError
    ? thrown.errors.map(messageOf).join('; ')
    : messageOf(thrown);
}

/** What stands in the tables is not what was written there. */
export function damaged(what: string): LedgerError {
  return new LedgerError('LEDGER_CORRUPT', what, { help: 'Restore the ledger from a backup.' });
}
