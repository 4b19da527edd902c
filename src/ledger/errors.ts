import { PortcullisError } from '../kit/errors.ts';

/**
 * LEDGER_UNAVAILABLE: a record could not be written or read, try again. LEDGER_LOCKED: another process owns the file.
 * LEDGER_CORRUPT: the file is not a ledger, or is damaged. LEDGER_CONFLICT: the id or the idempotency key of the
 * record is already there; nothing was written, the first record stands.
 */
export type LedgerErrorCode =
  'LEDGER_UNAVAILABLE' | 'LEDGER_LOCKED' | 'LEDGER_CORRUPT' | 'LEDGER_CONFLICT';

export class LedgerError extends PortcullisError<LedgerErrorCode> {}

/**
 * Of the log that others verify. LEDGER_KEY: the key that signs cannot be used. LEDGER_HISTORY: what was signed or exported
 * before is not the beginning of this ledger. LEDGER_EXPORT: the folder of an export cannot be written or read.
 */
export type LogErrorCode = 'LEDGER_KEY' | 'LEDGER_HISTORY' | 'LEDGER_EXPORT';

export class LogError extends PortcullisError<LogErrorCode> {}
