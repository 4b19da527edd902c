import { sql } from 'kysely';

import { LedgerError } from '../errors.ts';
import { ledgerWords, MIGRATIONS } from './migrations.ts';
import type { InTransaction, LedgerDatabase, LedgerDialect } from './tables.ts';
import { fillTree } from './tree.ts';

/**
 * Brings the tables to the newest version, all steps in one transaction; then the tree over records from before there was one.
 * Killed at any moment, it goes on from there when it is called again.
 *
 * @throws LedgerError LEDGER_CORRUPT when they are those of a newer Portcullis.
 */
export async function migrate(dialect: LedgerDialect, write: InTransaction): Promise<void> {
  const words = ledgerWords(dialect);
  await write(async (transaction) => {
    await sql
      .raw(
        `CREATE TABLE IF NOT EXISTS migration (version ${words.BIGINT} PRIMARY KEY, name ${words.TEXT} NOT NULL)${words.STRICT}`,
      )
      .execute(transaction);
    const version = await currentVersion(transaction);
    for (const [index, { name, statements }] of MIGRATIONS.entries()) {
      if (index < version) continue;
      for (const statement of statements(words)) await sql.raw(statement).execute(transaction);
      await transaction
        .insertInto('migration')
        .values({ version: index + 1, name })
        .execute();
    }
  });
  await fillTree(write);
}

/** @throws LedgerError LEDGER_CORRUPT when these are not the tables that this version reads. */
export async function requireCurrent(database: LedgerDatabase): Promise<void> {
  if ((await currentVersion(database)) === MIGRATIONS.length) return;
  throw new LedgerError(
    'LEDGER_CORRUPT',
    'The ledger was written by an older version of Portcullis.',
    { help: 'Start the gate once: it brings the ledger up to date.' },
  );
}

async function currentVersion(database: LedgerDatabase): Promise<number> {
  const rows = await database
    .selectFrom('migration')
    .select('version')
    .orderBy('version', 'desc')
    .limit(1)
    .execute();
  const version = rows[0]?.version ?? 0;
  if (version <= MIGRATIONS.length) return version;
  throw new LedgerError(
    'LEDGER_CORRUPT',
    'The ledger was written by a newer version of Portcullis.',
    { help: 'Run that version, or give this one a ledger of its own.' },
  );
}
