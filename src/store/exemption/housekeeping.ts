import type { ExemptionEnd, ExemptionStore, ExemptionUse } from '../../exemption/store.ts';
import { chunks, iso } from '../columns.ts';
import type { StoreDatabase } from '../database.ts';

/** Ends that are told of in one go; the rest waits for the next look. */
const MOST_ENDS = 1000;

/** Uses and ends: what is counted and noted about exemptions, wherever they are written down. */
export function housekeepingIn(
  database: StoreDatabase,
): Pick<ExemptionStore, 'countUses' | 'uses' | 'seen' | 'setSeen' | 'unnoted' | 'setNoted'> {
  return {
    countUses: (uses) => countUses(database, uses),
    uses: (ids) => usesOf(database, ids),
    seen: (ids) => seen(database, ids),
    setSeen: (ids) => setSeen(database, ids),
    unnoted: (ends) => unnoted(database, ends),
    setNoted: ({ id, until }) =>
      database.write(async (transaction) => {
        await transaction
          .insertInto('exemption_end')
          .values({ id, ends_at: until })
          .onConflict((on) => on.columns(['id', 'ends_at']).doNothing())
          .execute();
      }),
  };
}

/** In the order of their ids, so that two replicas never wait for each other. */
async function countUses(database: StoreDatabase, uses: readonly ExemptionUse[]): Promise<void> {
  const sorted = [...uses].sort((a, b) => (a.id < b.id ? -1 : 1));
  await database.write(async (transaction) => {
    for (const { id, uses: count, lastUsed } of sorted)
      await transaction
        .insertInto('exemption_use')
        .values({ id, uses: count, last_used: lastUsed })
        .onConflict((on) =>
          on.column('id').doUpdateSet((eb) => ({
            uses: eb('exemption_use.uses', '+', count),
            last_used: eb
              .case()
              .when(eb.ref('exemption_use.last_used'), '<', lastUsed)
              .then(lastUsed)
              .else(eb.ref('exemption_use.last_used'))
              .end(),
          })),
        )
        .execute();
  });
}

async function usesOf(
  database: StoreDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ExemptionUse>> {
  const found = new Map<string, ExemptionUse>();
  for (const some of chunks(ids, 1)) {
    const rows = await database.read((connection) =>
      connection.selectFrom('exemption_use').selectAll().where('id', 'in', some).execute(),
    );
    for (const { id, uses, last_used } of rows) found.set(id, { id, uses, lastUsed: last_used });
  }
  return found;
}

async function seen(
  database: StoreDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const some of chunks(ids, 1)) {
    const rows = await database.read((connection) =>
      connection.selectFrom('exemption_seen').selectAll().where('id', 'in', some).execute(),
    );
    for (const { id, seen_at } of rows) found.set(id, seen_at);
  }
  return found;
}

async function setSeen(database: StoreDatabase, ids: readonly string[]): Promise<void> {
  await database.write(async (transaction) => {
    const seen_at = iso(await database.now(transaction));
    for (const some of chunks([...new Set(ids)].sort(), 2))
      await transaction
        .insertInto('exemption_seen')
        .values(some.map((id) => ({ id, seen_at })))
        .onConflict((on) => on.column('id').doNothing())
        .execute();
  });
}

async function unnoted(
  database: StoreDatabase,
  ofFiles: readonly ExemptionEnd[],
): Promise<readonly ExemptionEnd[]> {
  return await database.read(async (connection) => {
    const now = iso(await database.now(connection));
    const stored = await connection
      .selectFrom('exemption')
      .leftJoin('exemption_end', (join) =>
        join
          .onRef('exemption_end.id', '=', 'exemption.id')
          .onRef('exemption_end.ends_at', '=', 'exemption.ends_at'),
      )
      .select(['exemption.id', 'exemption.ends_at as until'])
      .where('state', '=', 'approved')
      .where('exemption.ends_at', '<=', now)
      .where('exemption_end.id', 'is', null)
      .orderBy('exemption.ends_at')
      .limit(MOST_ENDS)
      .execute();
    const noted = new Set<string>();
    for (const some of chunks(ofFiles, 1)) {
      const rows = await connection
        .selectFrom('exemption_end')
        .selectAll()
        .where(
          'id',
          'in',
          some.map(({ id }) => id),
        )
        .execute();
      for (const { id, ends_at } of rows) noted.add(`${id} ${ends_at}`);
    }
    const left = ofFiles.filter(({ id, until }) => !noted.has(`${id} ${until}`));
    return [...stored, ...left].slice(0, MOST_ENDS);
  });
}
