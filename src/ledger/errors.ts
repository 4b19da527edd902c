import { PortcullisError } from '../kit/errors.ts';

/**
 * LEDGER_UNAVAILABLE: a record could not be written or read, try again. LEDGER_LOCKED: another process owns the file.
 * LEDGER_CORRUPT: the file is not a ledger, or is damaged.
 */
export type LedgerErrorCode = 'LEDGER_UNAVAILABLE' | 'LEDGER_LOCKED' | 'LEDGER_CORRUPT';

export class LedgerError extends PortcullisError<LedgerErrorCode> {}
