import type { Ledger } from '../ledger.ts';
import type { LogStore } from '../log/store.ts';
import type { Drop } from './retention.ts';
import type { InTransaction, LedgerDatabase } from './tables.ts';

/** A ledger that may be written to for a moment, beside the gates that do so all the time. */
export interface LedgerDoor {
  readonly database: LedgerDatabase;
  /** Alone among all who append. */
  readonly appending: InTransaction;
  /** Alone among all who sign. */
  readonly signing: InTransaction;
  readonly close: () => Promise<void>;
}

/** A ledger as a store offers it: what the log over it, and whoever ages bodies out, need besides. */
export interface StoredLedger extends Ledger {
  readonly logStore: LogStore;
  /** One step of retention. @returns how many bodies it dropped. @throws LedgerError */
  readonly drop: (drop: Drop) => Promise<number>;
}
