import type { LedgerEntry } from '../entry.ts';
import { inTransaction } from './connection.ts';
import type { LedgerDatabase } from './tables.ts';

/** What became of one entry: its place in the log, or that its id or key was already there. */
export type Written = { readonly sequence: number } | { readonly conflict: string };

/**
 * Writes entries in one transaction: when this returns, all of them are durable; when it throws, none is there.
 * Sequence numbers go up by one from what is stored, so a failed batch leaves no gap.
 */
export async function writeEntries(
  database: LedgerDatabase,
  entries: readonly LedgerEntry[],
): Promise<Written[]> {
  return await inTransaction(database, async (transaction) => {
    let next = await nextSequence(transaction);
    const written: Written[] = [];
    for (const entry of entries) {
      const result = await writeEntry(transaction, entry, next);
      if ('sequence' in result) next++;
      written.push(result);
    }
    return written;
  });
}

async function nextSequence(transaction: LedgerDatabase): Promise<number> {
  const last = await transaction
    .selectFrom('record')
    .select('sequence')
    .orderBy('sequence', 'desc')
    .limit(1)
    .execute();
  return (last[0]?.sequence ?? -1) + 1;
}

async function writeEntry(
  transaction: LedgerDatabase,
  entry: LedgerEntry,
  sequence: number,
): Promise<Written> {
  const conflict = await findConflict(transaction, entry);
  if (conflict !== undefined) return { conflict };
  await transaction
    .insertInto('body')
    .values({ digest: entry.bodyDigest, json: entry.body })
    .onConflict((on) => on.column('digest').doNothing())
    .execute();
  await transaction.insertInto('record').values(toRow(entry, sequence)).execute();
  if (entry.rules.length > 0) await insertRules(transaction, entry.rules, sequence);
  if (entry.idempotencyKey !== null) {
    await transaction
      .insertInto('idempotency')
      .values({ key: entry.idempotencyKey, sequence })
      .execute();
  }
  return { sequence };
}

async function findConflict(
  transaction: LedgerDatabase,
  entry: LedgerEntry,
): Promise<string | undefined> {
  const sameId = await transaction
    .selectFrom('record')
    .select('sequence')
    .where('id', '=', entry.id)
    .execute();
  if (sameId.length > 0) return `a record ${entry.id} is already there`;
  if (entry.idempotencyKey === null) return undefined;
  const sameKey = await transaction
    .selectFrom('idempotency')
    .select('sequence')
    .where('key', '=', entry.idempotencyKey)
    .execute();
  return sameKey.length > 0 ? 'a record with this idempotency key is already there' : undefined;
}

function toRow(entry: LedgerEntry, sequence: number) {
  const { id, time, type, header, bodyDigest, decision, point, source, subject, actor } = entry;
  return {
    sequence,
    id,
    time,
    type,
    header,
    body_digest: bodyDigest,
    decision,
    point,
    source,
    subject,
    actor,
  };
}

/** SQLite takes 32,766 variables in a statement; a decision may name more rules than half of that. */
const RULES_A_STATEMENT = 10_000;

async function insertRules(
  transaction: LedgerDatabase,
  rules: readonly string[],
  sequence: number,
): Promise<void> {
  for (let from = 0; from < rules.length; from += RULES_A_STATEMENT) {
    const values = rules.slice(from, from + RULES_A_STATEMENT).map((rule) => ({ rule, sequence }));
    await transaction.insertInto('record_rule').values(values).execute();
  }
}
