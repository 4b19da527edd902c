import type { LedgerDatabase } from './tables.ts';

/** A signed head of the log. */
export interface Head {
  readonly size: number;
  /** The text of the note, with its signature. */
  readonly note: string;
  readonly time: string;
}

export async function newestHead(database: LedgerDatabase): Promise<Head | undefined> {
  const rows = await database
    .selectFrom('checkpoint')
    .select(['size', 'note', 'time'])
    .orderBy('size', 'desc')
    .limit(1)
    .execute();
  return rows[0];
}

/** The head of one size is one head; a new key signs it anew. */
export async function keepHead(transaction: LedgerDatabase, head: Head): Promise<void> {
  await transaction
    .insertInto('checkpoint')
    .values(head)
    .onConflict((on) =>
      on
        .column('size')
        .doUpdateSet((row) => ({ note: row.ref('excluded.note'), time: row.ref('excluded.time') })),
    )
    .execute();
}

/** The keys of the log as verifier keys, the one that signs now first. */
export async function verifierKeys(database: LedgerDatabase): Promise<string[]> {
  const rows = await database
    .selectFrom('verifier')
    .select('text')
    .orderBy('position', 'desc')
    .execute();
  return rows.map(({ text }) => text);
}

/** From now on this key signs. */
export async function addVerifierKey(
  transaction: LedgerDatabase,
  text: string,
  time: string,
): Promise<void> {
  const position = (await verifierKeys(transaction)).length;
  await transaction.insertInto('verifier').values({ position, text, time }).execute();
}
