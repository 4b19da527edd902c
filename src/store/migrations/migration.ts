import type { StoreDialect } from '../database.ts';

/** A step from one shape of the tables to the next. Written once: a step that was released never changes. */
export interface Migration {
  /** Unique for ever: the room and a word, `sweep/runs`. */
  readonly name: string;
  readonly statements: (words: Words) => readonly string[];
}

/**
 * The few words in which the DDL of the two databases differs, so that each table is written down once:
 * `CREATE TABLE lease (scope ${TEXT} PRIMARY KEY, token ${BIGINT} NOT NULL)${STRICT}`.
 */
export interface Words {
  /** Compared byte by byte in both: PostgreSQL would sort by the language of whoever made the database. */
  readonly TEXT: string;
  readonly INTEGER: string;
  readonly BIGINT: string;
  readonly STRICT: string;
}

export function wordsOf(dialect: StoreDialect): Words {
  return dialect === 'sqlite'
    ? { TEXT: 'TEXT', INTEGER: 'INTEGER', BIGINT: 'INTEGER', STRICT: ' STRICT' }
    : { TEXT: 'text COLLATE "C"', INTEGER: 'integer', BIGINT: 'bigint', STRICT: '' };
}
