import type { Kysely } from 'kysely';

import type { Tables } from './tables.ts';

/** A connection to query by; inside `write` it is the transaction. */
export type Connection = Kysely<Tables>;

/** The store, where it is a file of the data folder. */
export const STORE_FILE = 'fleet.db';

export type StoreDialect = 'sqlite' | 'postgresql';

/** The database of the fleet, whichever it is. The rooms of the store query it; nobody else sees it. */
export interface StoreDatabase {
  readonly dialect: StoreDialect;
  /** @throws StoreError */
  readonly read: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  /**
   * One transaction: when this returns it is durable, when it throws nothing of it is there. The work may be run again
   * from its start (PostgreSQL ends one of two transactions that wait for each other), so it keeps nothing outside.
   * It uses no other connection: on SQLite that would wait for itself.
   *
   * @throws StoreError, or what the work threw.
   */
  readonly write: <T>(work: (transaction: Connection) => Promise<T>) => Promise<T>;
  /** The one clock that all who share the database go by: PostgreSQL's own; that of this machine for a file on it. */
  readonly now: (connection: Connection) => Promise<Date>;
  readonly close: () => Promise<void>;
}

/** What the store may know of the world. */
export interface StoreOutside {
  readonly clock: () => Date;
  /** Something worth an operator's attention; static message, facts apart. */
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}
