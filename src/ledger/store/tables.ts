import type { ColumnType, Kysely } from 'kysely';

/** The tables of the ledger, as the newest migration leaves them. */
export interface Tables {
  readonly migration: MigrationTable;
  readonly record: RecordTable;
  readonly body: BodyTable;
  readonly record_rule: RecordRuleTable;
  readonly idempotency: IdempotencyTable;
  readonly tile: TileTable;
  readonly checkpoint: CheckpointTable;
  readonly verifier: VerifierTable;
}

interface MigrationTable {
  readonly version: number;
  readonly name: string;
}

export interface RecordTable {
  readonly sequence: number;
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly header: string;
  readonly body_digest: string;
  /** Null where no input was kept, or when it was dropped: the header still has its digest. */
  readonly input_digest: string | null;
  readonly decision: string;
  readonly point: string;
  readonly source: string;
  readonly subject: string;
  readonly actor: string | null;
  /** Why there is no body any more: `aged` or `erased`. */
  readonly body_gone: string | null;
}

export interface BodyTable {
  readonly digest: string;
  readonly json: string;
}

export interface RecordRuleTable {
  readonly rule: string;
  readonly sequence: number;
}

export interface IdempotencyTable {
  readonly key: string;
  readonly sequence: number;
}

/** A tile of hashes as far as the tree has come; a narrower one is a prefix of it. */
export interface TileTable {
  readonly level: number;
  readonly idx: number;
  /** The driver of SQLite reads an ArrayBuffer. */
  readonly hashes: ColumnType<Uint8Array | ArrayBuffer, Uint8Array, Uint8Array>;
}

interface CheckpointTable {
  readonly size: number;
  readonly note: string;
  readonly time: string;
}

/** The keys that sign, or signed; the one with the highest position does. */
interface VerifierTable {
  readonly position: number;
  readonly text: string;
  readonly time: string;
}

/** A connection to query by; inside a transaction it is that. */
export type LedgerDatabase = Kysely<Tables>;

export type LedgerDialect = 'sqlite' | 'postgresql';

/**
 * Runs `work` in a transaction of its own, alone among all who append: when this returns it is durable, when it throws
 * nothing of it is there.
 */
export type InTransaction = <T>(work: (transaction: LedgerDatabase) => Promise<T>) => Promise<T>;
