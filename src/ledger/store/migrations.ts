import { wordsOf } from '../../store/migrations/migration.ts';
import type { LedgerDialect } from './tables.ts';

/** One step from a version of the tables to the next. Written once; a step that was released never changes. */
export interface Migration {
  readonly name: string;
  readonly statements: (words: Words) => readonly string[];
}

/** The few words in which the DDL of the two databases differs. */
export type Words = ReturnType<typeof ledgerWords>;

export function ledgerWords(dialect: LedgerDialect) {
  const words = wordsOf(dialect);
  return dialect === 'sqlite'
    ? { ...words, dialect, BYTES: 'BLOB', KEYED: ' STRICT, WITHOUT ROWID' }
    : { ...words, dialect, BYTES: 'bytea', KEYED: '' };
}

export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'decisions',
    statements: ({ TEXT, BIGINT, STRICT, KEYED }) => [
      `CREATE TABLE record (
         sequence ${BIGINT} PRIMARY KEY, id ${TEXT} NOT NULL UNIQUE, time ${TEXT} NOT NULL, type ${TEXT} NOT NULL,
         header ${TEXT} NOT NULL, body_digest ${TEXT} NOT NULL, decision ${TEXT} NOT NULL, point ${TEXT} NOT NULL,
         source ${TEXT} NOT NULL, actor ${TEXT})${STRICT}`,
      'CREATE INDEX record_time ON record (time)',
      'CREATE INDEX record_decision ON record (decision, sequence)',
      'CREATE INDEX record_actor ON record (actor, sequence)',
      // Bodies stand apart: they are large, and may be dropped one day while the records stay.
      `CREATE TABLE body (digest ${TEXT} PRIMARY KEY, json ${TEXT} NOT NULL)${STRICT}`,
      `CREATE TABLE record_rule (
         rule ${TEXT} NOT NULL, sequence ${BIGINT} NOT NULL REFERENCES record,
         PRIMARY KEY (rule, sequence))${KEYED}`,
      `CREATE TABLE idempotency (
         key ${TEXT} PRIMARY KEY, sequence ${BIGINT} NOT NULL REFERENCES record)${KEYED}`,
    ],
  },
  {
    name: 'events',
    // An event leaves decision, point and source empty; a decision has no subject.
    statements: ({ TEXT }) => [
      `ALTER TABLE record ADD COLUMN subject ${TEXT} NOT NULL DEFAULT ''`,
      'CREATE INDEX record_type ON record (type, sequence)',
      'CREATE INDEX record_subject ON record (subject, sequence)',
    ],
  },
  {
    name: 'inputs',
    // One input may be that of several decisions, so what still needs it is looked for before it is dropped.
    statements: ({ TEXT }) => [
      `ALTER TABLE record ADD COLUMN input_digest ${TEXT}`,
      'CREATE INDEX record_input ON record (input_digest) WHERE input_digest IS NOT NULL',
    ],
  },
  {
    name: 'tree',
    // Filled from the headers afterwards, in steps: see fillTree.
    statements: ({ TEXT, INTEGER, BIGINT, BYTES, STRICT }) => [
      `CREATE TABLE tile (
         level ${INTEGER} NOT NULL, idx ${BIGINT} NOT NULL, hashes ${BYTES} NOT NULL,
         PRIMARY KEY (level, idx))${STRICT}`,
      `CREATE TABLE checkpoint (
         size ${BIGINT} PRIMARY KEY, note ${TEXT} NOT NULL, time ${TEXT} NOT NULL)${STRICT}`,
      `CREATE TABLE verifier (
         position ${BIGINT} PRIMARY KEY, text ${TEXT} NOT NULL UNIQUE, time ${TEXT} NOT NULL)${STRICT}`,
    ],
  },
  {
    name: 'retention',
    statements: ({ TEXT }) => [
      `ALTER TABLE record ADD COLUMN body_gone ${TEXT}`,
      // Finds what is old and still has a body, however much is older and has none.
      `CREATE INDEX record_kept ON record (time) WHERE type = 'decision' AND body_gone IS NULL`,
      'CREATE INDEX record_kept_input ON record (time) WHERE input_digest IS NOT NULL',
      'CREATE INDEX record_body ON record (body_digest)',
    ],
  },
  {
    name: 'less to do for an append',
    statements: ({ dialect }) => [
      // Nothing looks a record up by its body, and a digest is a place of the index at random for every record.
      'DROP INDEX record_body',
      // One transaction writes a record with its rules and its key, and nothing takes a record away: there is nothing to
      // check. PostgreSQL did so by locking each record anew, which was half of its work. SQLite looks into a page at hand,
      // and could drop a reference only together with the table.
      ...(dialect === 'sqlite' ? [] : ['record_rule', 'idempotency'].map(withoutReference)),
    ],
  },
];

/** By the name that PostgreSQL gave it. */
function withoutReference(table: string): string {
  return `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${table}_sequence_fkey`;
}
