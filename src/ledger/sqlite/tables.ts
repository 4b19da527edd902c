import type { Kysely } from 'kysely';

/** The tables of the ledger, as the newest migration leaves them. */
export interface Tables {
  readonly migration: MigrationTable;
  readonly record: RecordTable;
  readonly body: BodyTable;
  readonly record_rule: RecordRuleTable;
  readonly idempotency: IdempotencyTable;
}

interface MigrationTable {
  readonly version: number;
  readonly name: string;
}

interface RecordTable {
  readonly sequence: number;
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly header: string;
  readonly body_digest: string;
  readonly decision: string;
  readonly point: string;
  readonly source: string;
  readonly subject: string;
  readonly actor: string | null;
}

interface BodyTable {
  readonly digest: string;
  readonly json: string;
}

interface RecordRuleTable {
  readonly rule: string;
  readonly sequence: number;
}

interface IdempotencyTable {
  readonly key: string;
  readonly sequence: number;
}

export type LedgerDatabase = Kysely<Tables>;
