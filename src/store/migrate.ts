import { sql } from 'kysely';

import type { Connection, StoreDatabase } from './database.ts';
import { StoreError } from './errors.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { wordsOf } from './migrations/migration.ts';
import type { Migration } from './migrations/migration.ts';

/** Any number, as long as it is always the same one: replicas that start together migrate one after the other. */
const MIGRATION_LOCK = 0x506f7266;

/**
 * Brings the tables to the newest shape, all steps in one transaction.
 *
 * @throws StoreError STORE_CORRUPT when they are those of a newer Portcullis.
 */
export async function migrate(
  database: StoreDatabase,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const { TEXT, STRICT, ...words } = wordsOf(database.dialect);
  await database.write(async (transaction) => {
    if (database.dialect === 'postgresql')
      await sql`SELECT pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(transaction);
    await sql
      .raw(`CREATE TABLE IF NOT EXISTS portcullis_migration (name ${TEXT} PRIMARY KEY)${STRICT}`)
      .execute(transaction);
    const taken = await takenSteps(transaction, migrations);
    for (const { name, statements } of migrations) {
      if (taken.has(name)) continue;
      for (const statement of statements({ TEXT, STRICT, ...words }))
        await sql.raw(statement).execute(transaction);
      await transaction.insertInto('portcullis_migration').values({ name }).execute();
    }
  });
}

async function takenSteps(
  transaction: Connection,
  migrations: readonly Migration[],
): Promise<ReadonlySet<string>> {
  const rows = await transaction.selectFrom('portcullis_migration').select('name').execute();
  const known = new Set(migrations.map(({ name }) => name));
  const strange = rows.find(({ name }) => !known.has(name));
  if (strange === undefined) return new Set(rows.map(({ name }) => name));
  throw new StoreError(
    'STORE_CORRUPT',
    `The fleet store was written by a newer version of Portcullis (step ${strange.name}).`,
    { help: 'Run that version, or give this one a store of its own.' },
  );
}
