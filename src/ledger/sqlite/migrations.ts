import { sql } from 'kysely';

import { LedgerError } from '../errors.ts';
import { inTransaction } from './connection.ts';
import type { LedgerDatabase } from './tables.ts';

/** One step from a version of the tables to the next. Written once; a step that was released never changes. */
interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'decisions',
    statements: [
      `CREATE TABLE record (
         sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time TEXT NOT NULL, type TEXT NOT NULL,
         header TEXT NOT NULL, body_digest TEXT NOT NULL, decision TEXT NOT NULL, point TEXT NOT NULL,
         source TEXT NOT NULL, actor TEXT) STRICT`,
      'CREATE INDEX record_time ON record (time)',
      'CREATE INDEX record_decision ON record (decision, sequence)',
      'CREATE INDEX record_actor ON record (actor, sequence)',
      // Bodies stand apart: they are large, and may be dropped one day while the records stay.
      'CREATE TABLE body (digest TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT',
      `CREATE TABLE record_rule (
         rule TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES record,
         PRIMARY KEY (rule, sequence)) STRICT, WITHOUT ROWID`,
      `CREATE TABLE idempotency (
         key TEXT PRIMARY KEY, sequence INTEGER NOT NULL REFERENCES record) STRICT, WITHOUT ROWID`,
    ],
  },
  {
    name: 'events',
    // An event leaves decision, point and source empty; a decision has no subject.
    statements: [
      `ALTER TABLE record ADD COLUMN subject TEXT NOT NULL DEFAULT ''`,
      'CREATE INDEX record_type ON record (type, sequence)',
      'CREATE INDEX record_subject ON record (subject, sequence)',
    ],
  },
];

/** Marks the file as ours ("Port"), so that a database of somebody else is never written into. */
const APPLICATION_ID = 0x506f7274;

/**
 * Brings the tables to the newest version, all steps in one transaction.
 *
 * @throws LedgerError LEDGER_CORRUPT when the file belongs to something else or to a newer Portcullis.
 */
export async function migrate(database: LedgerDatabase): Promise<void> {
  await refuseStranger(database);
  await inTransaction(database, async (transaction) => {
    await sql`CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT`.execute(
      transaction,
    );
    const version = await currentVersion(transaction);
    for (const [index, { name, statements }] of MIGRATIONS.entries()) {
      if (index < version) continue;
      for (const statement of statements) await sql.raw(statement).execute(transaction);
      await transaction
        .insertInto('migration')
        .values({ version: index + 1, name })
        .execute();
    }
    await sql.raw(`PRAGMA application_id = ${APPLICATION_ID}`).execute(transaction);
  });
}

/** @throws LedgerError LEDGER_CORRUPT when these are not the tables that this version reads. */
export async function requireCurrent(database: LedgerDatabase): Promise<void> {
  await refuseStranger(database);
  if ((await currentVersion(database)) !== MIGRATIONS.length) {
    throw new LedgerError(
      'LEDGER_CORRUPT',
      'The ledger was written by an older version of Portcullis.',
      {
        help: 'Start the gate once: it brings the ledger up to date.',
      },
    );
  }
}

async function currentVersion(database: LedgerDatabase): Promise<number> {
  const rows = await database
    .selectFrom('migration')
    .select('version')
    .orderBy('version', 'desc')
    .limit(1)
    .execute();
  const version = rows[0]?.version ?? 0;
  if (version > MIGRATIONS.length) {
    throw new LedgerError(
      'LEDGER_CORRUPT',
      'The ledger was written by a newer version of Portcullis.',
      {
        help: 'Run that version, or give this one a data folder of its own.',
      },
    );
  }
  return version;
}

async function refuseStranger(database: LedgerDatabase): Promise<void> {
  const tables = await sql<{ count: number }>`SELECT count(*) AS count FROM sqlite_schema`.execute(
    database,
  );
  if (tables.rows[0]?.count === 0) return;
  const mark = await sql<{ application_id: number }>`PRAGMA application_id`.execute(database);
  if (mark.rows[0]?.application_id === APPLICATION_ID) return;
  throw new LedgerError(
    'LEDGER_CORRUPT',
    'The file is a database, but not a ledger of Portcullis.',
    {
      help: 'Give Portcullis a data folder of its own (data: in portcullis.yaml).',
    },
  );
}
