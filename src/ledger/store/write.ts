import type { LedgerEntry } from '../entry.ts';
import { insertRows, toRows } from './rows.ts';
import type { NewRows, Placed } from './rows.ts';
import type { LedgerDatabase } from './tables.ts';
import { edgeOf, grownTiles, lastTiles } from './tree.ts';

/** What became of one entry: its place in the log, or that its id or key was already there. */
export type Written = { readonly sequence: number } | { readonly conflict: string };

/** Where entries go, and what that adds to the tables; nothing where all of them were there already. */
export interface Placing {
  readonly written: readonly Written[];
  readonly rows: NewRows | undefined;
}

/** Writes entries and their leaves within a transaction that nobody else appends in. */
export async function writeEntries(
  transaction: LedgerDatabase,
  entries: readonly LedgerEntry[],
): Promise<readonly Written[]> {
  const { written, rows } = await placeEntries(transaction, entries);
  if (rows !== undefined) await insertRows(transaction, rows);
  return written;
}

/**
 * Gives entries their places, within a transaction that nobody else appends in. Sequence numbers go up by one from what is
 * stored, so a transaction that fails leaves no gap.
 *
 * @param again after a transaction with the same entries of which nobody knows whether it came to be: an entry that is
 * there, word for word, is the one that was written then.
 */
export async function placeEntries(
  transaction: LedgerDatabase,
  entries: readonly LedgerEntry[],
  again = false,
): Promise<Placing> {
  // Asked together: to a server that is one way there and back.
  const [size, tiles, judge] = await Promise.all([
    recordCount(transaction),
    lastTiles(transaction),
    judging(transaction, entries, again),
  ]);
  const placed: Placed[] = [];
  const written = entries.map((entry): Written => {
    const known = judge(entry);
    if (known !== undefined) return known;
    const sequence = size + placed.length;
    placed.push({ entry, sequence });
    return { sequence };
  });
  if (placed.length === 0) return { written, rows: undefined };
  const headers = placed.map(({ entry }) => entry.header);
  return { written, rows: toRows(placed, grownTiles(edgeOf(size, tiles), headers)) };
}

/** How many records there are: the number that the next one gets. */
export async function recordCount(database: LedgerDatabase): Promise<number> {
  const last = await database
    .selectFrom('record')
    .select('sequence')
    .orderBy('sequence', 'desc')
    .limit(1)
    .execute();
  return (last[0]?.sequence ?? -1) + 1;
}

/** Tells of each entry in turn why it is not to be written: because of what is stored, or of one before it. */
async function judging(
  transaction: LedgerDatabase,
  entries: readonly LedgerEntry[],
  again: boolean,
): Promise<(entry: LedgerEntry) => Written | undefined> {
  const [stored, keys] = await Promise.all([
    storedIds(transaction, entries),
    storedKeys(transaction, entries),
  ]);
  const ids = new Set(stored.keys());
  return ({ id, header, idempotencyKey: key }) => {
    const there = stored.get(id);
    if (again && there?.header === header) return { sequence: there.sequence };
    if (ids.has(id)) return { conflict: `a record ${id} is already there` };
    if (key !== null && keys.has(key))
      return { conflict: 'a record with this idempotency key is already there' };
    ids.add(id);
    if (key !== null) keys.add(key);
    return undefined;
  };
}

async function storedIds(transaction: LedgerDatabase, entries: readonly LedgerEntry[]) {
  const rows = await transaction
    .selectFrom('record')
    .select(['id', 'sequence', 'header'])
    .where(
      'id',
      'in',
      entries.map(({ id }) => id),
    )
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function storedKeys(
  transaction: LedgerDatabase,
  entries: readonly LedgerEntry[],
): Promise<Set<string>> {
  const keys = entries.flatMap(({ idempotencyKey: key }) => (key === null ? [] : [key]));
  if (keys.length === 0) return new Set();
  const rows = await transaction
    .selectFrom('idempotency')
    .select('key')
    .where('key', 'in', keys)
    .execute();
  return new Set(rows.map(({ key }) => key));
}
